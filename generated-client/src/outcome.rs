//! What is known after a call that did not succeed.

use std::fmt;

use reqwest::StatusCode;

use crate::{ErrorKind, said::Said};

/// What is known about the operation after a call that did not succeed, which decides whether it may be sent again.
///
/// Source: the servers' own code and the vendors' documentation; no live server was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// Nothing reached the server: a parameter that can't be sent, no connection. It can be sent again.
    NotSent,
    /// The server said that it will not begin: bad request, bad or expired credentials, no such path. It can be sent again
    /// once the cause is mended.
    Refused,
    /// The server began, and says that the operation failed. A person decides whether it is sent again.
    Failed,
    /// Sent, and no final word came back: it may have happened, or may still happen. Sending it again could do it twice.
    Unknown,
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotSent => "nothing was sent: it can be tried again",
            Self::Refused => "refused: mend the cause, then try again",
            Self::Failed => "the operation failed: look at what it left before trying again",
            Self::Unknown => "it is not known whether it happened: look before sending it again",
        })
    }
}

impl Outcome {
    /// Whether it is certain that nothing was done ([`NotSent`](Self::NotSent), [`Refused`](Self::Refused)): the call can be
    /// made again once its cause is mended. Otherwise it was begun, or may have been, and has to be looked at first.
    #[must_use]
    pub fn nothing_was_done(self) -> bool {
        matches!(self, Self::NotSent | Self::Refused)
    }

    /// The outcome of a call that ended this way, with the answer's status and what the server said, if there was one.
    pub(crate) fn of(kind: ErrorKind, status: Option<StatusCode>, said: &Said) -> Self {
        if said.refuses() {
            return Self::Refused;
        }
        match (kind, status.map(|status| status.as_u16())) {
            (ErrorKind::InvalidRequest | ErrorKind::Connect | ErrorKind::Credentials, _) => Self::NotSent,
            // Never accepted, or purged.
            (ErrorKind::UnknownJob, _) => Self::Unknown,
            (ErrorKind::Failed, _) => Self::Failed,
            // A success whose body can't be read: the operation was done or accepted.
            (ErrorKind::Timeout | ErrorKind::Interrupted | ErrorKind::Decode, _) => Self::Unknown,
            // The server gave up waiting for the request; how much of it had been acted on, it does not say.
            (_, Some(408)) => Self::Unknown,
            // Where to look at what came of the request.
            (ErrorKind::Redirect, Some(303)) => Self::Unknown,
            // Any other redirect says where else to ask, and does nothing itself.
            (_, Some(300..=499)) => Self::Refused,
            // ZStack's way to say that the operation failed. Without its error object it comes from something in between.
            (_, Some(503)) if said.is_zstack_error => Self::Failed,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_was_done_where_nothing_was_sent_or_the_server_refused() {
        let outcomes = [Outcome::NotSent, Outcome::Refused, Outcome::Failed, Outcome::Unknown];
        assert_eq!(outcomes.map(Outcome::nothing_was_done), [true, true, false, false]);
    }
}
