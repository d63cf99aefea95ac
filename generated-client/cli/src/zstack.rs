//! The operations of ZStack.

use std::sync::Arc;

use generated_client::{
    ConfigError,
    zstack::{Client, Credentials, builder},
};
use serde_json::json;

use crate::{
    args::{
        Consent, JobName, JobOptions, ListDatabaseBackups, RecoverBackup, RecoverDataVolume, SyncDatabaseBackup, ZStack,
    },
    confirm::confirm,
    credentials::Secrets,
    dry_run,
    failure::{Called, Failure},
    job_call::JobCall,
    output,
    run::{Run, UnderWay},
    take_up::TakeUp,
};

/// The arguments of an operation that is a job.
pub(crate) trait AsksForJob {
    /// The call that they make.
    type Call<'a>: JobCall;
    /// The operation.
    const NAME: JobName;

    /// Makes the call, all but what it says of its job.
    fn call<'a>(&self, client: &'a Client) -> Self::Call<'a>;
    /// What it does, and to what: for a person to agree to.
    fn plan(&self) -> Vec<String>;
    /// What is said of its job.
    fn job(&self) -> &JobOptions;
    /// Whether to ask, and to send.
    fn consent(&self) -> Consent;
    /// Where it goes.
    fn server(&self) -> &ZStack;
}

macro_rules! shared {
    ($builder:ident) => {
        type Call<'a> = builder::$builder<'a>;
        const NAME: JobName = JobName::$builder;

        fn job(&self) -> &JobOptions {
            &self.job
        }

        fn consent(&self) -> Consent {
            self.consent
        }

        fn server(&self) -> &ZStack {
            &self.server
        }
    };
}

/// Sets what every call has: its tags, where there are any.
macro_rules! tagged {
    ($call:expr, $tags:expr) => {{
        let (mut call, tags) = ($call, $tags);
        if !tags.system.is_empty() {
            call = call.system_tags(tags.system.clone());
        }
        if !tags.user.is_empty() {
            call = call.user_tags(tags.user.clone());
        }
        call
    }};
}

impl AsksForJob for RecoverBackup {
    shared!(RecoverBackupFromImageStoreBackupStorage);

    fn call<'a>(&self, client: &'a Client) -> Self::Call<'a> {
        let call = client.recover_backup_from_image_store_backup_storage().uuid(self.uuid.clone());
        let call = call.src_backup_storage_uuid(self.pair.src.clone()).dst_backup_storage_uuid(self.pair.dst.clone());
        tagged!(call, &self.tags)
    }

    fn plan(&self) -> Vec<String> {
        vec![
            format!("Recover volume backup {}", self.uuid),
            format!("from backup storage {} to backup storage {}", self.pair.src, self.pair.dst),
            format!("at {}", self.server.url),
            "What that overwrites is not documented.".to_owned(),
        ]
    }
}

impl AsksForJob for SyncDatabaseBackup {
    shared!(SyncDatabaseBackupFromImageStoreBackupStorage);

    fn call<'a>(&self, client: &'a Client) -> Self::Call<'a> {
        let call = client.sync_database_backup_from_image_store_backup_storage().uuid(self.uuid.clone());
        let call = call.src_backup_storage_uuid(self.pair.src.clone()).dst_backup_storage_uuid(self.pair.dst.clone());
        tagged!(call, &self.tags)
    }

    fn plan(&self) -> Vec<String> {
        vec![
            format!("Synchronize database backup {}", self.uuid),
            format!("from backup storage {} to backup storage {}", self.pair.src, self.pair.dst),
            format!("at {}", self.server.url),
            "What that overwrites is not documented.".to_owned(),
        ]
    }
}

impl AsksForJob for RecoverDataVolume {
    shared!(RecoverDataVolume);

    fn call<'a>(&self, client: &'a Client) -> Self::Call<'a> {
        tagged!(client.recover_data_volume().uuid(self.uuid.clone()), &self.tags)
    }

    fn plan(&self) -> Vec<String> {
        vec![
            format!("Recover data volume {}, which must be in status Deleted", self.uuid),
            format!("at {}", self.server.url),
            "Nothing is known to be overwritten by that.".to_owned(),
        ]
    }
}

/// Makes a client of this server.
pub(crate) fn client(server: &ZStack, credentials: impl Into<Credentials>) -> Result<Client, ConfigError> {
    server.connection.apply(Client::builder(&server.url, credentials)).build()
}

/// Does an operation that is a job.
pub(crate) async fn job<A: AsksForJob>(asked: &A, run: &Run) -> Result<(), Failure> {
    let (server, options) = (asked.server(), asked.job());
    let take_up = TakeUp::new(server, Some(A::NAME));
    if asked.consent().rehearsal.dry_run {
        let called = Called::Job(&take_up);
        let send = |client: Client| async move { prepared(asked, &client).done().await.map(drop) };
        return dry_run::zstack(server, run, called, send).await;
    }
    let credentials = Secrets::of(&server.connection)?.zstack(server).await?;
    let client = client(server, credentials).map_err(|problem| Failure::config(&problem))?;
    if !options.validate_only {
        confirm(asked.consent(), &asked.plan(), run).await?;
    }
    let call = prepared(asked, &client).told(told(&take_up, run), progress(run));
    run.voice.wait();
    if options.detach {
        let job = call.accepted().await.map_err(|error| Failure::call(&error, Called::Job(&take_up)))?;
        run.voice.still();
        run.voice.say(&format!("The server has accepted the job. Wait for it:\n  {}", take_up.command(&job)));
        return match run.output {
            output::Format::Table => output::raw(format!("{job}\n").as_bytes()),
            format => output::print(&json!({"job": job, "operation": A::NAME.to_string()}), format),
        };
    }
    let answer = call.done().await.map_err(|error| Failure::call(&error, Called::Job(&take_up)))?;
    run.voice.still();
    if options.validate_only {
        run.voice.say("The request is valid. Nothing was changed.");
    }
    output::print(&output::value(&*answer)?, run.output)
}

/// Makes the call, with what it says of its job.
fn prepared<'a, A: AsksForJob>(asked: &A, client: &'a Client) -> A::Call<'a> {
    let (mut call, options) = (asked.call(client), asked.job());
    if let Some(uuid) = &options.job_uuid {
        call = call.named(uuid.clone());
    }
    if let Some(limit) = options.api_timeout {
        call = call.limited(limit);
    }
    if options.validate_only { call.validated_only() } else { call }
}

/// Says the job's name before anything is sent, and notes how it is taken up again.
fn told(take_up: &TakeUp, run: &Run) -> impl Fn(&generated_client::JobUuid) + Send + Sync + 'static + use<> {
    let (take_up, voice, begin) = (take_up.clone(), Arc::clone(&run.voice), run.beginner());
    move |job| {
        voice.say(&format!("Job {job}"));
        begin(UnderWay::Job(take_up.command(job)));
    }
}

/// Shows that a job is running.
pub(crate) fn progress(run: &Run) -> impl Fn(&generated_client::Progress) + Send + Sync + 'static + use<> {
    let voice = Arc::clone(&run.voice);
    move |progress| voice.progress(progress)
}

/// Lists the database backups of an image store.
pub(crate) async fn list(asked: &ListDatabaseBackups, run: &Run) -> Result<(), Failure> {
    if asked.rehearsal.dry_run {
        let send =
            |client: Client| async move { listing(asked, &client, dry_run::IMAGE_STORE_URL).send().await.map(drop) };
        return dry_run::zstack(&asked.server, run, Called::Read, send).await;
    }
    let secrets = Secrets::of(&asked.server.connection)?;
    let credentials = secrets.zstack(&asked.server).await?;
    let url = secrets.image_store_url().await?;
    let client = client(&asked.server, credentials).map_err(|problem| Failure::config(&problem))?;
    run.begin(UnderWay::Read);
    run.voice.wait();
    let answer = listing(asked, &client, &url).send().await.map_err(|error| Failure::call(&error, Called::Read))?;
    run.voice.still();
    output::print(&output::value(&*answer)?, run.output)
}

/// Makes the call that lists them.
fn listing<'a>(
    asked: &ListDatabaseBackups,
    client: &'a Client,
    url: &str,
) -> builder::GetDatabaseBackupFromImageStore<'a> {
    let call = client.get_database_backup_from_image_store().url(url);
    let call = match asked.registry_port {
        Some(port) => call.registry_port(port),
        None => call,
    };
    tagged!(call, &asked.tags)
}
