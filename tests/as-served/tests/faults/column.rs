//! The columns of the table: what is called.

use simulator::{Operation, sample};

use crate::calls;

/// What is called while something goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// An operation, from its request to its result.
    Operation(Operation),
    /// The question for a job that the server has accepted.
    Question,
}

/// What a column's calls do to the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// ZStack's mutations, which are jobs.
    Job,
    /// CBR's restore.
    Restore,
    /// The list of images.
    Read,
    /// The question for a job, which reads as well.
    Question,
}

impl Column {
    /// All columns, in the table's order.
    pub const ALL: [Self; 6] = [
        Self::Operation(Operation::RecoverBackupFromImageStoreBackupStorage),
        Self::Operation(Operation::SyncDatabaseBackupFromImageStoreBackupStorage),
        Self::Operation(Operation::RecoverDataVolume),
        Self::Operation(Operation::GetDatabaseBackupFromImageStore),
        Self::Operation(Operation::RestoreBackup),
        Self::Question,
    ];

    /// Its heading, short enough for a table.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Operation(Operation::RecoverBackupFromImageStoreBackupStorage) => "volume backup",
            Self::Operation(Operation::SyncDatabaseBackupFromImageStoreBackupStorage) => "database backup",
            Self::Operation(Operation::RecoverDataVolume) => "volume",
            Self::Operation(Operation::GetDatabaseBackupFromImageStore) => "list",
            Self::Operation(Operation::RestoreBackup) => "CBR restore",
            Self::Operation(Operation::QueryJob) | Self::Question => "question",
            Self::Operation(other) => panic!("{other:?} has no column"),
        }
    }

    /// The operation whose exchanges meet the faults.
    pub fn operation(self) -> Operation {
        match self {
            Self::Operation(operation) => operation,
            Self::Question => Operation::QueryJob,
        }
    }

    /// What its calls do to the world.
    pub fn nature(self) -> Nature {
        match self {
            Self::Operation(operation) if operation.is_job() => Nature::Job,
            Self::Operation(Operation::RestoreBackup) => Nature::Restore,
            Self::Operation(_) => Nature::Read,
            Self::Question => Nature::Question,
        }
    }

    /// What the stand-in server counts its executions by.
    pub fn resource(self) -> &'static str {
        match self {
            Self::Operation(Operation::RestoreBackup) => sample::BACKUP,
            Self::Operation(operation) => calls::resource(operation),
            Self::Question => sample::VOLUME,
        }
    }
}
