//! Restores a server from a backup of Cloud Backup and Recovery (CBR): each disk's backup to a disk.
//!
//! ```sh
//! CBR_URL=https://cbr.example CBR_TOKEN=… \
//!   cargo run -p generated-client --example cbr_restore_server -- PROJECT BACKUP SERVER DISKS_BACKUP=DISK…
//! ```

use std::{env, error::Error};

use generated_client::cbr::{self, types::BackupRestoreServerMapping};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [project, backup, server, mappings @ ..] = arguments.as_slice() else {
        return Err("give the IDs of project, backup and server, and for each disk BACKUP=DISK".into());
    };
    let mappings = mappings.iter().map(|mapping| mapping.split_once('=').map(BackupRestoreServerMapping::from));
    let mappings: Vec<_> = mappings.collect::<Option<_>>().ok_or("a mapping is BACKUP=DISK")?;

    let cbr = cbr::Client::from_env()?;
    let restore = cbr.restore_backup().project_id(project).backup_id(backup).server_id(server);
    let accepted = restore.mappings(mappings).send().await?;

    println!("The restore is accepted. That is not the same as finished: look at the server's status.");
    if let Some(job) = &accepted.job_id {
        println!("The service's own name for it is {job}.");
    }
    Ok(())
}
