//! The client that this is about.

use std::time::{Duration, Instant};

use generated_client::zstack::operation::{
    RecoverBackupFromImageStoreBackupStorage, RecoverDataVolume, SyncDatabaseBackupFromImageStoreBackupStorage,
};
use generated_client::{
    CallOptions, Error, ErrorKind, Job, JobOperation, JobUuid, Outcome, Response, Retries, cbr, http_builder, zstack,
};
use simulator::{Operation, sample};

use super::{Account, Connections, LARGEST_BODY};
use crate::Problem;
use crate::judge::Told;
use crate::plan::{Call, LONG, Manner};

/// The first pause before a job is asked for, and the longest.
const POLL: (Duration, Duration) = (Duration::from_millis(5), Duration::from_millis(100));

/// The pauses before something is sent again, at first and at most.
const PAUSE: (Duration, Duration) = (Duration::from_millis(20), Duration::from_millis(200));

/// How long a job may be asked for after the run.
const LATER: Duration = Duration::from_secs(20);

/// Callers who share one client for each service.
#[derive(Debug, Clone)]
pub struct Guarded {
    zstack: zstack::Client,
    cbr: cbr::Client,
    connections: Connections,
}

/// What is found by asking for a job later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Later {
    /// How it ended.
    Ended(Told),
    /// The server does not know it.
    NotKnown,
    /// There was no answer.
    Nothing,
}

impl Guarded {
    /// Callers of the server at this address. Limits and pauses are shorter than they are by default, so that much can go
    /// wrong in little time; the HTTP client is the default one, but for a count of its connections.
    ///
    /// # Errors
    /// No HTTP client can be made.
    pub fn new(url: &str, send_again: bool) -> Result<Self, Problem> {
        let connections = Connections::default();
        let http = || http_builder().dns_resolver(connections.clone());
        let retries = Retries::default().pauses(PAUSE.0, PAUSE.1).unknown_jobs(send_again);
        let zstack = zstack::Client::builder(url, zstack::Session::new(sample::SESSION)?)
            .http_client(http())
            .timeout(LONG)
            .max_answer_bytes(LARGEST_BODY)
            .poll_interval(POLL.0, POLL.1)
            .retries(retries)
            .build()?;
        let cbr = cbr::Client::builder(url, cbr::Token::new(sample::TOKEN)?)
            .http_client(http())
            .timeout(LONG)
            .max_answer_bytes(LARGEST_BODY)
            .retries(retries)
            .build()?;
        Ok(Self { zstack, cbr, connections })
    }

    /// Counts the connections.
    #[must_use]
    pub const fn connections(&self) -> &Connections {
        &self.connections
    }

    pub(super) async fn call(&self, call: &Call) -> Account {
        let (zstack, options) = (&self.zstack, CallOptions::new().timeout(call.limit));
        let uuid = call.resource.as_str();
        match call.operation {
            Operation::RecoverBackupFromImageStoreBackupStorage => {
                let build = || {
                    zstack
                        .recover_backup_from_image_store_backup_storage()
                        .uuid(uuid)
                        .src_backup_storage_uuid(sample::SOURCE_BACKUP_STORAGE)
                        .dst_backup_storage_uuid(sample::DESTINATION_BACKUP_STORAGE)
                        .options(options)
                };
                self.run::<RecoverBackupFromImageStoreBackupStorage>(call, build().send(), build().submit()).await
            }
            Operation::SyncDatabaseBackupFromImageStoreBackupStorage => {
                let build = || {
                    zstack
                        .sync_database_backup_from_image_store_backup_storage()
                        .uuid(uuid)
                        .src_backup_storage_uuid(sample::SOURCE_BACKUP_STORAGE)
                        .dst_backup_storage_uuid(sample::DESTINATION_BACKUP_STORAGE)
                        .options(options)
                };
                self.run::<SyncDatabaseBackupFromImageStoreBackupStorage>(call, build().send(), build().submit()).await
            }
            Operation::RecoverDataVolume => {
                let build = || zstack.recover_data_volume().uuid(uuid).options(options);
                self.run::<RecoverDataVolume>(call, build().send(), build().submit()).await
            }
            Operation::RestoreBackup => {
                let request = self.cbr.restore_backup().project_id(sample::PROJECT).backup_id(uuid);
                let begun = Instant::now();
                let answer = request.volume_id(sample::DISK).options(options).send().await;
                account(call, begun, answer.map(|accepted| accepted.job_id.is_some()))
            }
            _ => self.list(call).await,
        }
    }

    /// Lists the image store of a call.
    pub async fn list(&self, call: &Call) -> Account {
        let request = self.zstack.get_database_backup_from_image_store().url(call.image_store());
        let begun = Instant::now();
        let answer = request.options(CallOptions::new().timeout(call.limit)).send().await;
        let is_right = |listed: Response<zstack::types::GetDatabaseBackupFromImageStoreResponse>| {
            let names: Vec<_> = listed.backups.iter().map(|backup| backup.name.as_deref()).collect();
            names == [Some(call.resource.as_str())]
        };
        account(call, begun, answer.map(is_right))
    }

    /// Makes the call of a job, in one way or the other.
    async fn run<O>(
        &self,
        call: &Call,
        send: impl Future<Output = Result<Response<O::Answer>, Error>>,
        submit: impl Future<Output = Result<Job<O>, Error>>,
    ) -> Account
    where
        O: JobOperation<Client = zstack::Client>,
        O::Answer: About,
    {
        let begun = Instant::now();
        if call.manner != Manner::Submitted {
            return account(call, begun, send.await.map(|answer| answer.is_about(&call.resource)));
        }
        let uuid = match submit.await {
            Ok(job) => job.uuid().clone(),
            Err(error) => return account(call, begun, Err(error)),
        };
        // As another process would, which has nothing but the name.
        let begun = Instant::now();
        let mut job = self.zstack.job::<O>(uuid).options(CallOptions::new().timeout(call.limit));
        account(call, begun, job.wait().await.map(|answer| answer.is_about(&call.resource)))
    }

    /// Asks for the job of a call once more, with all the time that it takes.
    pub async fn ask_later(&self, call: &Call, job: JobUuid) -> Later {
        match call.operation {
            Operation::RecoverBackupFromImageStoreBackupStorage => {
                self.ask::<RecoverBackupFromImageStoreBackupStorage>(call, job).await
            }
            Operation::SyncDatabaseBackupFromImageStoreBackupStorage => {
                self.ask::<SyncDatabaseBackupFromImageStoreBackupStorage>(call, job).await
            }
            Operation::RecoverDataVolume => self.ask::<RecoverDataVolume>(call, job).await,
            _ => Later::Nothing,
        }
    }

    async fn ask<O>(&self, call: &Call, job: JobUuid) -> Later
    where
        O: JobOperation<Client = zstack::Client>,
        O::Answer: About,
    {
        let mut job = self.zstack.job::<O>(job).options(CallOptions::new().timeout(LATER));
        match job.wait().await {
            Err(error) if error.kind() == ErrorKind::UnknownJob => Later::NotKnown,
            Err(error) if error.outcome() == Outcome::Unknown => Later::Nothing,
            answer => {
                let answer = answer.map(|answer| answer.is_about(&call.resource));
                Later::Ended(account(call, Instant::now(), answer).told)
            }
        }
    }
}

/// What came of a call that began then: whether its answer is the right one, or the error.
fn account(call: &Call, begun: Instant, answer: Result<bool, Error>) -> Account {
    let error = match answer {
        Ok(true) => return Account::of(Told::Done),
        Ok(false) => return Account::of(Told::DoneWrongly),
        Err(error) => error,
    };
    let told = match error.outcome() {
        Outcome::NotSent => Told::NotSent,
        Outcome::Refused => Told::Refused,
        Outcome::Failed => Told::Failed,
        _ => Told::Unknown,
    };
    Account {
        told,
        kind: Some(error.kind()),
        words: Some(error.to_string()),
        job: error.job_uuid().cloned(),
        left: call.limit.saturating_sub(begun.elapsed()),
    }
}

/// What an answer is about.
trait About {
    /// Whether it is about this resource, as it is after the operation.
    fn is_about(&self, uuid: &str) -> bool;
}

impl About for zstack::types::RecoverDataVolumeResponse {
    fn is_about(&self, uuid: &str) -> bool {
        let is_ready = |volume: &zstack::types::VolumeInventory| volume.status.as_deref() == Some("Ready");
        self.inventory.as_ref().is_some_and(|volume| volume.uuid.as_deref() == Some(uuid) && is_ready(volume))
    }
}

impl About for zstack::types::RecoverBackupFromImageStoreBackupStorageResponse {
    fn is_about(&self, uuid: &str) -> bool {
        self.inventory.as_ref().is_some_and(|backup| backup.uuid.as_deref() == Some(uuid))
    }
}

impl About for zstack::types::SyncDatabaseBackupFromImageStoreBackupStorageResponse {
    fn is_about(&self, uuid: &str) -> bool {
        self.inventory.as_ref().is_some_and(|backup| backup.uuid.as_deref() == Some(uuid))
    }
}
