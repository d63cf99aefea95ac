//! Faults by rule.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::{Fault, Phase};
use crate::operation::Operation;

/// When a fault happens, and how often.
///
/// ```
/// use simulator::{Fault, FaultRule, Operation, Phase};
///
/// // The next volume is recovered, and its client is not told.
/// let lost = FaultRule::once(Operation::RecoverDataVolume, Phase::BeforeAnswering, Fault::Reset);
/// // The next three questions find that the server has forgotten their job.
/// let forgotten = FaultRule::once(Operation::QueryJob, Phase::BeforeExecuting, Fault::PurgeJob).times(3);
/// // No request is read, whatever it would mean.
/// let deaf = FaultRule::always(None, Phase::BeforeReading, Fault::Close);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FaultRule {
    /// The operation whose exchanges it happens to; `None`: any, requests that mean no operation included.
    pub operation: Option<Operation>,
    /// The phase in which it happens.
    pub phase: Phase,
    /// What happens. If it does not fit the phase, the rule is never met.
    pub fault: Fault,
    /// How often it happens; `None`: always.
    pub times: Option<u32>,
}

impl FaultRule {
    /// The fault happens to the next exchange of this operation, and then no more. `None` stands for any operation. In
    /// [`Phase::Connecting`], where the operation is not known, the rule is for any, whatever is said here.
    #[must_use]
    pub fn once(operation: impl Into<Option<Operation>>, phase: Phase, fault: Fault) -> Self {
        Self::always(operation, phase, fault).times(1)
    }

    /// The fault happens to every exchange of this operation; the rest as in [`FaultRule::once`].
    #[must_use]
    pub fn always(operation: impl Into<Option<Operation>>, phase: Phase, fault: Fault) -> Self {
        let operation = operation.into().filter(|_| phase != Phase::Connecting);
        Self { operation, phase, fault, times: None }
    }

    /// The same rule, but the fault happens so often.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }
}

/// The rules in force.
#[derive(Debug, Default)]
pub(crate) struct Rules(Mutex<Vec<FaultRule>>);

impl Rules {
    /// Adds a rule behind the others.
    pub(crate) fn add(&self, rule: FaultRule) {
        self.rules().push(rule);
    }

    /// Removes all rules.
    pub(crate) fn clear(&self) {
        self.rules().clear();
    }

    /// The fault of the first rule that meets an exchange in this phase, which has then happened once more.
    pub(crate) fn next(&self, phase: Phase, operation: Option<Operation>) -> Option<Fault> {
        let mut rules = self.rules();
        let rule = rules.iter_mut().find(|rule| {
            rule.phase == phase
                && rule.fault.fits(phase)
                && (rule.operation.is_none() || rule.operation == operation)
                && rule.times.is_none_or(|times| times > 0)
        })?;
        rule.times = rule.times.map(|times| times - 1);
        Some(rule.fault.clone())
    }

    fn rules(&self) -> MutexGuard<'_, Vec<FaultRule>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_happens_as_often_as_its_rule_says() {
        let once = FaultRule::once(None, Phase::InBody, Fault::Close);
        let always = FaultRule::always(None, Phase::InBody, Fault::Close);
        for (rule, times) in [(once.clone(), 1), (once.times(3), 3), (always, 9)] {
            let rules = Rules::default();
            rules.add(rule);
            assert_eq!((0..9).filter(|_| rules.next(Phase::InBody, None).is_some()).count(), times);
        }
    }

    #[test]
    fn a_rule_for_connections_is_for_any_operation() {
        let rule = FaultRule::once(Operation::RestoreBackup, Phase::Connecting, Fault::Reset);
        assert_eq!(rule.operation, None);
    }
}
