//! What a change does to the values that are allowed, and what that means on either side.

use crate::change::Verdict;
use crate::place::Side;

/// What became of the set of values that are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shift {
    /// Some are no longer allowed.
    Narrower,
    /// Some are allowed that were not.
    Wider,
}

impl Shift {
    /// Narrower if something appeared that restricts, wider if it disappeared.
    pub(crate) fn narrower_if(narrower: bool) -> Shift {
        if narrower { Shift::Narrower } else { Shift::Wider }
    }

    /// Callers that send are hurt by less room, callers that read by more.
    pub(crate) fn verdict(self, side: Side) -> Verdict {
        match (side, self) {
            (Side::Response, Shift::Wider) | (Side::Request, Shift::Narrower) => Verdict::Breaking,
            _ => Verdict::Compatible,
        }
    }

    /// What that means, where `values` are those that were lost or gained: "texts longer than 5".
    pub(crate) fn sentence(self, side: Side, values: &str) -> String {
        match (side, self) {
            (Side::Response, Shift::Narrower) => format!("Callers no longer get {values}."),
            (Side::Response, Shift::Wider) => format!("Callers must be ready for {values} now."),
            (_, Shift::Narrower) => format!("Callers that send {values} are refused now."),
            (_, Shift::Wider) => format!("Callers may send {values} now."),
        }
    }
}
