//! `SyncDatabaseBackupFromImageStoreBackupStorage`, as the reference shows it.

use std::env;

use generated_client::zstack;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let session = zstack::Session::new(&env::var("ZSTACK_SESSION")?)?;
    let zstack = zstack::Client::builder(&env::var("ZSTACK_URL")?, session).allow_plain_http(true).build()?;
    let answer = zstack
        .sync_database_backup_from_image_store_backup_storage()
        .uuid("c04683f1c53039d1bb0b0f0b601b5a5b")
        .src_backup_storage_uuid("11111111111111111111111111111111")
        .dst_backup_storage_uuid("22222222222222222222222222222222")
        .send()
        .await?;
    if let Some(backup) = &answer.inventory {
        println!("{:?}, {:?} bytes", backup.name, backup.size);
    }
    Ok(())
}
