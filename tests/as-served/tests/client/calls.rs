//! What the tests share: the five operations on the stand-in server's samples.

use std::time::Duration;

use generated_client::{Error, Response, cbr, zstack};
use serde_json::Value;
use simulator::{Operation, RecordedRequest, Simulator, TokenRefusal, sample};

/// The operations that are jobs.
pub const JOBS: [Operation; 3] = [
    Operation::RecoverBackupFromImageStoreBackupStorage,
    Operation::SyncDatabaseBackupFromImageStoreBackupStorage,
    Operation::RecoverDataVolume,
];

/// The operations of ZStack.
pub const ZSTACK: [Operation; 4] = [JOBS[0], JOBS[1], JOBS[2], Operation::GetDatabaseBackupFromImageStore];

/// How a token that has expired is refused. Not by the gateway's 403, which says that access is denied, and nothing of the
/// token.
pub const EXPIRED_TOKENS: [TokenRefusal; 6] = [
    TokenRefusal::ApiGateway,
    TokenRefusal::Message,
    TokenRefusal::Identity,
    TokenRefusal::Html,
    TokenRefusal::Empty,
    TokenRefusal::Service,
];

pub async fn simulator() -> Simulator {
    Simulator::start().await.unwrap()
}

/// The sample's session.
pub fn session() -> zstack::Session {
    zstack::Session::new(sample::SESSION).unwrap()
}

/// A client within the sample's session, that asks for jobs without much of a pause.
pub fn zstack(simulator: &Simulator) -> zstack::Client {
    zstack_with(simulator, session())
}

pub fn zstack_with(simulator: &Simulator, credentials: impl Into<zstack::Credentials>) -> zstack::Client {
    zstack::Client::builder(simulator.url(), credentials)
        .poll_interval(Duration::from_millis(1), Duration::from_millis(5))
        .build()
        .unwrap()
}

pub fn cbr(simulator: &Simulator) -> cbr::Client {
    cbr::Client::new(simulator.url(), cbr::Token::new(sample::TOKEN).unwrap()).unwrap()
}

/// What the operation is called with, by which the stand-in server counts and fails.
pub fn resource(operation: Operation) -> &'static str {
    match operation {
        Operation::RecoverBackupFromImageStoreBackupStorage => sample::VOLUME_BACKUP,
        Operation::SyncDatabaseBackupFromImageStoreBackupStorage => sample::DATABASE_BACKUP,
        Operation::RecoverDataVolume => sample::VOLUME,
        Operation::GetDatabaseBackupFromImageStore => sample::IMAGE_STORE,
        other => panic!("{other:?} is none of ZStack's four"),
    }
}

/// Calls an operation of ZStack on the sample's resource.
pub async fn call(zstack: &zstack::Client, operation: Operation) -> Result<Value, Error> {
    call_on(zstack, operation, resource(operation)).await
}

/// Calls an operation of ZStack on this resource.
pub async fn call_on(zstack: &zstack::Client, operation: Operation, resource: &str) -> Result<Value, Error> {
    match operation {
        Operation::RecoverBackupFromImageStoreBackupStorage => zstack
            .recover_backup_from_image_store_backup_storage()
            .uuid(resource)
            .src_backup_storage_uuid(sample::SOURCE_BACKUP_STORAGE)
            .dst_backup_storage_uuid(sample::DESTINATION_BACKUP_STORAGE)
            .send()
            .await
            .map(encode),
        Operation::SyncDatabaseBackupFromImageStoreBackupStorage => zstack
            .sync_database_backup_from_image_store_backup_storage()
            .uuid(resource)
            .src_backup_storage_uuid(sample::SOURCE_BACKUP_STORAGE)
            .dst_backup_storage_uuid(sample::DESTINATION_BACKUP_STORAGE)
            .send()
            .await
            .map(encode),
        Operation::RecoverDataVolume => zstack.recover_data_volume().uuid(resource).send().await.map(encode),
        Operation::GetDatabaseBackupFromImageStore => {
            zstack.get_database_backup_from_image_store().url(resource).send().await.map(encode)
        }
        other => panic!("{other:?} is none of ZStack's four"),
    }
}

/// Calls CBR's operation on the sample's backup of a disk.
pub async fn restore(cbr: &cbr::Client) -> Result<Response<cbr::types::AcceptedRestore>, Error> {
    cbr.restore_backup().project_id(sample::PROJECT).backup_id(sample::BACKUP).volume_id(sample::DISK).send().await
}

fn encode(answer: Response<impl serde::Serialize>) -> Value {
    serde_json::to_value(answer.into_inner()).unwrap()
}

/// The requests of this method.
pub fn requests(simulator: &Simulator, method: &str) -> Vec<RecordedRequest> {
    simulator.requests().into_iter().filter(|request| request.method == method).collect()
}

/// The names of jobs that were sent, in their order.
pub fn job_uuids(simulator: &Simulator) -> Vec<String> {
    let sent = requests(simulator, "PUT").into_iter();
    sent.filter_map(|request| request.header("x-job-uuid").map(str::to_owned)).collect()
}

/// Nothing that was sent deviates from the served document.
pub fn assert_all_fit(simulator: &Simulator) {
    assert_eq!(simulator.misfits(), []);
}
