//! ZStack: a volume, a backup, and the list of an image store.

use simulator::{Simulator, sample};

use crate::program::{example, succeeds};

#[tokio::test(flavor = "multi_thread")]
async fn a_volume_is_recovered_once_and_shown() {
    let simulator = Simulator::start().await.unwrap();
    let done = succeeds(example!("zstack_recover_volume", &simulator).arg(sample::VOLUME));
    assert_eq!(done.stdout, "name    test-volume\nstatus  Ready\nsize    107374182400 bytes\n");
    assert_eq!(simulator.executions(sample::VOLUME), 1);
    assert_eq!(simulator.misfits(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_recovered_once_and_its_progress_is_shown() {
    let simulator = Simulator::start().await.unwrap();
    let storages = [sample::SOURCE_BACKUP_STORAGE, sample::DESTINATION_BACKUP_STORAGE];
    let mut command = example!("zstack_recover_backup", &simulator);
    let done = succeeds(command.arg(sample::VOLUME_BACKUP).args(storages));
    assert!(done.stderr.starts_with("running for ") && done.stderr.ends_with(" of at most 1800 s\n"), "{done:?}");
    assert_eq!(done.stdout, format!("name    Backup-1\nstands  {}\n", sample::SOURCE_BACKUP_STORAGE));
    assert_eq!(simulator.executions(sample::VOLUME_BACKUP), 1);
    assert_eq!(simulator.misfits(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_backups_of_an_image_store_are_listed() {
    let simulator = Simulator::start().await.unwrap();
    let done = succeeds(&mut example!("zstack_list_backups", &simulator));
    assert_eq!(done.stdout, "Backup-1\tNov 14, 2017 10:20:57 PM\t7995392 bytes\n");
    assert_eq!(done.stderr, "1 backups\n");
    assert_eq!(simulator.requests().len(), 1);
    assert_eq!(simulator.misfits(), []);
}
