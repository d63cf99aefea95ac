//! Lists the database backups that are in an image store of ZStack Cloud.
//!
//! ```sh
//! ZSTACK_URL=https://zstack.example ZSTACK_SESSION=… IMAGE_STORE_URL=ssh://root:PASSWORD@10.0.0.1:22/zstack_bs \
//!   cargo run -p generated-client --example zstack_list_backups
//! ```

use std::{env, error::Error};

use generated_client::zstack;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // It holds a password, which must not stand among the arguments.
    let store = env::var("IMAGE_STORE_URL").map_err(|_| "set IMAGE_STORE_URL to the address of the image store")?;

    let zstack = zstack::Client::from_env()?;
    let answer = zstack.get_database_backup_from_image_store().url(store).send().await?;

    for backup in &answer.backups {
        let name = backup.name.as_deref().unwrap_or("-");
        let created = backup.created_time.as_ref().map_or("-".to_owned(), |time| time.to_string());
        let size = backup.size.map_or("-".to_owned(), |size| size.to_string());
        println!("{name}\t{created}\t{size} bytes");
    }
    eprintln!("{} backups", answer.backups.len());
    Ok(())
}
