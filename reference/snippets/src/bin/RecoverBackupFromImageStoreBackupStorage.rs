//! `RecoverBackupFromImageStoreBackupStorage`, as the reference shows it.

use std::env;

use generated_client::zstack;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let session = zstack::Session::new(&env::var("ZSTACK_SESSION")?)?;
    let zstack = zstack::Client::builder(&env::var("ZSTACK_URL")?, session).allow_plain_http(true).build()?;
    let answer = zstack
        .recover_backup_from_image_store_backup_storage()
        .uuid("db84847f4bd13c3399a45241a722ce80")
        .src_backup_storage_uuid("11111111111111111111111111111111")
        .dst_backup_storage_uuid("22222222222222222222222222222222")
        .send()
        .await?;
    if let Some(backup) = &answer.inventory {
        println!("{:?}, {:?} bytes", backup.name, backup.size);
    }
    Ok(())
}
