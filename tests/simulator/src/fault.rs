//! Faults: answers and delays that do not come from the servers' logic, by operation and by phase of an exchange.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::exchange::Answer;
use crate::operation::Operation;

/// A point in the life of an exchange at which a fault can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Phase {
    /// The head of the request has arrived; its body is not read yet.
    BeforeReading,
    /// The whole request was read; nothing is carried out yet.
    BeforeExecuting,
    /// The request was carried out; its answer is ready and not sent yet.
    BeforeAnswering,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Fault {
    /// This answer is sent, and the exchange ends. Before [`Phase::BeforeAnswering`] nothing is carried out.
    Answer {
        /// Status of the answer.
        status: u16,
        /// Its headers.
        headers: Vec<(String, String)>,
        /// Its body.
        body: String,
    },
    /// The exchange stands still for so long, and then goes on.
    Stall(Duration),
}

/// When a fault happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultRule {
    /// The operation whose exchanges it happens to; `None`: any, requests that mean no operation included.
    pub operation: Option<Operation>,
    /// The phase in which it happens.
    pub phase: Phase,
    /// What happens.
    pub fault: Fault,
    /// How often it happens; `None`: always.
    pub times: Option<u32>,
}

/// The rules in force.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<FaultRule>>);

impl Faults {
    /// Adds a rule behind the others.
    pub(crate) fn add(&self, rule: FaultRule) {
        self.rules().push(rule);
    }

    /// Removes all rules.
    pub(crate) fn clear(&self) {
        self.rules().clear();
    }

    /// Passes a phase: carries out the first rule that meets it, if any. An answer ends the exchange.
    pub(crate) async fn pass(&self, phase: Phase, operation: Option<Operation>) -> Option<Answer> {
        match self.next(phase, operation)? {
            Fault::Answer { status, headers, body } => {
                let answer = Answer::plain(status, body);
                Some(headers.into_iter().fold(answer, |answer, (name, value)| answer.with_header(&name, value)))
            }
            Fault::Stall(duration) => {
                tokio::time::sleep(duration).await;
                None
            }
        }
    }

    fn next(&self, phase: Phase, operation: Option<Operation>) -> Option<Fault> {
        let mut rules = self.rules();
        let rule = rules.iter_mut().find(|rule| {
            rule.phase == phase
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
