//! What stands around the operations and the schemas: nothing there may state what no page states.

use std::collections::BTreeSet;

use serde_json::Value;

use super::without_a_fact;
use crate::document::{METHODS, escape, operations};
use crate::ledger::{Disagreement, OperationLedger};

/// The objects that hold the document together, and the keys that each may have. Their values are the document's own
/// words, or are checked elsewhere.
const KEYS: [(&str, &[&str]); 3] = [
    ("", &["openapi", "info", "tags", "paths", "components"]),
    ("/info", &["title", "version", "license", "description"]),
    ("/components", &["schemas", "securitySchemes"]),
];

pub(super) fn check(document: &Value, ledger: &[OperationLedger]) -> Vec<Disagreement> {
    let mut places = Vec::new();
    for (pointer, keys) in KEYS {
        places.extend(others(document.pointer(pointer), pointer, keys));
    }
    for (name, scheme) in document["components"]["securitySchemes"].as_object().into_iter().flatten() {
        let pointer = format!("/components/securitySchemes/{}", escape(name));
        places.extend(others(Some(scheme), &pointer, &["type", "in", "name", "description"]));
    }
    places.extend(tags(document));
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        let pointer = format!("/paths/{}", escape(path));
        places.extend(others(Some(item), &pointer, &METHODS));
        let here = format!("#{pointer}");
        if !ledger.iter().any(|page| page.operation_facts.iter().any(|fact| fact.place == here)) {
            places.push(pointer);
        }
    }
    let what = "the document states something of which no page knows";
    places.into_iter().map(|place| without_a_fact(&format!("#{place}"), what)).collect()
}

/// Tags that no operation has, and what a tag says beyond its name and its words.
fn tags(document: &Value) -> Vec<String> {
    let mut used = BTreeSet::new();
    for operation in operations(document) {
        used.extend(operation.value["tags"].as_array().into_iter().flatten().filter_map(Value::as_str));
    }
    let mut found = Vec::new();
    for (index, tag) in document["tags"].as_array().into_iter().flatten().enumerate() {
        let pointer = format!("/tags/{index}");
        found.extend(others(Some(tag), &pointer, &["name", "description"]));
        if !tag["name"].as_str().is_some_and(|name| used.contains(name)) {
            found.push(pointer);
        }
    }
    found
}

/// The pointers of an object's keys that are not among those that it may have.
fn others(value: Option<&Value>, pointer: &str, keys: &[&str]) -> Vec<String> {
    let there = value.and_then(Value::as_object).into_iter().flatten().map(|(key, _)| key);
    there.filter(|key| !keys.contains(&key.as_str())).map(|key| format!("{pointer}/{}", escape(key))).collect()
}
