//! How long a call may take, and how large its answer may be.

use std::time::Duration;

use crate::{Retries, retry::DEFAULT_BUDGET};

/// How long connecting may take, unless it is set: 10 seconds.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a whole call may take, unless it is set: 30 minutes.
///
/// The pages call the operations synchronous, and a restore moves whole disks.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30 * 60);

/// How large the body of an answer may be, unless it is set: 16 MiB.
pub const DEFAULT_MAX_ANSWER_BYTES: usize = 16 << 20;

/// How many requests of one client are under way at the same time, unless it is set: 256, and 64 questions for jobs.
pub const DEFAULT_MAX_CONCURRENT_REQUESTS: usize = 256;

/// How long a client waits before it first asks for a job, unless it is set: 200 milliseconds.
pub const DEFAULT_FIRST_POLL: Duration = Duration::from_millis(200);

/// How long a client waits at most before it asks for a job again, unless it is set: 5 seconds.
pub const DEFAULT_LONGEST_POLL: Duration = Duration::from_secs(5);

/// The limits of a client.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) connect_timeout: Duration,
    pub(crate) timeout: Duration,
    pub(crate) max_answer_bytes: usize,
    pub(crate) max_concurrent_requests: usize,
    pub(crate) poll: Poll,
    pub(crate) retries: Retries,
    /// How many sendings are saved up; and of how many requests one is sent again.
    pub(crate) retry_budget: (u32, u32),
}

/// How often a job is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Poll {
    /// The first pause.
    first: Duration,
    /// The longest one.
    longest: Duration,
}

/// The shortest pause between two questions, whatever is set: a client must not storm the server.
const SHORTEST_POLL: Duration = Duration::from_millis(1);

/// The longest one, whatever is set: no clock counts to the end of the longest duration.
pub(crate) const LONGEST_POLL: Duration = Duration::from_secs(24 * 60 * 60);

impl Poll {
    pub(crate) fn new(first: Duration, longest: Duration) -> Self {
        let first = first.clamp(SHORTEST_POLL, LONGEST_POLL);
        Self { first, longest: longest.clamp(first, LONGEST_POLL) }
    }

    /// The pauses, each twice as long as the one before, up to the longest.
    pub(crate) fn pauses(self) -> impl Iterator<Item = Duration> {
        std::iter::successors(Some(self.first), move |pause| Some(pause.saturating_mul(2).min(self.longest)))
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            timeout: DEFAULT_TIMEOUT,
            max_answer_bytes: DEFAULT_MAX_ANSWER_BYTES,
            max_concurrent_requests: DEFAULT_MAX_CONCURRENT_REQUESTS,
            poll: Poll::new(DEFAULT_FIRST_POLL, DEFAULT_LONGEST_POLL),
            retries: Retries::default(),
            retry_budget: DEFAULT_BUDGET,
        }
    }
}

/// What is different for one call. What is not set is as the client has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CallOptions {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_answer_bytes: Option<usize>,
    pub(crate) poll: Option<Poll>,
    pub(crate) retries: Option<Retries>,
}

impl CallOptions {
    /// Nothing different.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how long the whole call may take: fetching credentials, connecting, and all until the last byte received. For a
    /// job that is the time until its result is there, all questions for it included.
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

    /// Sets how long to wait before a job is asked for: at first, and at most. Each pause is twice as long as the one
    /// before; none is shorter than a millisecond or longer than a day.
    #[must_use]
    pub fn poll_interval(mut self, first: Duration, longest: Duration) -> Self {
        self.poll = Some(Poll::new(first, longest));
        self
    }

    /// Sets how often requests are sent again where that can't do anything twice.
    #[must_use]
    pub fn retries(mut self, retries: Retries) -> Self {
        self.retries = Some(retries);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_until_the_longest() {
        let milliseconds = |poll: Poll| -> Vec<u128> { poll.pauses().take(7).map(|pause| pause.as_millis()).collect() };
        assert_eq!(milliseconds(Limits::default().poll), [200, 400, 800, 1600, 3200, 5000, 5000]);
        assert_eq!(milliseconds(Poll::new(Duration::ZERO, Duration::ZERO)), [1; 7]);
        assert_eq!(milliseconds(Poll::new(Duration::MAX, Duration::MAX)), [24 * 60 * 60 * 1000; 7]);
    }
}
