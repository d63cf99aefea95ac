//! Holds the document to the ledger, and the ledger to the document.

mod deviations;
mod fields;
mod frame;
mod operations;
mod ownerless;
mod schemas;
mod shapes;

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Disagreement, OperationLedger};
use crate::document::{Operation, escape, operations, schemes};
use crate::places::places;

/// All disagreements: a fact without a place, a place without a fact, and a fact that differs from its place.
pub fn check(document: &Value, ledger: &[OperationLedger]) -> Vec<Disagreement> {
    let mut found = Vec::new();
    let operations = operations(document);
    for operation in &operations {
        if !ledger.iter().any(|page| page.operation == operation.id) {
            found.push(without_a_fact(&operation.pointer, "the document has an operation that no page describes"));
        }
    }
    for page in ledger {
        let operation = operations.iter().find(|other| other.id == page.operation);
        found.extend(Page { document, page }.check(operation));
    }
    found.extend(frame::check(document, ledger));
    found.extend(schemas::check(document, ledger));
    found.extend(ownerless::check(document, ledger));
    found
}

/// A place that belongs to no page in particular, and that no page knows.
fn without_a_fact(place: &str, what: &str) -> Disagreement {
    Disagreement {
        page: "(none)".to_owned(),
        operation: "(none)".to_owned(),
        fact: "no fact".to_owned(),
        place: place.to_owned(),
        what: what.to_owned(),
    }
}

/// Whether a pointer leads to a place, or to something within it.
fn is_at_or_below(pointer: &str, place: &str) -> bool {
    pointer.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// One page, and the document that it is compared with.
struct Page<'a> {
    document: &'a Value,
    page: &'a OperationLedger,
}

impl Page<'_> {
    fn check(&self, operation: Option<&Operation<'_>>) -> Vec<Disagreement> {
        let mut found = Vec::new();
        let mut note = |fact: String, place: &str, what: String| {
            found.push(Disagreement {
                page: self.page.page.clone(),
                operation: self.page.operation.clone(),
                fact,
                place: place.to_owned(),
                what,
            });
        };
        let places = operation.map(|operation| places(self.document, operation)).unwrap_or_default();

        for fact in &self.page.operation_facts {
            if let Some(what) = self.operation_fact(fact) {
                note(fact.name(), &fact.place, what);
            }
        }
        let mut seen = BTreeSet::new();
        for fact in &self.page.fields {
            if !seen.insert((&fact.side, &fact.path)) {
                note(fact.name(), &fact.place, "the ledger has it twice".to_owned());
            }
            for what in self.field(fact, operation, &places) {
                note(fact.name(), &fact.place, what);
            }
        }
        for ((side, path), pointer) in &places {
            if !seen.contains(&(side, path)) {
                let what = format!("the document has `{path}` in {side}, of which the page knows nothing");
                note("no fact".to_owned(), pointer, what);
            }
        }
        for pointer in operation.map(operations::statements).unwrap_or_default() {
            if !self.page.operation_facts.iter().any(|fact| is_at_or_below(&fact.place, &pointer)) {
                let what = "the document states something of which the page knows nothing".to_owned();
                note("no fact".to_owned(), &pointer, what);
            }
        }
        for (pointer, words) in operation.map(|operation| self.words_without_a_fact(operation)).unwrap_or_default() {
            note("no fact".to_owned(), &pointer, format!("no fact accounts for the words {words:?}"));
        }
        for pointer in operation.map(operations::schemas_that_are_no_names).unwrap_or_default() {
            let what = "the schema of a body has to be a plain $ref and nothing else".to_owned();
            note("no fact".to_owned(), &pointer, what);
        }
        for scheme in operation.map(schemes).unwrap_or_default() {
            let pointer = format!("#/components/securitySchemes/{}", escape(&scheme));
            let mut known = self.page.operation_facts.iter().map(|fact| &fact.place);
            let mut fields = self.page.fields.iter().map(|fact| &fact.place);
            let at = |place: &String| is_at_or_below(place, &pointer);
            if !known.any(at) && !fields.any(at) {
                let what = "the operation wants credentials of which the page knows nothing".to_owned();
                note("no fact".to_owned(), &pointer, what);
            }
        }
        found
    }
}
