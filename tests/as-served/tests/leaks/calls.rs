//! The five operations, each with every parameter that it has.

use std::time::Duration;

use generated_client::{
    CallOptions, Error, JobUuid, Retries,
    cbr::{self, types::BackupRestoreServerMapping},
    jiff::{Timestamp, tz::TimeZone},
    zstack,
};

use crate::secrets::{JOB, KEY_SECRET, PASSWORD, SESSION, TOKEN};

/// The operations, by their `operationId`.
pub const OPERATIONS: [&str; 5] = [
    "RecoverBackupFromImageStoreBackupStorage",
    "SyncDatabaseBackupFromImageStoreBackupStorage",
    "RecoverDataVolume",
    "GetDatabaseBackupFromImageStore",
    "RestoreBackup",
];

/// Those that are jobs.
pub const JOBS: [&str; 3] = [OPERATIONS[0], OPERATIONS[1], OPERATIONS[2]];

/// A client of each service.
#[derive(Clone, Debug)]
pub struct Clients {
    pub zstack: zstack::Client,
    pub cbr: cbr::Client,
}

impl Clients {
    /// Clients of both services at this address, that neither wait nor try again.
    pub fn new(base_url: &str, credentials: impl Into<zstack::Credentials>) -> Self {
        let zstack = zstack::Client::builder(base_url, credentials)
            .poll_interval(Duration::from_millis(1), Duration::from_millis(1))
            .retries(Retries::none())
            .max_answer_bytes(64 << 10)
            .timeout(Duration::from_secs(20));
        let cbr = cbr::Client::builder(base_url, token())
            .retries(Retries::none())
            .max_answer_bytes(64 << 10)
            .timeout(Duration::from_secs(20));
        Self { zstack: zstack.build().unwrap(), cbr: cbr.build().unwrap() }
    }
}

pub fn session() -> zstack::Session {
    zstack::Session::new(SESSION).unwrap()
}

pub fn token() -> cbr::Token {
    cbr::Token::new(TOKEN).unwrap()
}

pub fn access_key() -> zstack::AccessKey {
    // A clock that stands still gives each path one signature.
    let clock = || Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC);
    zstack::AccessKey::new("k3y1d", KEY_SECRET, clock).unwrap()
}

/// The job that calls are made as.
pub fn job() -> JobUuid {
    JOB.parse().unwrap()
}

/// The address of an image store, with the password in it.
pub fn image_store() -> String {
    format!("ssh://root:{PASSWORD}@10.0.0.1:22/zstack_bs")
}

/// What each parameter is.
pub const UUID: &str = "70820c8ead5144ebaf603b88e63a4d17";

/// The builder of an operation of ZStack that is a job, with every parameter set.
macro_rules! job {
    ($builder:expr, $options:expr) => {
        $builder.uuid(UUID).system_tags(["a::b"]).user_tags(["c"]).job_uuid(job()).options($options)
    };
}

/// `RecoverBackupFromImageStoreBackupStorage`, with every parameter set.
pub fn recover_backup(
    zstack: &zstack::Client,
    options: CallOptions,
) -> zstack::builder::RecoverBackupFromImageStoreBackupStorage<'_> {
    let builder = zstack.recover_backup_from_image_store_backup_storage();
    job!(builder.src_backup_storage_uuid(UUID).dst_backup_storage_uuid(UUID), options)
}

/// `SyncDatabaseBackupFromImageStoreBackupStorage`, with every parameter set.
pub fn sync_database_backup(
    zstack: &zstack::Client,
    options: CallOptions,
) -> zstack::builder::SyncDatabaseBackupFromImageStoreBackupStorage<'_> {
    let builder = zstack.sync_database_backup_from_image_store_backup_storage();
    job!(builder.src_backup_storage_uuid(UUID).dst_backup_storage_uuid(UUID), options)
}

/// `RecoverDataVolume`, with every parameter set.
pub fn recover_volume(zstack: &zstack::Client, options: CallOptions) -> zstack::builder::RecoverDataVolume<'_> {
    job!(zstack.recover_data_volume(), options)
}

/// `GetDatabaseBackupFromImageStore`, with every parameter set.
pub fn get_database_backup(
    zstack: &zstack::Client,
    options: CallOptions,
) -> zstack::builder::GetDatabaseBackupFromImageStore<'_> {
    let builder = zstack.get_database_backup_from_image_store().url(image_store()).registry_port(8000);
    builder.system_tags(["a::b"]).user_tags(["c"]).options(options)
}

/// `RestoreBackup`, with every parameter set.
pub fn restore(cbr: &cbr::Client, options: CallOptions) -> cbr::builder::RestoreBackup<'_> {
    let mapping = BackupRestoreServerMapping::new(UUID, UUID);
    let builder =
        cbr.restore_backup().project_id(UUID).backup_id(UUID).server_id(UUID).volume_id(UUID).resource_id(UUID);
    builder.mappings([mapping]).power_on(false).options(options)
}

/// Calls an operation with every parameter that it has.
pub async fn call(clients: &Clients, operation: &str, options: CallOptions) -> Result<(), Error> {
    let Clients { zstack, cbr } = clients;
    match operation {
        "RecoverBackupFromImageStoreBackupStorage" => recover_backup(zstack, options).send().await.map(drop),
        "SyncDatabaseBackupFromImageStoreBackupStorage" => sync_database_backup(zstack, options).send().await.map(drop),
        "RecoverDataVolume" => recover_volume(zstack, options).send().await.map(drop),
        "GetDatabaseBackupFromImageStore" => get_database_backup(zstack, options).send().await.map(drop),
        "RestoreBackup" => restore(cbr, options).send().await.map(drop),
        other => panic!("there is no operation {other}"),
    }
}
