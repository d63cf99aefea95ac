//! `GetDatabaseBackupFromImageStore`, as the reference shows it.

use std::env;

use generated_client::zstack;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let session = zstack::Session::new(&env::var("ZSTACK_SESSION")?)?;
    let zstack = zstack::Client::builder(&env::var("ZSTACK_URL")?, session).allow_plain_http(true).build()?;
    let store = env::var("IMAGE_STORE_URL")?;
    let answer = zstack.get_database_backup_from_image_store().url(store).send().await?;
    for backup in &answer.backups {
        println!("{:?}, {:?} bytes", backup.name, backup.size);
    }
    Ok(())
}
