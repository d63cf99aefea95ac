//! What goes along while two documents are compared: both of them, where we are, and what was found.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::change::{Change, Verdict};
use crate::document::{Document, Unreadable};
use crate::kind::Kind;
use crate::place::{At, Place, Side};
use crate::shift::Shift;

/// Two documents while they are compared.
pub(crate) struct Comparison<'a> {
    pub(crate) base: Document<'a>,
    pub(crate) tree: Document<'a>,
    /// Method and path, and the id, of the operation that is being compared.
    pub(crate) operation: Option<(String, Option<String>)>,
    /// Pairs of schemas that are being compared further up: where one of them comes again, the document is recursive.
    pub(crate) open: HashSet<(String, String)>,
    changes: Vec<Change>,
}

impl<'a> Comparison<'a> {
    pub(crate) fn new(base: &'a Value, tree: &'a Value) -> Result<Comparison<'a>, Unreadable> {
        Ok(Comparison {
            base: Document::new("the base", base)?,
            tree: Document::new("the tree", tree)?,
            operation: None,
            open: HashSet::new(),
            changes: Vec::new(),
        })
    }

    /// Notes a change.
    pub(crate) fn add(&mut self, at: &At, kind: Kind, verdict: Verdict, sentence: impl Into<String>) {
        let (operation, operation_id) = match self.operation.clone() {
            Some((operation, id)) => (Some(operation), id),
            None => (None, None),
        };
        let place = Place { operation, operation_id, side: at.side, path: at.path().to_owned() };
        self.changes.push(Change { verdict, kind, place, sentence: sentence.into() });
    }

    /// Notes a change of the values that are allowed: its kind if there are fewer, and its kind if there are more.
    pub(crate) fn shift(&mut self, at: &At, shift: Shift, (narrower, wider): (Kind, Kind), values: &str) {
        let kind = if shift == Shift::Narrower { narrower } else { wider };
        self.add(at, kind, shift.verdict(at.side), shift.sentence(at.side, values));
    }

    /// Notes that something has to be there now, or may be missing now: `thing` as a subject of a sentence, "`name`".
    pub(crate) fn required(&mut self, at: &At, base: bool, tree: bool, kinds: (Kind, Kind), thing: &str) {
        if base == tree {
            return;
        }
        let shift = Shift::narrower_if(tree);
        let sentence = match (at.side, shift) {
            (Side::Response, Shift::Narrower) => format!("Callers always get {thing} now."),
            (Side::Response, Shift::Wider) => format!("Callers must be ready for answers without {thing} now."),
            (_, Shift::Narrower) => format!("Callers that leave out {thing} are refused now."),
            (_, Shift::Wider) => format!("Callers may leave out {thing} now."),
        };
        let kind = if tree { kinds.0 } else { kinds.1 };
        self.add(at, kind, shift.verdict(at.side), sentence);
    }

    /// Notes that something is marked deprecated now, or no longer.
    pub(crate) fn deprecated(&mut self, at: &At, base: &Map<String, Value>, tree: &Map<String, Value>) {
        match (flag(base, "deprecated"), flag(tree, "deprecated")) {
            (false, true) => {
                let sentence = "It works as before, and will go some day: callers should look for another way.";
                self.add(at, Kind::Deprecated, Verdict::Compatible, sentence);
            }
            (true, false) => {
                self.add(at, Kind::NoLongerDeprecated, Verdict::Compatible, "It is there to stay again.");
            }
            _ => {}
        }
    }

    /// Notes keys that differ and that nobody has judged: all that are in `keys`.
    pub(crate) fn unjudged(&mut self, at: &At, base: &Map<String, Value>, tree: &Map<String, Value>, keys: &[&str]) {
        for key in keys {
            if base.get(*key) != tree.get(*key) {
                let sentence = format!("`{key}` changed, and a program cannot judge it: callers should be looked at.");
                self.add(at, Kind::Unjudged, Verdict::Breaking, sentence);
            }
        }
    }

    /// What was found, gravest first and otherwise in the order in which it was found.
    pub(crate) fn into_changes(mut self) -> Vec<Change> {
        self.changes.sort_by_key(|change| change.verdict);
        self.changes
    }
}

/// Whether the key is there and `true`.
pub(crate) fn flag(map: &Map<String, Value>, key: &str) -> bool {
    map.get(key) == Some(&Value::Bool(true))
}
