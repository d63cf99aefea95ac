//! Jobs whose names were kept.

use generated_client::{ErrorKind, JobUuid, Outcome, zstack::operation};
use simulator::{Pace, sample};

use crate::calls;

#[tokio::test]
async fn a_job_of_each_operation_is_taken_up_again_under_its_name() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(2));
    let zstack = calls::zstack(&simulator);
    let storages = (sample::SOURCE_BACKUP_STORAGE, sample::DESTINATION_BACKUP_STORAGE);

    let call = zstack.recover_backup_from_image_store_backup_storage().uuid(sample::VOLUME_BACKUP);
    let call = call.src_backup_storage_uuid(storages.0).dst_backup_storage_uuid(storages.1);
    let uuid = call.submit().await.unwrap().uuid().clone();
    let mut job = zstack.job::<operation::RecoverBackupFromImageStoreBackupStorage>(uuid);
    assert_eq!(job.wait().await.unwrap().inventory.as_ref().unwrap().size, Some(1_073_741_824));

    let call = zstack.sync_database_backup_from_image_store_backup_storage().uuid(sample::DATABASE_BACKUP);
    let call = call.src_backup_storage_uuid(storages.0).dst_backup_storage_uuid(storages.1);
    let uuid = call.submit().await.unwrap().uuid().clone();
    let mut job = zstack.job::<operation::SyncDatabaseBackupFromImageStoreBackupStorage>(uuid);
    assert_eq!(job.wait().await.unwrap().inventory.as_ref().unwrap().size, Some(1_048_576));

    let uuid = zstack.recover_data_volume().uuid(sample::VOLUME).submit().await.unwrap().uuid().clone();
    let mut job = zstack.job::<operation::RecoverDataVolume>(uuid);
    assert_eq!(job.wait().await.unwrap().inventory.as_ref().unwrap().status.as_deref(), Some("Ready"));
}

#[tokio::test]
async fn a_name_that_was_written_down_and_read_again_is_the_same() {
    let kept = serde_json::to_string(&JobUuid::random().unwrap()).unwrap();
    let read: JobUuid = serde_json::from_str(&kept).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), kept);
    assert!(serde_json::from_str::<JobUuid>(r#""../volumes""#).is_err());
}

#[tokio::test]
async fn a_job_that_the_server_does_not_know_is_unknown() {
    let simulator = calls::simulator().await;
    let uuid = JobUuid::random().unwrap();
    let mut job = calls::zstack(&simulator).job::<operation::RecoverDataVolume>(uuid.clone());
    for error in [job.poll().await.unwrap_err(), job.wait().await.unwrap_err()] {
        assert_eq!((error.outcome(), error.kind()), (Outcome::Unknown, ErrorKind::UnknownJob));
        assert_eq!(error.job_uuid(), Some(&uuid));
    }
}

#[tokio::test]
async fn a_job_that_was_purged_is_unknown_although_it_was_done() {
    let simulator = calls::simulator().await;
    let zstack = calls::zstack(&simulator);
    let mut job = zstack.recover_data_volume().uuid(sample::VOLUME).submit().await.unwrap();
    let uuid = job.uuid().clone();
    job.wait().await.unwrap();
    simulator.advance(std::time::Duration::from_secs(4 * 3600));
    let error = zstack.job::<operation::RecoverDataVolume>(uuid).wait().await.unwrap_err();
    assert_eq!((error.outcome(), error.kind()), (Outcome::Unknown, ErrorKind::UnknownJob));
    assert_eq!(simulator.executions(sample::VOLUME), 1);
}

#[tokio::test]
async fn sending_again_under_the_same_name_finds_the_job_and_begins_no_other() {
    let simulator = calls::simulator().await;
    let zstack = calls::zstack(&simulator);
    let uuid = JobUuid::random().unwrap();
    for _ in 0..3 {
        let answer = zstack.recover_data_volume().uuid(sample::VOLUME).job_uuid(uuid.clone()).send().await.unwrap();
        assert_eq!(answer.inventory.as_ref().unwrap().uuid.as_deref(), Some(sample::VOLUME));
    }
    assert_eq!(simulator.executions(sample::VOLUME), 1);
    assert_eq!(calls::requests(&simulator, "PUT").len(), 3);
}
