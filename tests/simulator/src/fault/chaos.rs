//! Faults by rate, drawn from a seed.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Fault, Garbled, Mishap, Phase};
use crate::mix::{mix, mix_text};
use crate::operation::Operation;

/// How long stalls take unless said otherwise.
const STALL: Duration = Duration::from_millis(500);

/// Faults that happen by rate. Each exchange draws at most one. What it draws depends on the seed, on its operation, on
/// its subject, and on how many exchanges of the operation the subject has had: not on when it comes, nor on what else
/// goes on.
///
/// The subject is what the operation is about, by an id that is the same in every run:
/// - of the PUTs and of a CBR restore the resource of the path, of a listing its query;
/// - of a query for a job the resource of the job, if a request that named the job has arrived, else the job's uuid;
/// - of a connection nothing: those are counted for themselves. In which order connections are made is the client's
///   affair, so the default table has no faults in [`Phase::Connecting`].
///
/// The counts begin anew with the process.
#[derive(Debug, Clone, PartialEq)]
pub struct Chaos {
    seed: u64,
    rate: f64,
    rates: BTreeMap<Operation, f64>,
    table: Vec<(u32, Mishap)>,
}

impl Chaos {
    /// Faults that meet this share of all exchanges (0.0 none, 1.0 each), from the catalogue but for those in
    /// [`Phase::Connecting`], with stalls of half a second. Bodies that are long or have no end are a quarter as
    /// frequent as the others.
    #[must_use]
    pub fn new(seed: u64, rate: f64) -> Self {
        Self { seed, rate, rates: BTreeMap::new(), table: Vec::new() }.stall(STALL)
    }

    /// The table of [`Chaos::new`], with stalls of this length.
    #[must_use]
    pub fn stall(mut self, stall: Duration) -> Self {
        let endless = |mishap: &Mishap| matches!(mishap.fault, Fault::Body(Garbled::Long(_) | Garbled::Endless));
        let all = Mishap::all(stall).into_iter().filter(|mishap| mishap.phase != Phase::Connecting);
        self.table = all.map(|mishap| (if endless(&mishap) { 1 } else { 4 }, mishap)).collect();
        self
    }

    /// Draws from this table of weights and faults instead. Faults that make no difference to an operation, and those
    /// that do not fit their phase, are not drawn.
    #[must_use]
    pub fn table(mut self, table: impl IntoIterator<Item = (u32, Mishap)>) -> Self {
        self.table = table.into_iter().collect();
        self
    }

    /// Leaves out of the table what this does not hold for, for example `|mishap| mishap.phase == Phase::InBody`.
    #[must_use]
    pub fn only(mut self, keep: impl Fn(&Mishap) -> bool) -> Self {
        self.table.retain(|(_, mishap)| keep(mishap));
        self
    }

    /// The share of the exchanges of one operation that faults meet.
    #[must_use]
    pub fn rate_of(mut self, operation: Operation, rate: f64) -> Self {
        self.rates.insert(operation, rate);
        self
    }

    /// The seed.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// What the `nth` exchange (from 0) of an operation with this subject meets. It is always the same.
    #[must_use]
    pub fn draw(&self, operation: Operation, subject: &str, nth: u64) -> Option<&Mishap> {
        let rate = self.rates.get(&operation).copied().unwrap_or(self.rate);
        let fits = |mishap: &Mishap| mishap.phase != Phase::Connecting && mishap.concerns(operation);
        self.pick(operation.name(), subject, nth, rate, fits)
    }

    /// What the `nth` connection (from 0) meets.
    #[must_use]
    pub fn draw_for_connection(&self, nth: u64) -> Option<&Mishap> {
        self.pick("", "", nth, self.rate, |mishap| mishap.phase == Phase::Connecting)
    }

    fn pick(&self, kind: &str, subject: &str, nth: u64, rate: f64, fits: impl Fn(&Mishap) -> bool) -> Option<&Mishap> {
        let number = mix(mix_text(mix_text(mix(self.seed), kind), subject) ^ mix(nth));
        if share(number) >= rate {
            return None;
        }
        let candidates = || self.table.iter().filter(|(_, mishap)| mishap.fault.fits(mishap.phase) && fits(mishap));
        let total: u64 = candidates().map(|(weight, _)| u64::from(*weight)).sum();
        let mut ticket = mix(number).checked_rem(total)?;
        candidates().find_map(|(weight, mishap)| match ticket.checked_sub(u64::from(*weight)) {
            Some(rest) => {
                ticket = rest;
                None
            }
            None => Some(mishap),
        })
    }
}

/// A number from 0.0 to below 1.0.
fn share(number: u64) -> f64 {
    // 53 bits are what a double holds to the last one.
    let parts = number >> 11;
    parts as f64 / (1_u64 << 53) as f64
}

/// The chaos in force, and what it has counted.
#[derive(Debug, Default)]
pub(crate) struct Lottery(Mutex<Drawn>);

#[derive(Debug, Default)]
struct Drawn {
    chaos: Option<Chaos>,
    exchanges: HashMap<(Operation, String), u64>,
    connections: u64,
    /// The resources of the jobs that requests have named.
    jobs: HashMap<String, String>,
}

impl Lottery {
    /// Sets what is drawn from. The counts begin anew.
    pub(crate) fn set(&self, chaos: Option<Chaos>) {
        let jobs = std::mem::take(&mut self.lock().jobs);
        *self.lock() = Drawn { chaos, jobs, ..Drawn::default() };
    }

    /// Keeps which resource a job is about.
    pub(crate) fn name_job(&self, uuid: &str, resource: &str) {
        self.lock().jobs.insert(uuid.to_owned(), resource.to_owned());
    }

    /// Draws for an exchange. The subject of a query is the job's uuid; its resource is looked up here.
    pub(crate) fn draw(&self, operation: Operation, subject: &str) -> Option<Mishap> {
        let mut drawn = self.lock();
        let drawn = &mut *drawn;
        let chaos = drawn.chaos.as_ref()?;
        let subject = match operation {
            Operation::QueryJob => drawn.jobs.get(subject).map_or(subject, String::as_str),
            _ => subject,
        };
        let nth = drawn.exchanges.entry((operation, subject.to_owned())).or_default();
        *nth += 1;
        chaos.draw(operation, subject, *nth - 1).cloned()
    }

    /// Draws for a connection.
    pub(crate) fn draw_for_connection(&self) -> Option<Mishap> {
        let mut drawn = self.lock();
        drawn.connections += 1;
        drawn.chaos.as_ref()?.draw_for_connection(drawn.connections - 1).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, Drawn> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(chaos: &Chaos) -> Vec<Option<String>> {
        let draw = |nth| chaos.draw(Operation::RecoverDataVolume, "a", nth).map(Mishap::name);
        (0..200).map(draw).collect()
    }

    #[test]
    fn the_same_seed_draws_the_same_and_another_seed_something_else() {
        assert_eq!(names(&Chaos::new(1, 0.5)), names(&Chaos::new(1, 0.5)));
        assert_ne!(names(&Chaos::new(1, 0.5)), names(&Chaos::new(2, 0.5)));
    }

    #[test]
    fn the_rate_is_the_share_of_exchanges_that_meet_a_fault() {
        for (rate, from, to) in [(0.0, 0, 0), (0.1, 10, 35), (0.5, 80, 120), (1.0, 200, 200)] {
            let met = names(&Chaos::new(3, rate)).iter().flatten().count();
            assert!((from..=to).contains(&met), "{rate}: {met}");
        }
        let chaos = Chaos::new(3, 1.0).rate_of(Operation::RecoverDataVolume, 0.0);
        assert_eq!(names(&chaos).iter().flatten().count(), 0);
        assert!(chaos.draw(Operation::RestoreBackup, "a", 0).is_some());
    }

    #[test]
    fn every_fault_of_the_table_is_drawn_at_some_time_and_no_other() {
        let chaos = Chaos::new(5, 1.0).only(|mishap| mishap.phase == Phase::InBody);
        let drawn: std::collections::BTreeSet<_> = names(&chaos).into_iter().flatten().collect();
        assert_eq!(drawn.into_iter().collect::<Vec<_>>(), ["close-in-body", "reset-in-body", "stall-in-body"]);
    }

    #[test]
    fn a_query_counts_for_the_resource_of_its_job() {
        let drawn = |uuid: &str| {
            let lottery = Lottery::default();
            lottery.set(Some(Chaos::new(1, 0.5)));
            lottery.name_job(uuid, "volume");
            (0..50).map(|_| lottery.draw(Operation::QueryJob, uuid)).collect::<Vec<_>>()
        };
        assert_eq!(drawn("a"), drawn("b"));
    }
}
