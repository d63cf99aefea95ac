//! The operations of ZStack.

use clap::Args;
use generated_client::PathId;

use super::{Consent, JobOptions, Rehearsal, ZStack};
use crate::exit;

/// Tags of a request.
#[derive(Debug, Clone, Args)]
pub(crate) struct Tags {
    /// System tags; repeat it for several
    #[arg(long = "system-tag", value_name = "TAG")]
    pub(crate) system: Vec<String>,
    /// User tags; repeat it for several
    #[arg(long = "user-tag", value_name = "TAG")]
    pub(crate) user: Vec<String>,
}

/// What all operations that are jobs are asked with, behind their own parameters.
#[derive(Debug, Clone, Args)]
pub(crate) struct JobArguments {
    #[command(flatten)]
    pub(crate) tags: Tags,
    #[command(flatten)]
    pub(crate) job: JobOptions,
    #[command(flatten)]
    pub(crate) consent: Consent,
    #[command(flatten)]
    pub(crate) server: ZStack,
}

/// `RecoverBackupFromImageStoreBackupStorage`.
#[derive(Debug, Args)]
#[command(after_long_help = exit::help())]
pub(crate) struct RecoverBackup {
    /// UUID of the volume backup
    #[arg(long)]
    pub(crate) uuid: PathId,
    #[command(flatten)]
    pub(crate) pair: StoragePair,
    #[command(flatten)]
    pub(crate) shared: JobArguments,
}

/// `SyncDatabaseBackupFromImageStoreBackupStorage`.
#[derive(Debug, Args)]
#[command(after_long_help = exit::help())]
pub(crate) struct SyncDatabaseBackup {
    /// UUID of the database backup
    #[arg(long)]
    pub(crate) uuid: PathId,
    #[command(flatten)]
    pub(crate) pair: StoragePair,
    #[command(flatten)]
    pub(crate) shared: JobArguments,
}

/// The two backup storages.
#[derive(Debug, Clone, Args)]
pub(crate) struct StoragePair {
    /// UUID of the source backup storage
    #[arg(long = "src-backup-storage-uuid", value_name = "UUID")]
    pub(crate) src: String,
    /// UUID of the destination backup storage
    #[arg(long = "dst-backup-storage-uuid", value_name = "UUID")]
    pub(crate) dst: String,
}

/// `RecoverDataVolume`.
#[derive(Debug, Args)]
#[command(after_long_help = exit::help())]
pub(crate) struct RecoverDataVolume {
    /// UUID of the volume
    #[arg(long)]
    pub(crate) uuid: PathId,
    #[command(flatten)]
    pub(crate) shared: JobArguments,
}

/// `GetDatabaseBackupFromImageStore`. Its `url` is a secret, and no flag.
#[derive(Debug, Args)]
#[command(after_long_help = exit::help())]
pub(crate) struct ListDatabaseBackups {
    /// Port on which the backup storage is reached, from 1 to 65535. The server takes 8000 if it is left out
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(i32).range(1..=65_535))]
    pub(crate) registry_port: Option<i32>,
    #[command(flatten)]
    pub(crate) tags: Tags,
    #[command(flatten)]
    pub(crate) rehearsal: Rehearsal,
    #[command(flatten)]
    pub(crate) server: ZStack,
}
