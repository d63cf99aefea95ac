//! What the program prints, for people and for other programs.
//!
//! The JSON has this shape, and keeps it; keys may be added:
//!
//! ```json
//! {
//!   "documents": [
//!     {
//!       "name": "spec/openapi.yaml",
//!       "base": "4f5c…, the id of the commit, or null if the base has no such document",
//!       "changes": [
//!         {
//!           "verdict": "breaking | compatible | words",
//!           "kind": "now-required",
//!           "place": {
//!             "operation": "PUT /things/{id}, or null",
//!             "operation_id": "ChangeThing, or null",
//!             "side": "document | operation | request | response",
//!             "path": "request body › name"
//!           },
//!           "sentence": "Callers that leave out `name` are refused now."
//!         }
//!       ],
//!       "summary": { "breaking": 1, "compatible": 0, "words": 0 }
//!     }
//!   ]
//! }
//! ```

use std::fmt::Write as _;

use serde::Serialize;

use crate::change::{Change, Verdict};

/// How many changes of each verdict there are. A change that shows in several places counts at each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Changes that break callers.
    pub breaking: usize,
    /// Changes that all callers survive.
    pub compatible: usize,
    /// Changes of what people read.
    pub words: usize,
}

/// What changed in one document.
#[derive(Debug, Clone, Serialize)]
pub struct Compared {
    /// The document's name, a path with forward slashes if it is one of the workspace's.
    pub name: String,
    /// The id of the commit that it was compared with; `None` if that commit does not have it.
    pub base: Option<String>,
    /// The changes, as [`compare`](crate::compare) gives them. A document that is new has none.
    pub changes: Vec<Change>,
    /// Their number.
    pub summary: Summary,
}

impl Compared {
    /// The result for one document.
    pub fn new(name: impl Into<String>, base: Option<String>, changes: Vec<Change>) -> Compared {
        let count = |verdict| changes.iter().filter(|change| change.verdict == verdict).count();
        let summary = Summary {
            breaking: count(Verdict::Breaking),
            compatible: count(Verdict::Compatible),
            words: count(Verdict::Words),
        };
        Compared { name: name.into(), base, changes, summary }
    }
}

/// What changed in all documents.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// One entry for each document, in the order in which they were asked for.
    pub documents: Vec<Compared>,
}

impl Report {
    /// Whether there is a change that breaks callers.
    pub fn is_breaking(&self) -> bool {
        self.documents.iter().any(|document| document.summary.breaking > 0)
    }

    /// For other programs. It ends with a line break.
    ///
    /// # Errors
    ///
    /// None that is known: everything in a report can be written as JSON.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// For people. Changes of words are counted only, unless they are asked for. It ends with a line break.
    pub fn text(&self, with_words: bool) -> String {
        let documents: Vec<String> = self.documents.iter().map(|document| one(document, with_words)).collect();
        documents.join("\n")
    }
}

fn one(document: &Compared, with_words: bool) -> String {
    let Some(base) = &document.base else {
        return format!("{}: new, the base does not have it\n", document.name);
    };
    let mut text = format!("{}, against {}\n\n", document.name, base.get(..12).unwrap_or(base));
    for verdict in Verdict::ALL {
        if verdict != Verdict::Words || with_words {
            section(&mut text, document, verdict);
        }
    }
    let Summary { breaking, compatible, words } = document.summary;
    let hint = if words > 0 && !with_words { " (--words lists them)" } else { "" };
    let _ = writeln!(text, "{breaking} breaking, {compatible} compatible, {words} of words only{hint}");
    text
}

/// The changes of one verdict. What is said of several places is said once: a schema may be used all over.
fn section(text: &mut String, document: &Compared, verdict: Verdict) {
    let mut left: Vec<&Change> = document.changes.iter().filter(|change| change.verdict == verdict).collect();
    if left.is_empty() {
        return;
    }
    let _ = writeln!(text, "{}", verdict.name());
    while let Some(first) = left.first().copied() {
        let _ = writeln!(text, "  {} [{}]", first.sentence, first.kind);
        let (same, others): (Vec<&Change>, Vec<&Change>) =
            left.into_iter().partition(|change| (change.kind, &change.sentence) == (first.kind, &first.sentence));
        for change in same {
            let _ = writeln!(text, "    {}", place(change));
        }
        left = others;
    }
    text.push('\n');
}

/// `PUT /things/{id} (ChangeThing): request body › name`.
fn place(change: &Change) -> String {
    let place = &change.place;
    let mut text = place.operation.clone().unwrap_or_default();
    if let Some(id) = &place.operation_id {
        let _ = write!(text, " ({id})");
    }
    match (text.is_empty(), place.path.is_empty()) {
        (true, _) => place.path.clone(),
        (false, true) => text,
        (false, false) => format!("{text}: {}", place.path),
    }
}
