//! Who makes the calls.

mod connections;
mod guarded;
mod naive;

use std::time::Duration;

use generated_client::{ErrorKind, JobUuid};
use tokio::time::timeout;

use crate::Problem;
use crate::judge::Told;
use crate::plan::{Call, Manner};
pub use connections::Connections;
pub use guarded::{Guarded, Later};
pub use naive::Naive;

/// The largest body that is read, in bytes: some of the server's bodies are a thousand times as large, or have no end.
pub const LARGEST_BODY: usize = 1 << 20;

/// What came of a call, as its caller sees it.
#[derive(Debug, Clone)]
pub struct Account {
    /// What the caller was told.
    pub told: Told,
    /// The kind of the client's error, if there was one.
    pub kind: Option<ErrorKind>,
    /// The words of the error, if there was one.
    pub words: Option<String>,
    /// The name by which the job can be asked for later, if the error has one.
    pub job: Option<JobUuid>,
    /// How much of the call's time was left.
    pub left: Duration,
}

impl Account {
    /// A call that the caller gave up.
    #[must_use]
    pub const fn nothing() -> Self {
        Self::of(Told::Nothing)
    }

    /// A call of which no more is to be said.
    #[must_use]
    pub const fn of(told: Told) -> Self {
        Self { told, kind: None, words: None, job: None, left: Duration::ZERO }
    }
}

/// One client for each service, which all callers share.
#[derive(Debug, Clone)]
pub enum Caller {
    /// The client that this is about.
    Guarded(Guarded),
    /// One without a guard.
    Naive(Naive),
}

impl Caller {
    /// The callers of the server at this address, with the guard or without it. With the guard, requests of jobs that the
    /// server does not know are sent again if `send_again` says so.
    ///
    /// # Errors
    /// No HTTP client can be made.
    pub fn new(url: &str, guard: bool, send_again: bool) -> Result<Self, Problem> {
        Ok(if guard { Self::Guarded(Guarded::new(url, send_again)?) } else { Self::Naive(Naive::new(url)?) })
    }

    /// Makes a call.
    pub async fn call(&self, call: &Call) -> Account {
        let made = async {
            match self {
                Self::Guarded(caller) => caller.call(call).await,
                Self::Naive(caller) => caller.call(call).await,
            }
        };
        match call.manner {
            Manner::Dropped(after) => timeout(after, made).await.unwrap_or_else(|_| Account::nothing()),
            Manner::Sent | Manner::Submitted => made.await,
        }
    }

    /// How many connections were made, or tried.
    #[must_use]
    pub fn connections(&self) -> u64 {
        match self {
            Self::Guarded(caller) => caller.connections().count(),
            Self::Naive(caller) => caller.connections().count(),
        }
    }
}
