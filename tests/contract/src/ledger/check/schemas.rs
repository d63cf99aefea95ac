//! The named schemas: what each says as a whole, beyond the fields that are in it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::shapes::{Shape, Stand, limits};
use super::without_a_fact;
use crate::document::{escape, plain_reference, resolve, split_last};
use crate::ledger::{Disagreement, Effect, FieldFact, OperationLedger};

pub(super) fn check(document: &Value, ledger: &[OperationLedger]) -> Vec<Disagreement> {
    let mut found = Vec::new();
    for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
        let pointer = format!("#/components/schemas/{}", escape(name));
        for (key, value) in limits(document, schema, Stand::Named) {
            if !is_stated(document, ledger, &pointer, &key, &value) {
                let place = format!("{pointer}/{}", escape(&key));
                found.push(without_a_fact(&place, "the schema says something of which no page knows"));
            }
        }
        let has_a_type = match Shape::of(schema) {
            Shape::Object | Shape::List => true,
            Shape::Scalar => schema["type"].is_string(),
            // No page has a name for another name, or for an object of any properties.
            Shape::PlainReference | Shape::WrappedReference | Shape::Map => false,
        };
        if !has_a_type {
            found.push(without_a_fact(
                &format!("{pointer}/type"),
                "the schema is of no type that a page has a name for",
            ));
        }
        if !requires_what_the_pages_require(ledger, &pointer, schema) {
            let what = "the list is not that of the fields that the pages require";
            found.push(without_a_fact(&format!("{pointer}/required"), what));
        }
    }
    found
}

/// Whether a fact has what a named schema says: a fact of its own, or one of a field that is a plain reference, whose
/// mark and limits the schema therefore holds.
fn is_stated(document: &Value, ledger: &[OperationLedger], pointer: &str, key: &str, value: &Value) -> bool {
    let place = format!("{pointer}/{}", escape(key));
    let by_field = |fact: &FieldFact| {
        let target = resolve(document, &fact.place).and_then(plain_reference);
        let holds = key == "x-page-required" || fact.limits.get(key) == Some(value);
        fact.has(Effect::MarkedOnSchema) && target == Some(pointer) && holds
    };
    ledger
        .iter()
        .any(|page| page.operation_facts.iter().any(|fact| fact.place == place) || page.fields.iter().any(by_field))
}

/// Whether a schema's `required` is the list of the fields in it that their pages require, each once. No field of a
/// response is required, so a schema of a response has no list.
fn requires_what_the_pages_require(ledger: &[OperationLedger], pointer: &str, schema: &Value) -> bool {
    let properties = format!("{pointer}/properties");
    let required = |fact: &&FieldFact| fact.side == "body" && ["Required", "Yes"].contains(&fact.required.as_str());
    let wanted: BTreeSet<String> = ledger
        .iter()
        .flat_map(|page| page.fields.iter().filter(required))
        .filter_map(|fact| split_last(&fact.place).filter(|(around, _)| *around == properties))
        .map(|(_, name)| name)
        .collect();
    let Some(list) = schema.get("required") else {
        return wanted.is_empty();
    };
    let names: Vec<&str> = list.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let listed: BTreeSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
    !names.is_empty() && names.len() == listed.len() && listed == wanted
}
