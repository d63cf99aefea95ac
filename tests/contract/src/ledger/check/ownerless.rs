//! Schemas and security schemes that no operation reaches.

use std::collections::BTreeSet;

use serde_json::Value;

use super::without_a_fact;
use crate::document::{escape, operations, plain_reference, schemes};
use crate::ledger::{Disagreement, Effect, FieldFact, OperationLedger};

/// What is referenced from nowhere, unless a fact says that this is so.
pub(super) fn check(document: &Value, ledger: &[OperationLedger]) -> Vec<Disagreement> {
    let mut referenced = BTreeSet::new();
    references(document, &mut referenced);
    for operation in operations(document) {
        for scheme in schemes(&operation) {
            referenced.insert(format!("#/components/securitySchemes/{}", escape(&scheme)));
        }
    }
    let facts: Vec<(&OperationLedger, &FieldFact)> =
        ledger.iter().flat_map(|page| page.fields.iter().map(move |fact| (page, fact))).collect();
    let mut found = Vec::new();
    for section in ["schemas", "securitySchemes"] {
        for (key, schema) in document["components"][section].as_object().into_iter().flatten() {
            let pointer = format!("#/components/{section}/{}", escape(key));
            let below = format!("{pointer}/properties/");
            let owner = facts.iter().find(|(_, fact)| fact.has(Effect::Unreferenced) && fact.place.starts_with(&below));
            match (referenced.contains(&pointer), owner) {
                (true, None) => {}
                (true, Some((page, fact))) => found.push(Disagreement {
                    page: page.page.clone(),
                    operation: page.operation.clone(),
                    fact: fact.name(),
                    place: pointer,
                    what: "it should be referenced from nowhere".to_owned(),
                }),
                (false, None) => found.push(without_a_fact(&pointer, "it is referenced from nowhere")),
                (false, Some(_)) => {
                    for (property, _) in schema["properties"].as_object().into_iter().flatten() {
                        let place = format!("{below}{}", escape(property));
                        if !facts.iter().any(|(_, fact)| fact.place == place) {
                            found.push(without_a_fact(&place, "the document has a field of which no page knows"));
                        }
                    }
                }
            }
        }
    }
    found
}

/// The targets of every `$ref` of a document.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            found.extend(plain_reference(value).map(str::to_owned));
            object.values().for_each(|value| references(value, found));
        }
        Value::Array(array) => array.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}
