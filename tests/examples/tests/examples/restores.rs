//! CBR: a server and a disk.

use simulator::{AcceptedBody, Simulator, sample};

use crate::program::{example, run, succeeds};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_restored_once_with_its_mappings() {
    let builder = Simulator::builder().settings(|settings| settings.accepted_body = AcceptedBody::JobId);
    let simulator = builder.start().await.unwrap();
    let mapping = format!("{}={}", sample::DISK_OF_BACKUP, sample::DISK);
    let mut command = example!("cbr_restore_server", &simulator);
    let done = succeeds(command.args([sample::PROJECT, sample::SERVER_BACKUP, sample::SERVER, &mapping]));
    assert!(done.stdout.starts_with("The restore is accepted."), "{done:?}");
    assert!(done.stdout.contains("The service's own name for it is "), "{done:?}");
    let body = format!(
        r#"{{"restore":{{"mappings":[{{"backup_id":"{}","volume_id":"{}"}}],"server_id":"{}"}}}}"#,
        sample::DISK_OF_BACKUP,
        sample::DISK,
        sample::SERVER
    );
    assert_eq!(simulator.requests()[0].json(), serde_json::from_str(&body).unwrap());
    assert_eq!(simulator.executions(sample::SERVER), 1);
    assert_eq!(simulator.misfits(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mapping_that_is_none_is_refused_before_anything_is_sent() {
    let simulator = Simulator::start().await.unwrap();
    let mut command = example!("cbr_restore_server", &simulator);
    let done = run(command.args([sample::PROJECT, sample::SERVER_BACKUP, sample::SERVER, sample::DISK]));
    assert!(done.code == Some(1) && done.stderr.contains("a mapping is BACKUP=DISK"), "{done:?}");
    assert_eq!(simulator.requests(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_is_restored_once_and_its_server_left_powered_off() {
    let simulator = Simulator::start().await.unwrap();
    let mut command = example!("cbr_restore_disk", &simulator);
    let done = succeeds(command.args([sample::PROJECT, sample::DISK_BACKUP, sample::DISK]));
    assert!(done.stdout.starts_with("The restore is accepted."), "{done:?}");
    let body = format!(r#"{{"restore":{{"power_on":false,"volume_id":"{}"}}}}"#, sample::DISK);
    assert_eq!(simulator.requests()[0].json(), serde_json::from_str(&body).unwrap());
    assert_eq!(simulator.executions(sample::DISK), 1);
    assert_eq!(simulator.misfits(), []);
}
