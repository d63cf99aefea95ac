//! When a request is sent again: where that can't do anything twice.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use reqwest::{
    StatusCode,
    header::{HeaderMap, RETRY_AFTER},
};

/// How often requests are sent again, and after which pauses.
///
/// Sent again is what can't do anything twice: a read whose answer was lost, or is one that says nothing of the operation
/// (408, 429, and all from 500 to 599 but a 503 with ZStack's error); and any request that no connection could be made for. A
/// restore that may have reached the server is never among them.
///
/// Each pause is chosen at random up to twice the one before, so that many clients do not come back at once; a server's
/// `Retry-After` in seconds makes it longer. A call's time limit holds for all of it. All calls of a client share a
/// budget: of many that fail, one in ten is sent again, so that a server in trouble is not stormed
/// ([`ClientBuilder::retry_budget`](crate::ClientBuilder::retry_budget)).
///
/// ```
/// # fn run() -> Result<(), Box<dyn std::error::Error>> {
/// use generated_client::{Retries, zstack};
///
/// let session = zstack::Session::new("5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c")?;
/// let zstack = zstack::Client::builder("http://127.0.0.1:8080", session).retries(Retries::none()).build()?;
/// # Ok(())
/// # }
/// # run().unwrap();
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retries {
    times: u32,
    first: Duration,
    longest: Duration,
    unknown_jobs: bool,
}

impl Retries {
    /// Nothing is sent again.
    #[must_use]
    pub fn none() -> Self {
        Self { times: 0, ..Self::default() }
    }

    /// Sends a request again so many times at most.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Sets the pauses: the first lasts at most so long, and none longer than `longest` (unless the server asks for it).
    #[must_use]
    pub fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        (self.first, self.longest) = (first, longest.max(first));
        self
    }

    /// Sends the request of a job again as well, under the same name, when its answer was lost and the server, asked twice,
    /// does not know the job. As many times as other requests are ([`times`](Self::times)). Not done unless it is set: the call
    /// ends as [`Outcome::Unknown`](crate::Outcome::Unknown) otherwise.
    ///
    /// A server that knows the job refuses the second request (`Duplicate job uuid`), which is how the name keeps it from
    /// being carried out twice. So it is sent again only while the server can't have forgotten a job that it once had:
    /// never after it has said that it has the job, and within 30 minutes of the first request, by two clocks (the server
    /// keeps jobs for about three hours after their end).
    ///
    /// **Not safe across a restart of the server.** There is no evidence that it still knows its jobs afterwards. If it
    /// carries out the first request, restarts and has forgotten it, the second one is carried out as well, and a disk is
    /// overwritten twice.
    #[must_use]
    pub fn unknown_jobs(mut self, wanted: bool) -> Self {
        self.unknown_jobs = wanted;
        self
    }

    /// How long each pause may be before a job's request is sent again.
    pub(crate) fn pauses_of_unknown_jobs(self) -> impl Iterator<Item = Duration> {
        self.limits().filter(move |_| self.unknown_jobs)
    }

    /// How long each pause may be.
    pub(crate) fn limits(self) -> impl Iterator<Item = Duration> {
        let limits =
            std::iter::successors(Some(self.first), move |limit| Some(limit.saturating_mul(2).min(self.longest)));
        let times = usize::try_from(self.times).unwrap_or(usize::MAX);
        limits.take(times)
    }
}

impl Default for Retries {
    /// Three times, after pauses of at most 200 milliseconds at first and 5 seconds at last.
    fn default() -> Self {
        Self { times: 3, first: Duration::from_millis(200), longest: Duration::from_secs(5), unknown_jobs: false }
    }
}

/// A pause at random, from half of its limit to the whole.
pub(crate) fn pause(limit: Duration) -> Duration {
    let mut byte = [u8::MAX];
    // Without random numbers it has its full length, which does no harm.
    let _ = getrandom::fill(&mut byte);
    limit / 2 + limit / 510 * u32::from(byte[0])
}

/// Whether an answer with this status may be another one a moment later.
pub(crate) fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500..=599)
}

/// How long the server wants to be left alone, if it says so in seconds. A date is not read: the two clocks may differ.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

/// What a client may still send again: a share of what it sends, and a few to begin with.
pub(crate) struct Budget {
    saved: AtomicU32,
    /// What one more sending costs, in the money of which a sent request brings 1.
    price: u32,
    most: u32,
}

/// How many sendings can be saved up, unless it is set; and of how many requests one is sent again.
pub(crate) const DEFAULT_BUDGET: (u32, u32) = (10, 10);

impl Budget {
    /// Enough for so many sendings, which is also the most that is saved up; of so many requests, one brings another.
    pub(crate) fn full((sendings, requests): (u32, u32)) -> Self {
        let price = requests.max(1);
        let most = sendings.saturating_mul(price);
        Self { saved: AtomicU32::new(most), price, most }
    }

    /// A request is sent that was not sent before.
    pub(crate) fn earn(&self) {
        self.change(|saved| Some(saved.saturating_add(1).min(self.most)));
    }

    /// Whether one more sending can be paid; then it is.
    pub(crate) fn pay(&self) -> bool {
        self.change(|saved| saved.checked_sub(self.price))
    }

    fn change(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.saved.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_lie_between_half_of_their_limit_and_the_whole() {
        let retries = Retries::default().times(6).pauses(Duration::from_millis(100), Duration::from_millis(400));
        for _ in 0..100 {
            let pauses: Vec<u128> = retries.limits().map(|limit| pause(limit).as_millis()).collect();
            assert_eq!(pauses.len(), 6);
            for (pause, limit) in pauses.into_iter().zip([100, 200, 400, 400, 400, 400]) {
                assert!((limit / 2..=limit).contains(&pause), "{pause} of {limit}");
            }
        }
    }

    #[test]
    fn the_budget_is_ten_to_begin_with_and_a_tenth_of_what_is_sent() {
        let budget = Budget::full(DEFAULT_BUDGET);
        budget.earn();
        assert_eq!((0..20).filter(|_| budget.pay()).count(), 10);
        (0..25).for_each(|_| budget.earn());
        assert_eq!((0..20).filter(|_| budget.pay()).count(), 2);
    }

    #[test]
    fn the_budget_can_be_set_and_nothing_is_nothing() {
        let budget = Budget::full((3, 2));
        assert_eq!((0..20).filter(|_| budget.pay()).count(), 3);
        (0..5).for_each(|_| budget.earn());
        assert_eq!((0..20).filter(|_| budget.pay()).count(), 2);
        let nothing = Budget::full((0, 10));
        (0..100).for_each(|_| nothing.earn());
        assert!(!nothing.pay());
    }

    #[test]
    fn only_seconds_are_read_from_retry_after() {
        let after = |text: &'static str| retry_after(&HeaderMap::from_iter([(RETRY_AFTER, text.parse().unwrap())]));
        assert_eq!(after("7"), Some(Duration::from_secs(7)));
        assert_eq!(after("-1"), None);
        assert_eq!(after("Sat, 21 Nov 2026 17:00:00 GMT"), None);
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
