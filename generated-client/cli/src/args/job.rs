//! Jobs of ZStack: what a call says of its own, and how one is taken up again.

use std::{fmt, time::Duration};

use clap::{Args, Subcommand, ValueEnum};
use generated_client::JobUuid;

use super::{ZStack, connection::duration};
use crate::exit;

/// What a call says of its job.
#[derive(Debug, Clone, Args)]
pub(crate) struct JobOptions {
    /// Names the job, 32 hexadecimal digits that the caller makes up, so that it can be asked for [default: random]
    ///
    /// Take a new one for each job. Under a name that the server knows already, it refuses the request with 400 and
    /// `Duplicate job uuid`; the job that has the name is followed then, whatever it was of.
    #[arg(long, value_name = "UUID", help_heading = "Job")]
    pub(crate) job_uuid: Option<JobUuid>,
    /// How long the server lets the job run, in seconds; written as `90s`, `30m`, `2h` [default: the server's]
    #[arg(long, value_name = "DURATION", value_parser = duration, help_heading = "Job")]
    pub(crate) api_timeout: Option<Duration>,
    /// Let the server only validate the request: nothing is changed
    #[arg(long, help_heading = "Job")]
    pub(crate) validate_only: bool,
    /// Do not wait for the end: print the job's name when the server has accepted it
    #[arg(long, help_heading = "Job")]
    pub(crate) detach: bool,
}

/// What can be done with a job whose name is known.
#[derive(Debug, Subcommand)]
pub(crate) enum JobCommand {
    /// Ask once: whether it is running, and its result if it is done
    Show(KnownJob),
    /// Wait for the end, and print the result
    Wait(KnownJob),
}

/// A job whose name is known.
#[derive(Debug, Args)]
#[command(after_long_help = exit::help())]
pub(crate) struct KnownJob {
    /// The job's name, 32 hexadecimal digits
    pub(crate) uuid: JobUuid,
    /// What it is a job of. Left out, it is told by the result
    #[arg(long, value_enum, value_name = "OPERATION")]
    pub(crate) operation: Option<JobName>,
    #[command(flatten)]
    pub(crate) server: ZStack,
}

/// The operations that are jobs, by the names of their subcommands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum JobName {
    /// A volume backup
    #[value(alias = "recover-backup")]
    RecoverBackupFromImageStoreBackupStorage,
    /// A database backup
    #[value(alias = "sync-database-backup")]
    SyncDatabaseBackupFromImageStoreBackupStorage,
    /// A volume
    #[value(alias = "recover-volume")]
    RecoverDataVolume,
}

impl fmt::Display for JobName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::RecoverBackupFromImageStoreBackupStorage => "recover-backup-from-image-store-backup-storage",
            Self::SyncDatabaseBackupFromImageStoreBackupStorage => {
                "sync-database-backup-from-image-store-backup-storage"
            }
            Self::RecoverDataVolume => "recover-data-volume",
        })
    }
}
