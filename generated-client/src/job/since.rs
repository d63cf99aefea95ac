//! How long ago something was, if that can be said for certain.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;

/// A point in time by two clocks: one stands still while the machine sleeps, the other can be set.
pub(super) struct Since {
    clock: Instant,
    wall: SystemTime,
}

impl Since {
    pub(super) fn now() -> Self {
        Self { clock: Instant::now(), wall: SystemTime::now() }
    }

    /// So long after it, by the first clock.
    pub(super) fn plus(&self, limit: Duration) -> Instant {
        self.clock + limit
    }

    /// Whether it is no longer ago than the limit, by both clocks.
    pub(super) fn is_within(&self, limit: Duration) -> bool {
        self.clock.elapsed() <= limit && self.wall.elapsed().is_ok_and(|elapsed| elapsed <= limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(60);

    #[tokio::test(start_paused = true)]
    async fn it_is_too_long_ago_when_either_clock_says_so() {
        assert!(Since::now().is_within(LIMIT));
        let slept = Since { wall: SystemTime::now() - 2 * LIMIT, ..Since::now() };
        assert!(!slept.is_within(LIMIT));
        let waited = Since::now();
        tokio::time::advance(2 * LIMIT).await;
        assert!(!waited.is_within(LIMIT));
    }

    #[test]
    fn a_clock_that_was_put_back_says_nothing() {
        let put_back = Since { wall: SystemTime::now() + LIMIT, ..Since::now() };
        assert!(!put_back.is_within(LIMIT));
    }
}
