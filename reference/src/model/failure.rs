//! Answers that are failures, what each means, and what to do.

use serde::Deserialize;

use super::knowledge::Evidence;

/// An answer that is a failure.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Failure {
    /// The operations that give it.
    pub(crate) operations: Vec<String>,
    pub(crate) status: u16,
    /// The server's own code, or what the body looks like where there is none.
    pub(crate) code: String,
    pub(crate) meaning: String,
    /// A key of the outcomes in `words.yaml`.
    pub(crate) outcome: String,
    /// What to do.
    #[serde(rename = "do")]
    pub(crate) do_: String,
    /// A body of this kind.
    pub(crate) body: String,
    /// Whether the operation shows it as its example of a failure.
    #[serde(default)]
    pub(crate) example: bool,
    pub(crate) evidence: Evidence,
}
