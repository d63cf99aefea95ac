//! Jobs whose name is known.
//!
//! A client's job is typed by its operation. Where the operation is not said, its result tells: only a volume backup has
//! `volumeUuid`, and only a volume has a primary storage, a format or a path. A finished job can be asked for again, so that
//! at most three questions find out; a job of another kind than was assumed waits and fails the same way.

use generated_client::{
    Error, Job, JobOperation, JobUuid,
    zstack::{
        Client,
        operation::{
            RecoverBackupFromImageStoreBackupStorage, RecoverDataVolume, SyncDatabaseBackupFromImageStoreBackupStorage,
        },
        types::{RecoverBackupFromImageStoreBackupStorageResponse, RecoverDataVolumeResponse},
    },
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    args::{JobCommand, JobName, KnownJob},
    credentials::Secrets,
    failure::{Called, Failure},
    output,
    run::{Run, UnderWay},
    take_up::TakeUp,
    zstack,
};

/// How a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Patience {
    /// Once.
    Once,
    /// Until the end.
    UntilDone,
}

/// What became of a job.
struct Found {
    /// The operation, where it is known.
    operation: Option<JobName>,
    /// The result; `None` while it is running.
    result: Option<Value>,
}

/// Asks for a job, or waits for it.
pub(crate) async fn job(command: &JobCommand, run: &Run) -> Result<(), Failure> {
    let (asked, patience) = match command {
        JobCommand::Show(asked) => (asked, Patience::Once),
        JobCommand::Wait(asked) => (asked, Patience::UntilDone),
    };
    let take_up = TakeUp::new(&asked.server, asked.operation);
    zstack::check(&asked.server)?;
    let secrets = Secrets::of(&asked.server.connection)?;
    let credentials = secrets.zstack(&asked.server).await?;
    let client = zstack::client(&asked.server, credentials).map_err(|problem| Failure::config(&problem))?;
    run.begin(match patience {
        Patience::Once => UnderWay::Read,
        Patience::UntilDone => UnderWay::Job(take_up.command(&asked.uuid)),
    });
    run.voice.wait();
    let found = find(asked, patience, &client, run).await;
    let found = found.map_err(|unanswered| unanswered.into_failure(asked, &take_up, &secrets))?;
    run.voice.still();
    match (patience, found.result) {
        (Patience::UntilDone, Some(result)) => {
            output::print(&result, run.output).map_err(|failure| failure.after("the job is done"))
        }
        (_, result) => output::print(&state(&asked.uuid, found.operation, result), run.output),
    }
}

/// What `job show` prints.
fn state(uuid: &JobUuid, operation: Option<JobName>, result: Option<Value>) -> Value {
    let mut state = json!({"job": uuid, "state": if result.is_some() { "done" } else { "running" }});
    if let Some(operation) = operation {
        state["operation"] = operation.to_string().into();
    }
    if let Some(result) = result {
        state["result"] = result;
    }
    state
}

/// Asks for it as what it is.
async fn find(asked: &KnownJob, patience: Patience, client: &Client, run: &Run) -> Result<Found, Unanswered> {
    let ask = Question { client, uuid: &asked.uuid, run };
    let result = match asked.operation {
        None => return ask.untyped(patience).await,
        Some(JobName::RecoverBackupFromImageStoreBackupStorage) => {
            data(ask.typed::<RecoverBackupFromImageStoreBackupStorage>(patience).await?)?
        }
        Some(JobName::SyncDatabaseBackupFromImageStoreBackupStorage) => {
            data(ask.typed::<SyncDatabaseBackupFromImageStoreBackupStorage>(patience).await?)?
        }
        Some(JobName::RecoverDataVolume) => data(ask.typed::<RecoverDataVolume>(patience).await?)?,
    };
    Ok(Found { operation: asked.operation, result })
}

/// A question for a job.
struct Question<'a> {
    client: &'a Client,
    uuid: &'a JobUuid,
    run: &'a Run,
}

impl Question<'_> {
    /// Asks for it as a job of this operation.
    async fn typed<O: JobOperation<Client = Client>>(&self, patience: Patience) -> Result<Option<O::Answer>, Error> {
        let job: Job<O> = self.client.job::<O>(self.uuid.clone());
        let mut job = job.on_progress(zstack::progress(self.run));
        let answer = match patience {
            Patience::Once => job.poll().await?,
            Patience::UntilDone => Some(job.wait().await?),
        };
        Ok(answer.map(generated_client::Response::into_inner))
    }

    /// Asks for it, and finds out of which operation it is.
    async fn untyped(&self, patience: Patience) -> Result<Found, Unanswered> {
        let Some(backup) = self.typed::<RecoverBackupFromImageStoreBackupStorage>(patience).await? else {
            return Ok(Found { operation: None, result: None });
        };
        if backup.inventory.is_none() {
            // It was validated only, and every operation answers that alike.
            return Ok(Found { operation: None, result: data(Some(backup))? });
        }
        // It is done. From here on a question that is not answered is asked again, so that the result is not lost with it.
        if is_volume_backup(&backup) {
            let operation = Some(JobName::RecoverBackupFromImageStoreBackupStorage);
            return Ok(Found { operation, result: data(Some(backup))? });
        }
        if let Some(volume) = self.typed::<RecoverDataVolume>(Patience::UntilDone).await?.filter(is_volume) {
            return Ok(Found { operation: Some(JobName::RecoverDataVolume), result: data(Some(volume))? });
        }
        let database = self.typed::<SyncDatabaseBackupFromImageStoreBackupStorage>(Patience::UntilDone).await?;
        Ok(Found { operation: Some(JobName::SyncDatabaseBackupFromImageStoreBackupStorage), result: data(database)? })
    }
}

fn is_volume_backup(answer: &RecoverBackupFromImageStoreBackupStorageResponse) -> bool {
    answer.inventory.as_ref().is_some_and(|backup| backup.volume_uuid.is_some())
}

fn is_volume(answer: &RecoverDataVolumeResponse) -> bool {
    answer.inventory.as_ref().is_some_and(|volume| {
        volume.primary_storage_uuid.is_some() || volume.format.is_some() || volume.install_path.is_some()
    })
}

fn data(answer: Option<impl Serialize>) -> Result<Option<Value>, Failure> {
    answer.as_ref().map(output::value).transpose()
}

/// Why nothing is known of a job.
enum Unanswered {
    Call(Error),
    Other(Failure),
}

impl Unanswered {
    fn into_failure(self, asked: &KnownJob, take_up: &TakeUp, secrets: &Secrets) -> Failure {
        let error = match self {
            Self::Call(error) => error,
            Self::Other(failure) => return failure,
        };
        let mut failure = secrets.failed(&error, Called::Job(take_up));
        // The error names the operation that was assumed.
        if let (None, Some(text)) = (asked.operation, failure.text.strip_prefix(error.operation())) {
            failure.text = format!("job {}{text}", asked.uuid);
        }
        failure
    }
}

impl From<Error> for Unanswered {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl From<Failure> for Unanswered {
    fn from(failure: Failure) -> Self {
        Self::Other(failure)
    }
}
