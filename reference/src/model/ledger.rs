//! The ledger: what a page prints, row by row.

use serde::Deserialize;

/// All rows of one page.
#[derive(Debug, Deserialize)]
pub(crate) struct Ledger {
    pub(crate) page: String,
    pub(crate) title: String,
    pub(crate) operation: String,
    pub(crate) operation_facts: Vec<OperationFact>,
    pub(crate) fields: Vec<FieldFact>,
}

/// What a page says about its operation as a whole.
#[derive(Debug, Deserialize)]
pub(crate) struct OperationFact {
    pub(crate) fact: String,
    pub(crate) says: String,
    #[serde(default)]
    pub(crate) deviations: Vec<String>,
}

/// A row of a page's tables.
#[derive(Debug, Deserialize)]
pub(crate) struct FieldFact {
    pub(crate) path: String,
    #[serde(rename = "in")]
    pub(crate) place_in_message: String,
    #[serde(rename = "type")]
    pub(crate) type_: String,
    pub(crate) required: String,
    pub(crate) says: String,
    pub(crate) place: String,
    #[serde(default)]
    pub(crate) deviations: Vec<String>,
}

impl Ledger {
    /// What the page says under this name; empty if it says nothing.
    pub(crate) fn says(&self, fact: &str) -> &str {
        self.operation_facts.iter().find(|row| row.fact == fact).map_or("", |row| &row.says)
    }
}
