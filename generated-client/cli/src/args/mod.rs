//! Subcommands and flags.
//!
//! They are named after the served document: a test holds names, requiredness and helps to it, so that a parameter that
//! has no flag is noticed.

mod cbr;
mod connection;
mod consent;
mod job;
mod zstack;

use clap::{Parser, Subcommand};

pub(crate) use self::{
    cbr::{Cbr, Mapping, RestoreBackup},
    connection::{Connection, ZStack},
    consent::{Consent, Rehearsal},
    job::{JobCommand, JobName, JobOptions, KnownJob},
    zstack::{
        JobArguments, ListDatabaseBackups, RecoverBackup, RecoverDataVolume, StoragePair, SyncDatabaseBackup, Tags,
    },
};
use crate::{exit, output::Format};

/// Brings cloud data back: volumes and backups of ZStack Cloud, backups of Cloud Backup and Recovery (CBR).
///
/// Nothing that may have reached a server is sent twice. What is not known to have happened is said to be unknown, and
/// how to find out.
#[derive(Debug, Parser)]
#[command(name = "restore", version, max_term_width = 100, arg_required_else_help = true, after_long_help = exit::help())]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) view: View,
}

/// What is shown, and how.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct View {
    /// The form of what is printed to stdout; everything else goes to stderr
    #[arg(short, long, global = true, value_enum, default_value_t, value_name = "FORMAT", help_heading = "Output")]
    pub(crate) output: Format,
    /// Say more on stderr: a line for each time that a job was found running
    #[arg(short, long, global = true, help_heading = "Output")]
    pub(crate) verbose: bool,
}

/// The subcommands: one for each operation of the document, and what an operator needs beside them.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Recover a volume backup (ZStack)
    ///
    /// The request names two backup storages, a source and a destination, both of the image store kind. What is done with
    /// each of them is not documented.
    #[command(visible_alias = "recover-backup")]
    RecoverBackupFromImageStoreBackupStorage(RecoverBackup),
    /// Synchronize a database backup (ZStack)
    ///
    /// The request names two backup storages, a source and a destination, both of the image store kind. What is done with
    /// each of them is not documented.
    #[command(visible_alias = "sync-database-backup")]
    SyncDatabaseBackupFromImageStoreBackupStorage(SyncDatabaseBackup),
    /// Recover a data volume (ZStack)
    ///
    /// The volume must be in status `Deleted`.
    #[command(visible_alias = "recover-volume")]
    RecoverDataVolume(RecoverDataVolume),
    /// List the database backups in a backup storage (ZStack)
    ///
    /// The backup storage is of the image store kind. Its address has a password in it, and is never an argument: it is
    /// taken from IMAGE_STORE_URL (in the environment or in --credentials-file), or asked for. It is
    /// `ssh://user:password@host:22/path`, with special characters of the password percent-encoded.
    #[command(visible_alias = "list-database-backups")]
    GetDatabaseBackupFromImageStore(ListDatabaseBackups),
    /// Restore a backup to a server or to a disk (CBR)
    ///
    /// The answer says that the restore was accepted, which is not finished. It is sent once at most.
    RestoreBackup(RestoreBackup),
    /// Ask for a job of ZStack, or take it up again
    #[command(subcommand)]
    Job(JobCommand),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print a man page: of the program, or of a subcommand (`restore man job wait`)
    Man {
        /// The subcommand
        #[arg(value_name = "COMMAND")]
        command: Vec<String>,
    },
}
