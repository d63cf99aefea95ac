//! A field of a request or an answer, and the three truths about it.

use super::recorded::Shown;

/// A row of a table.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its anchor on the page.
    pub(crate) anchor: String,
    /// Where it stands in its message, for example `inventory.size`; `[]` stands for the items of a list.
    pub(crate) path: String,
    /// `path`, `query` or `header`; nothing for a field of a body.
    pub(crate) place: Option<&'static str>,
    /// Its type, with the type of a list's items.
    pub(crate) type_: String,
    /// The anchor of the table with the fields of its type.
    pub(crate) type_anchor: Option<String>,
    pub(crate) unit: Option<&'static str>,
    pub(crate) nullable: bool,
    pub(crate) page: Option<PageWords>,
    pub(crate) shown: Shown,
    pub(crate) server: Server,
    /// Indexes of the corrections that touch it.
    pub(crate) corrections: Vec<usize>,
}

/// What a page prints about a field.
#[derive(Debug)]
pub(crate) struct PageWords {
    /// The field's path on the page, where that is another one.
    pub(crate) path: String,
    pub(crate) type_: String,
    pub(crate) required: String,
    pub(crate) says: String,
    /// Keys of deviations.
    pub(crate) deviations: Vec<String>,
}

/// What the server does with a field.
#[derive(Debug)]
pub(crate) enum Server {
    /// It takes the field, or answers with it.
    Has {
        /// Whether a request must have it; nothing for answers.
        required: Option<bool>,
        /// What is said of its values beyond their type.
        limits: Vec<String>,
        description: String,
    },
    /// It does not know what the page prints; a correction says so.
    Not,
}
