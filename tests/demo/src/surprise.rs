//! What went otherwise than it was to be shown.

use std::fmt::{self, Debug};

/// What went otherwise than it was to be shown: one sentence without credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Surprise(pub(crate) String);

impl fmt::Display for Surprise {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

// No `std::error::Error` for it, so that every error of others can become one.
impl<E: std::error::Error> From<E> for Surprise {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Checks that something is as expected.
pub(crate) fn expect<T: PartialEq + Debug>(what: &str, found: T, expected: T) -> Result<(), Surprise> {
    if found == expected {
        return Ok(());
    }
    Err(Surprise(format!("{what} should be {expected:?}, and is {found:?}")))
}

/// What an answer must hold.
pub(crate) fn need<T>(what: &str, found: Option<T>) -> Result<T, Surprise> {
    found.ok_or_else(|| Surprise(format!("the answer has no {what}")))
}
