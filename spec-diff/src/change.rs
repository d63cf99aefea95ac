//! One change, and what it means.

use serde::Serialize;

use crate::kind::Kind;
use crate::place::Place;

/// What a change means for callers that were written for the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Some of them fail now, or do something else.
    Breaking,
    /// All of them work as before.
    Compatible,
    /// Only what people read has changed.
    Words,
}

impl Verdict {
    /// All verdicts, gravest first.
    pub const ALL: [Verdict; 3] = [Verdict::Breaking, Verdict::Compatible, Verdict::Words];

    /// Its name, as in the report: `breaking`.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Breaking => "breaking",
            Verdict::Compatible => "compatible",
            Verdict::Words => "words",
        }
    }
}

/// One change between two states of a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Change {
    /// What it means for callers.
    pub verdict: Verdict,
    /// What kind of change it is.
    pub kind: Kind,
    /// Where it is.
    pub place: Place,
    /// The same for people: one or two sentences about callers.
    pub sentence: String,
}
