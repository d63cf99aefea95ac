//! What the page is made from: the contents of files, with their names for error messages.

use std::collections::BTreeMap;

/// The contents of a file, and its path for error messages, as seen from the workspace.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The file's path, as seen from the workspace.
    pub file: String,
    /// What is in it.
    pub text: String,
}

/// What the page of an operation shows, to the letter.
#[derive(Debug, Clone, Default)]
pub struct Example {
    /// The request as the page prints it.
    pub request: Source,
    /// The body of the response as the page prints it, if it shows one.
    pub response: Option<Source>,
}

/// How to call an operation, in code that runs as it stands.
#[derive(Debug, Clone, Default)]
pub struct Snippet {
    /// Commands for `sh`, with curl.
    pub curl: Source,
    /// What those commands print.
    pub prints: Source,
    /// A Rust program, if the client has the operation.
    pub rust: Option<Source>,
}

/// Everything that the page is made from.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// `spec/openapi.yaml`: what the pages say.
    pub document: Source,
    /// `spec/openapi.as-served.yaml`: what the servers do.
    pub served: Source,
    /// `spec/as-served.overlay.yaml`: the corrections, with their evidence.
    pub overlay: Source,
    /// `spec/ledger/<OperationId>.yaml`: the pages row by row.
    pub ledgers: Vec<Source>,
    /// `spec/ledger/deviations.yaml`: why the document does not say what a page prints.
    pub deviations: Source,
    /// `spec/examples/<OperationId>/`, by operation id.
    pub examples: BTreeMap<String, Example>,
    /// `reference/snippets/`, by operation id.
    pub snippets: BTreeMap<String, Snippet>,
    /// `reference/data/operations.yaml`: what an operation destroys, and whether it may be sent again.
    pub operations: Source,
    /// `reference/data/errors.yaml`: statuses and codes, and what to do.
    pub errors: Source,
    /// `reference/data/rules.yaml`: rules that hold only together with other fields.
    pub rules: Source,
    /// `reference/data/words.yaml`: grades of evidence, and outcomes.
    pub words: Source,
}
