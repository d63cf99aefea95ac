//! What a run has found, written down.

mod json;
mod numbers;
mod text;

use crate::{reads, run};

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// What was done, and what was found.
#[derive(Debug, Clone)]
pub enum Report {
    /// A torture.
    Torture(run::Torture, run::Findings),
    /// Many reads at once.
    Reads(reads::Findings),
}

impl Report {
    /// The report as a text that ends with a line break.
    #[must_use]
    pub fn write(&self, format: Format) -> String {
        match (self, format) {
            (Self::Torture(torture, findings), Format::Text) => text::torture(torture, findings),
            (Self::Torture(torture, findings), Format::Json) => json::torture(torture, findings),
            (Self::Reads(findings), Format::Text) => text::reads(findings),
            (Self::Reads(findings), Format::Json) => json::reads(findings),
        }
    }

    /// Whether everything is as it must be: nothing executed twice, nothing wrongly reported; of reads, that each was
    /// answered.
    #[must_use]
    pub fn is_well(&self) -> bool {
        match self {
            Self::Torture(_, findings) => {
                let total = findings.tallies.total();
                total.twice == 0 && total.wrong == 0
            }
            Self::Reads(findings) => findings.answered == findings.reads,
        }
    }
}
