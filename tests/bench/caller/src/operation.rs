//! The calls that are measured.

use std::{fmt, str::FromStr};

use crate::Problem;

/// One of the calls that are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// GetDatabaseBackupFromImageStore: a read.
    List,
    /// RestoreBackup of CBR: accepted.
    Restore,
    /// RecoverDataVolume, answered at once.
    Recover,
    /// RecoverDataVolume as a job: accepted, and asked for once.
    Job,
}

impl Operation {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::List, Self::Restore, Self::Recover, Self::Job];
}

impl fmt::Display for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::List => "list",
            Self::Restore => "restore",
            Self::Recover => "recover",
            Self::Job => "job",
        })
    }
}

impl FromStr for Operation {
    type Err = Problem;

    fn from_str(name: &str) -> Result<Self, Problem> {
        let found = Self::ALL.into_iter().find(|operation| operation.to_string() == name);
        found.ok_or_else(|| format!("there is no operation {name:?}").into())
    }
}

/// A client that is measured.
///
/// Each call returns a number out of its answer, so that nobody is measured who has not decoded it.
pub trait Calls: Send + Sync + Sized + 'static {
    /// Makes the client. It asks for a job after a millisecond.
    ///
    /// # Errors
    /// What keeps it from being made.
    fn new(base_url: &str) -> Result<Self, Problem>;

    /// Lists the database backups of [`DATABASE_STORE`](crate::DATABASE_STORE): the bytes of the first.
    fn list(&self) -> impl Future<Output = Result<i64, Problem>> + Send;

    /// Restores a disk from [`BACKUP`](crate::BACKUP): 1 if the answer has a job, or its client does not read any.
    fn restore(&self) -> impl Future<Output = Result<i64, Problem>> + Send;

    /// Recovers a volume: its bytes.
    fn recover(&self, volume: &'static str) -> impl Future<Output = Result<i64, Problem>> + Send;
}

/// Makes a call.
///
/// # Errors
/// Those of the client.
pub async fn call<C: Calls>(client: &C, operation: Operation) -> Result<i64, Problem> {
    match operation {
        Operation::List => client.list().await,
        Operation::Restore => client.restore().await,
        Operation::Recover => client.recover(crate::VOLUME).await,
        Operation::Job => client.recover(crate::JOB_VOLUME).await,
    }
}
