//! How long a call may take, and how large its answer may be.

use std::time::Duration;

/// How long connecting may take, unless it is set: 10 seconds.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a whole call may take, unless it is set: 30 minutes.
///
/// The pages call the operations synchronous, and a restore moves whole disks.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30 * 60);

/// How large the body of an answer may be, unless it is set: 16 MiB.
pub const DEFAULT_MAX_ANSWER_BYTES: usize = 16 << 20;

/// The limits of a client.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) connect_timeout: Duration,
    pub(crate) timeout: Duration,
    pub(crate) max_answer_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            timeout: DEFAULT_TIMEOUT,
            max_answer_bytes: DEFAULT_MAX_ANSWER_BYTES,
        }
    }
}

/// What is different for one call. What is not set is as the client has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CallOptions {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_answer_bytes: Option<usize>,
}

impl CallOptions {
    /// Nothing different.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how long the whole call may take, from the first byte sent to the last byte received.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Sets how long connecting may take.
    ///
    /// A call with a limit of its own does not take part in the client's pool: it makes a connection for itself. With an
    /// HTTP client that the caller brought, whose settings can't be read, such a call is refused before it is sent.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = Some(limit);
        self
    }

    /// Sets how large the body of the answer may be, in bytes.
    #[must_use]
    pub fn max_answer_bytes(mut self, limit: usize) -> Self {
        self.max_answer_bytes = Some(limit);
        self
    }
}
