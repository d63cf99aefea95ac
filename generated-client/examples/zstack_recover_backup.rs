//! Recovers a volume backup from one backup storage of ZStack Cloud to another, and shows how it goes on.
//!
//! ```sh
//! ZSTACK_URL=https://zstack.example ZSTACK_SESSION=… \
//!   cargo run -p generated-client --example zstack_recover_backup -- BACKUP_UUID FROM_STORAGE_UUID TO_STORAGE_UUID
//! ```

use std::{env, error::Error};

use generated_client::zstack;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [backup, from, to] = arguments.as_slice() else {
        return Err("give the UUIDs of the backup, of its backup storage, and of the one that it goes to".into());
    };

    let zstack = zstack::Client::from_env()?;
    let answer = zstack
        .recover_backup_from_image_store_backup_storage()
        .uuid(backup)
        .src_backup_storage_uuid(from)
        .dst_backup_storage_uuid(to)
        .on_progress(|progress| eprintln!("{progress}"))
        .send()
        .await?;

    let backup = answer.into_inner().inventory.unwrap_or_default();
    println!("name    {}", backup.name.as_deref().unwrap_or("-"));
    for storage in &backup.backup_storage_refs {
        println!("stands  {}", storage.backup_storage_uuid.as_deref().unwrap_or("-"));
    }
    Ok(())
}
