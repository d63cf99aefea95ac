//! The steps of the tour, in their order.

use crate::surprise::Surprise;
use crate::tour::Tour;
use crate::{failures, operations};

/// One of the five operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    RecoverDataVolume,
    RecoverBackup,
    ListDatabaseBackups,
    SyncDatabaseBackup,
    RestoreBackup,
}

/// One of the ways in which a call can end otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    ThePagesOwnRequest,
    NotDeleted,
    AlreadyRunning,
    LostAnswer,
}

impl Operation {
    /// All five.
    pub(crate) const ALL: [Self; 5] = [
        Self::RecoverDataVolume,
        Self::RecoverBackup,
        Self::ListDatabaseBackups,
        Self::SyncDatabaseBackup,
        Self::RestoreBackup,
    ];

    /// The `operationId`.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::RecoverDataVolume => "RecoverDataVolume",
            Self::RecoverBackup => "RecoverBackupFromImageStoreBackupStorage",
            Self::ListDatabaseBackups => "GetDatabaseBackupFromImageStore",
            Self::SyncDatabaseBackup => "SyncDatabaseBackupFromImageStoreBackupStorage",
            Self::RestoreBackup => "RestoreBackup",
        }
    }

    /// What it does, and what it overwrites.
    pub(crate) fn job(self) -> &'static str {
        match self {
            Self::RecoverDataVolume => {
                "Takes a data volume back that was deleted. Overwrites nothing, as far as its page tells."
            }
            Self::RecoverBackup => {
                "Recovers a volume backup between two backup storages, and writes to one of them. Its page does not tell \
                 which."
            }
            Self::ListDatabaseBackups => "Lists the database backups of an image store. Only reads.",
            Self::SyncDatabaseBackup => {
                "Synchronizes a database backup between two backup storages, and writes to one of them. Its page does not \
                 tell which."
            }
            Self::RestoreBackup => {
                "Restores a backup to a disk. Overwrites all that is on the disk, and can't be stopped."
            }
        }
    }

    /// Calls it, and checks what comes of it.
    pub(crate) async fn run(self, tour: &Tour) -> Result<(), Surprise> {
        match self {
            Self::RecoverDataVolume => operations::recover_data_volume(tour).await,
            Self::RecoverBackup => operations::recover_backup(tour).await,
            Self::ListDatabaseBackups => operations::list_database_backups(tour).await,
            Self::SyncDatabaseBackup => operations::sync_database_backup(tour).await,
            Self::RestoreBackup => operations::restore_backup(tour).await,
        }
    }
}

impl Failure {
    /// All of them, in an order in which each finds what it needs.
    pub(crate) const ALL: [Self; 4] =
        [Self::ThePagesOwnRequest, Self::NotDeleted, Self::AlreadyRunning, Self::LostAnswer];

    /// What happens, in a few words.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::ThePagesOwnRequest => "The request that the page shows",
            Self::NotDeleted => "A volume that is not deleted",
            Self::AlreadyRunning => "A restore while another one runs",
            Self::LostAnswer => "An answer that is lost",
        }
    }

    /// What happens, and why it matters.
    pub(crate) fn job(self) -> &'static str {
        match self {
            Self::ThePagesOwnRequest => "The page prints the action's key in lower case. Sent so, without the client:",
            Self::NotDeleted => "The server accepts the job, and the job fails.",
            Self::AlreadyRunning => "A restore of this disk was accepted, and is not finished. The same call again:",
            Self::LostAnswer => {
                "A gateway answers in the server's place. The client doesn't send again: it asks for the job that it has \
                 named."
            }
        }
    }

    /// Lets it happen, and checks what the client says to it.
    pub(crate) async fn run(self, tour: &Tour) -> Result<(), Surprise> {
        match self {
            Self::ThePagesOwnRequest => failures::the_pages_own_request(tour).await,
            Self::NotDeleted => failures::not_deleted(tour).await,
            Self::AlreadyRunning => failures::already_running(tour).await,
            Self::LostAnswer => failures::lost_answer(tour).await,
        }
    }
}
