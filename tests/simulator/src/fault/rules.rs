//! Faults by rule.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::{Fault, Phase};
use crate::operation::Operation;

/// When a fault happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
