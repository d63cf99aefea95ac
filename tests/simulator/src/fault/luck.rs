//! What one exchange meets.

use super::{Fault, Mishap, Phase, Rules};
use crate::operation::Operation;

/// What one exchange meets: the rules as they are when it comes to a phase, and what was drawn for it at its start.
pub(crate) struct Luck<'a> {
    rules: &'a Rules,
    operation: Option<Operation>,
    drawn: Option<Mishap>,
    met: Vec<Mishap>,
}

impl<'a> Luck<'a> {
    pub(crate) fn new(rules: &'a Rules, operation: Option<Operation>, drawn: Option<Mishap>) -> Self {
        Self { rules, operation, drawn, met: Vec::new() }
    }

    /// The fault of a phase, which then happens. A rule goes before what was drawn.
    pub(crate) fn next(&mut self, phase: Phase) -> Option<Fault> {
        let by_rate = || self.drawn.as_ref().filter(|mishap| mishap.phase == phase).map(|mishap| mishap.fault.clone());
        let fault = self.rules.next(phase, self.operation).or_else(by_rate)?;
        self.met.push(Mishap { phase, fault: fault.clone() });
        Some(fault)
    }

    /// The fault of the first of these phases that has one.
    pub(crate) fn first(&mut self, phases: &[Phase]) -> Option<(Phase, Fault)> {
        phases.iter().find_map(|phase| Some((*phase, self.next(*phase)?)))
    }

    /// What has happened.
    pub(crate) fn into_met(self) -> Vec<Mishap> {
        self.met
    }
}
