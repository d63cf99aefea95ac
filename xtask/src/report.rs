//! What a person reads: failures, drift, and the summary.

use std::error::Error;
use std::fmt;
use std::io;

/// How a command ended, as its exit code says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything is as it should be.
    Fresh,
    /// Something failed; wrong arguments too.
    Failed,
    /// `--check` found drift.
    Stale,
}

impl Exit {
    /// The exit code, as `--help` documents it.
    pub fn code(self) -> u8 {
        match self {
            Exit::Fresh => 0,
            Exit::Failed => 1,
            Exit::Stale => 4,
        }
    }
}

/// Why a command could not do its work: what happened, why, and how to mend it.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// A failure with this text.
    pub fn new(text: impl Into<String>) -> Failure {
        Failure(text.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Failure {}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure(error.to_string())
    }
}

/// A number of things: `1 file`, `2 files`.
pub fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}
