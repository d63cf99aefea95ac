//! The simulator's clock, which tests can put forward instead of sleeping.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

/// Tells the time in milliseconds since 1970, so that times in the state outlive the process that wrote them. Between
/// two readings it follows tokio's time (which a paused runtime holds still), and what [`Clock::advance`] adds.
#[derive(Debug)]
pub(crate) struct Clock {
    started: Instant,
    started_at: u64,
    ahead: AtomicU64,
}

impl Clock {
    /// A clock that shows the machine's time, or this one (in milliseconds since 1970) if it is later: an earlier process
    /// may have put its clock forward.
    pub(crate) fn not_before(time: u64) -> Self {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let started_at = milliseconds(since_1970).max(time);
        Self { started: Instant::now(), started_at, ahead: AtomicU64::new(0) }
    }

    /// Now, in milliseconds since 1970.
    pub(crate) fn now(&self) -> u64 {
        self.started_at
            .saturating_add(milliseconds(self.started.elapsed()))
            .saturating_add(self.ahead.load(Ordering::SeqCst))
    }

    /// Puts the clock forward.
    pub(crate) fn advance(&self, by: Duration) {
        self.ahead.fetch_add(milliseconds(by), Ordering::SeqCst);
    }
}

/// The whole milliseconds of a duration.
pub(crate) fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
