//! The operations of ZStack.

use std::sync::Arc;

use generated_client::{
    ConfigError,
    zstack::{Client, Credentials, builder},
};
use serde_json::json;

use crate::{
    args::{
        JobArguments, JobName, ListDatabaseBackups, RecoverBackup, RecoverDataVolume, StoragePair, SyncDatabaseBackup,
        Tags, ZStack,
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
    /// What is known of what it overwrites.
    const OVERWRITES: &'static str;

    /// Makes the call, with its own parameters and its tags.
    fn call<'a>(&self, client: &'a Client) -> Self::Call<'a>;
    /// What it does, and to what, in lines.
    fn deed(&self) -> Vec<String>;
    /// What all these operations are asked with.
    fn shared(&self) -> &JobArguments;
}

/// Sets the tags of a call, where there are any. The builders have no trait for that.
macro_rules! tagged {
    ($call:expr, $tags:expr) => {{
        let (mut call, tags): (_, &Tags) = ($call, $tags);
        if !tags.system.is_empty() {
            call = call.system_tags(tags.system.clone());
        }
        if !tags.user.is_empty() {
            call = call.user_tags(tags.user.clone());
        }
        call
    }};
}

/// An operation that takes a backup from one backup storage to another: the type of its arguments, its name in the client,
/// the method that begins its call, and what it does to the backup.
macro_rules! between_storages {
    ($arguments:ident, $operation:ident, $method:ident, $deed:literal) => {
        impl AsksForJob for $arguments {
            type Call<'a> = builder::$operation<'a>;
            const NAME: JobName = JobName::$operation;
            const OVERWRITES: &'static str = "What that overwrites is not documented.";

            fn call<'a>(&self, client: &'a Client) -> Self::Call<'a> {
                let StoragePair { src, dst } = self.pair.clone();
                let call = client.$method().uuid(self.uuid.clone());
                tagged!(call.src_backup_storage_uuid(src).dst_backup_storage_uuid(dst), &self.shared.tags)
            }

            fn deed(&self) -> Vec<String> {
                let StoragePair { src, dst } = &self.pair;
                vec![
                    format!(concat!($deed, " {}"), self.uuid),
                    format!("from backup storage {src} to backup storage {dst}"),
                ]
            }

            fn shared(&self) -> &JobArguments {
                &self.shared
            }
        }
    };
}

between_storages!(
    RecoverBackup,
    RecoverBackupFromImageStoreBackupStorage,
    recover_backup_from_image_store_backup_storage,
    "Recover volume backup"
);
between_storages!(
    SyncDatabaseBackup,
    SyncDatabaseBackupFromImageStoreBackupStorage,
    sync_database_backup_from_image_store_backup_storage,
    "Synchronize database backup"
);

impl AsksForJob for RecoverDataVolume {
    type Call<'a> = builder::RecoverDataVolume<'a>;
    const NAME: JobName = JobName::RecoverDataVolume;
    const OVERWRITES: &'static str = "Nothing is known to be overwritten by that.";

    fn call<'a>(&self, client: &'a Client) -> Self::Call<'a> {
        tagged!(client.recover_data_volume().uuid(self.uuid.clone()), &self.shared.tags)
    }

    fn deed(&self) -> Vec<String> {
        vec![format!("Recover data volume {}, which must be in status Deleted", self.uuid)]
    }

    fn shared(&self) -> &JobArguments {
        &self.shared
    }
}

/// What an operation does, to what and where: for a person to agree to.
fn plan<A: AsksForJob>(asked: &A) -> Vec<String> {
    let mut lines = asked.deed();
    lines.push(format!("at {}", asked.shared().server.url));
    lines.push(A::OVERWRITES.to_owned());
    lines
}

/// Makes a client of this server.
pub(crate) fn client(server: &ZStack, credentials: impl Into<Credentials>) -> Result<Client, ConfigError> {
    server.connection.apply(Client::builder(&server.url, credentials)).build()
}

/// Fails where no client of this server can be made: nobody is asked for a secret then.
pub(crate) fn check(server: &ZStack) -> Result<(), Failure> {
    client(server, dry_run::no_session()?).map(drop).map_err(|problem| Failure::config(&problem))
}

/// Does an operation that is a job.
pub(crate) async fn job<A: AsksForJob>(asked: &A, run: &Run) -> Result<(), Failure> {
    let JobArguments { job: options, consent, server, .. } = asked.shared();
    let take_up = TakeUp::new(server, Some(A::NAME));
    if consent.rehearsal.dry_run {
        let called = Called::Job(&take_up);
        let send = |client: Client| async move { prepared(asked, &client).done().await.map(drop) };
        return dry_run::zstack(server, run, called, send).await;
    }
    check(server)?;
    let secrets = Secrets::of(&server.connection)?;
    let credentials = secrets.zstack(server).await?;
    let client = client(server, credentials).map_err(|problem| Failure::config(&problem))?;
    if !options.validate_only {
        confirm(*consent, &plan(asked), run).await?;
    }
    let call = prepared(asked, &client).told(told(&take_up, run), progress(run));
    run.voice.wait();
    if options.detach {
        let job = call.accepted().await.map_err(|error| secrets.failed(&error, Called::Job(&take_up)))?;
        run.voice.still();
        run.voice.say(&format!("The server has accepted the job. Wait for it:\n  {}", take_up.command(&job)));
        let printed = match run.output {
            output::Format::Table => output::raw(format!("{job}\n").as_bytes()),
            format => output::print(&json!({"job": job, "operation": A::NAME.to_string()}), format),
        };
        return printed.map_err(|failure| failure.after("the server has accepted the job"));
    }
    let answer = call.done().await.map_err(|error| secrets.failed(&error, Called::Job(&take_up)))?;
    run.voice.still();
    if options.validate_only {
        run.voice.say("The request is valid. Nothing was changed.");
    }
    let printed = output::value(&*answer).and_then(|answer| output::print(&answer, run.output));
    if options.validate_only { printed } else { printed.map_err(|failure| failure.after("it is done")) }
}

/// Makes the call, with what it says of its job.
fn prepared<'a, A: AsksForJob>(asked: &A, client: &'a Client) -> A::Call<'a> {
    let (mut call, options) = (asked.call(client), &asked.shared().job);
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
    check(&asked.server)?;
    let secrets = Secrets::of(&asked.server.connection)?;
    let credentials = secrets.zstack(&asked.server).await?;
    let url = secrets.image_store_url().await?;
    let client = client(&asked.server, credentials).map_err(|problem| Failure::config(&problem))?;
    run.begin(UnderWay::Read);
    run.voice.wait();
    let answer = listing(asked, &client, &url).send().await.map_err(|error| secrets.failed(&error, Called::Read))?;
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
