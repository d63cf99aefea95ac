//! Restores a disk from a backup of Cloud Backup and Recovery (CBR), and leaves its server powered off.
//!
//! ```sh
//! CBR_URL=https://cbr.example CBR_TOKEN=… \
//!   cargo run -p generated-client --example cbr_restore_disk -- PROJECT BACKUP DISK
//! ```

use std::{env, error::Error};

use generated_client::cbr;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [project, backup, disk] = arguments.as_slice() else {
        return Err("give the IDs of the project, the backup and the disk".into());
    };

    let cbr = cbr::Client::from_env()?;
    cbr.restore_backup().project_id(project).backup_id(backup).volume_id(disk).power_on(false).send().await?;
    println!("The restore is accepted. That is not the same as finished: look at the disk's status.");
    Ok(())
}
