//! How many calls came to what.

use std::collections::BTreeMap;

use serde::Serialize;
use simulator::Operation;

use crate::caller::{Account, Later};
use crate::judge::{Told, Truth, Verdict, judge};
use crate::plan::Call;

/// The calls of one operation, or of all. Each is in one of the counts from `once` to `wrong`, but that one that was both
/// executed twice and wrongly reported is in both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// All calls.
    pub calls: u64,
    /// Executed exactly once, and so reported. Of a read: answered, with the right answer.
    pub once: u64,
    /// Failed, as the server said.
    pub failed: u64,
    /// Not executed, and so reported: not sent, or refused.
    pub not_executed: u64,
    /// Unknown, and so reported.
    pub unknown: u64,
    /// Given up by the caller, who was told nothing.
    pub given_up: u64,
    /// Executed twice, or more often.
    pub twice: u64,
    /// Wrongly reported.
    pub wrong: u64,
    /// Of those that are unknown: executed.
    pub unknown_executed: u64,
    /// Of those that are unknown: settled by asking for the job after the run.
    pub unknown_settled: u64,
    /// Of those that were settled later: reported while there was time left in which the job could have been asked for.
    pub unknown_early: u64,
    /// Of those that were given up: executed.
    pub given_up_executed: u64,
}

/// One call, and all that is known of it.
#[derive(Debug)]
pub struct Fate<'a> {
    /// The call.
    pub call: &'a Call,
    /// What its caller was told.
    pub account: &'a Account,
    /// How often it was executed.
    pub executions: u64,
    /// What was found by asking for its job after the run, if that was done.
    pub later: Option<Later>,
}

/// All counts of a run.
#[derive(Debug, Clone, Default)]
pub struct Tallies {
    /// Of each operation.
    pub operations: BTreeMap<Operation, Tally>,
    /// The kinds of the errors of [`Tally::unknown_early`], with their numbers.
    pub early: BTreeMap<String, u64>,
    /// A few of the calls that something is wrong with, in words.
    pub examples: Vec<String>,
}

/// How many wrong calls are told in words.
const EXAMPLES: usize = 10;

/// How many characters of an error are told.
const LONGEST: usize = 200;

/// How much time must be left for another question: more than the longest pause between two.
const ENOUGH: std::time::Duration = std::time::Duration::from_millis(250);

impl Tallies {
    /// Judges a call, and counts it.
    pub fn add(&mut self, fate: &Fate<'_>) {
        let Fate { call, account, executions, later } = fate;
        let truth = truth(call, *executions);
        let verdict = judge(account.told, truth);
        // What is found later must be so as well.
        let later_is_right = match later {
            Some(Later::Ended(told)) => judge(*told, truth).is_right(),
            _ => true,
        };
        let verdict = Verdict { wrong: verdict.wrong || !later_is_right, ..verdict };
        if !verdict.is_right() && self.examples.len() < EXAMPLES {
            self.examples.push(example(fate));
        }
        let is_settled = matches!(later, Some(Later::Ended(_)));
        let is_early = is_settled && account.left > ENOUGH;
        if is_early {
            let kind = account.kind.map_or_else(|| "no error".to_owned(), |kind| format!("{kind:?}"));
            *self.early.entry(kind).or_default() += 1;
        }
        let tally = self.operations.entry(call.operation).or_default();
        tally.calls += 1;
        tally.twice += u64::from(verdict.twice);
        tally.wrong += u64::from(verdict.wrong);
        if !verdict.is_right() {
            return;
        }
        let executed = *executions;
        match account.told {
            Told::Done | Told::DoneWrongly => tally.once += 1,
            Told::Failed => tally.failed += 1,
            Told::NotSent | Told::Refused => tally.not_executed += 1,
            Told::Unknown => {
                tally.unknown += 1;
                tally.unknown_executed += executed;
                tally.unknown_settled += u64::from(is_settled);
                tally.unknown_early += u64::from(is_early);
            }
            Told::Nothing => {
                tally.given_up += 1;
                tally.given_up_executed += executed;
            }
        }
    }

    /// The counts of all operations together.
    #[must_use]
    pub fn total(&self) -> Tally {
        let sum = |count: fn(&Tally) -> u64| self.operations.values().map(count).sum();
        Tally {
            calls: sum(|tally| tally.calls),
            once: sum(|tally| tally.once),
            failed: sum(|tally| tally.failed),
            not_executed: sum(|tally| tally.not_executed),
            unknown: sum(|tally| tally.unknown),
            given_up: sum(|tally| tally.given_up),
            twice: sum(|tally| tally.twice),
            wrong: sum(|tally| tally.wrong),
            unknown_executed: sum(|tally| tally.unknown_executed),
            unknown_settled: sum(|tally| tally.unknown_settled),
            unknown_early: sum(|tally| tally.unknown_early),
            given_up_executed: sum(|tally| tally.given_up_executed),
        }
    }
}

/// Whether an operation changes anything.
#[must_use]
pub const fn changes(operation: Operation) -> bool {
    operation.is_job() || matches!(operation, Operation::RestoreBackup)
}

fn truth(call: &Call, executions: u64) -> Truth {
    // CBR does not fail what it does not begin: it refuses it.
    let fails = call.in_vain && call.operation != Operation::RestoreBackup;
    Truth { changes: changes(call.operation), executions, fails }
}

fn example(fate: &Fate<'_>) -> String {
    let Fate { call, account, executions, later } = fate;
    // Some errors repeat a good part of an answer.
    let words: String = account.words.iter().flat_map(|words| words.chars().take(LONGEST)).collect();
    let words = if words.is_empty() { words } else { format!(": {words}") };
    let later = later.map(|later| format!("; asked later: {later:?}")).unwrap_or_default();
    let (operation, resource) = (call.operation.name(), &call.resource);
    format!("{operation} of {resource}: executed {executions}, told {:?}{words}{later}", account.told)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::plan::{self, Manner};

    fn call(operation: Operation, in_vain: bool) -> Call {
        Call { operation, resource: "a".to_owned(), manner: Manner::Sent, limit: plan::LONG, in_vain }
    }

    fn tally(told: Told, executions: u64, later: Option<Later>, left: Duration) -> Tallies {
        let mut tallies = Tallies::default();
        let account = Account { left, ..Account::of(told) };
        let call = call(Operation::RecoverDataVolume, false);
        tallies.add(&Fate { call: &call, account: &account, executions, later });
        tallies
    }

    #[test]
    fn each_call_is_in_one_count() {
        let counts = |told, executions| {
            let all = tally(told, executions, None, Duration::ZERO).total();
            [all.once, all.failed, all.not_executed, all.unknown, all.given_up, all.twice, all.wrong]
        };
        assert_eq!(counts(Told::Done, 1), [1, 0, 0, 0, 0, 0, 0]);
        assert_eq!(counts(Told::Refused, 0), [0, 0, 1, 0, 0, 0, 0]);
        assert_eq!(counts(Told::Unknown, 1), [0, 0, 0, 1, 0, 0, 0]);
        assert_eq!(counts(Told::Nothing, 0), [0, 0, 0, 0, 1, 0, 0]);
        assert_eq!(counts(Told::Done, 2), [0, 0, 0, 0, 0, 1, 0]);
        assert_eq!(counts(Told::Failed, 1), [0, 0, 0, 0, 0, 0, 1]);
        assert_eq!(counts(Told::NotSent, 2), [0, 0, 0, 0, 0, 1, 1]);
    }

    #[test]
    fn what_is_found_later_must_be_so_as_well() {
        let wrong = |executions| tally(Told::Unknown, executions, Some(Later::Ended(Told::Done)), Duration::ZERO);
        assert_eq!((wrong(1).total().wrong, wrong(1).total().unknown_settled), (0, 1));
        assert_eq!((wrong(0).total().wrong, wrong(0).total().unknown), (1, 0));
    }

    #[test]
    fn a_job_that_was_not_asked_for_although_there_was_time_is_counted_with_its_error() {
        let early = |left| tally(Told::Unknown, 1, Some(Later::Ended(Told::Done)), left);
        assert_eq!(early(Duration::from_millis(100)).total().unknown_early, 0);
        assert_eq!(early(Duration::from_secs(1)).total().unknown_early, 1);
        assert_eq!(early(Duration::from_secs(1)).early.values().sum::<u64>(), 1);
    }

    #[test]
    fn a_restore_of_cbr_that_is_in_vain_is_refused_and_does_not_fail() {
        assert!(!truth(&call(Operation::RestoreBackup, true), 0).fails);
        assert!(truth(&call(Operation::RecoverDataVolume, true), 0).fails);
    }

    #[test]
    fn what_is_wrong_is_told_in_words() {
        let examples = tally(Told::Done, 2, None, Duration::ZERO).examples;
        assert_eq!(examples, ["RecoverDataVolume of a: executed 2, told Done"]);
    }
}
