//! Reads the pairs, and puts them into the skeleton.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may stop at the first surprise, in its helpers too")]

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use spec_diff::Change;

/// What is said of a change, as a pair writes it down.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expected {
    pub(crate) verdict: String,
    pub(crate) kind: String,
    /// Left out: `PUT /things/{id}`. `none`: the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) operation: Option<String>,
    pub(crate) side: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) path: String,
    pub(crate) sentence: String,
}

impl From<Change> for Expected {
    fn from(change: Change) -> Expected {
        let operation = change.place.operation.unwrap_or_else(|| "none".to_owned());
        Expected {
            verdict: change.verdict.name().to_owned(),
            kind: change.kind.to_string(),
            operation: (operation != "PUT /things/{id}").then_some(operation),
            side: change.place.side.name().to_owned(),
            path: change.place.path,
            sentence: change.sentence,
        }
    }
}

/// Two documents, and what is said of them.
pub(crate) struct Pair {
    pub(crate) file: String,
    pub(crate) claim: String,
    pub(crate) base: Value,
    pub(crate) tree: Value,
    pub(crate) changes: Vec<Expected>,
}

/// A pair as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    claim: String,
    #[serde(default)]
    base: Value,
    #[serde(default)]
    tree: Value,
    changes: Vec<Expected>,
}

/// All pairs, in the order of their files' names.
pub(crate) fn pairs() -> Vec<Pair> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pairs");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 30, "{}", files.len());
    files
        .into_iter()
        .map(|path| {
            let file = path.file_name().unwrap().to_str().unwrap().to_owned();
            let written = serde_yaml::from_str(&fs::read_to_string(&path).unwrap());
            let Written { claim, base, tree, changes } = written.unwrap_or_else(|error| panic!("{file}: {error}"));
            Pair { file, claim, base: document(&base), tree: document(&tree), changes }
        })
        .collect()
}

/// The skeleton with a fragment in it.
pub(crate) fn document(fragment: &Value) -> Value {
    let mut document: Value = serde_yaml::from_str(include_str!("../skeleton.yaml")).unwrap();
    for (key, value) in fragment.as_object().unwrap_or(&Map::new()) {
        let value = value.clone();
        match key.as_str() {
            "request" => document["components"]["schemas"]["Request"] = value,
            "response" => document["components"]["schemas"]["Answer"] = value,
            "parameters" => {
                let parameters = document["paths"]["/things/{id}"]["put"]["parameters"].as_array_mut().unwrap();
                parameters.extend(value.as_array().unwrap().clone());
            }
            "operation" => put_over(&mut document["paths"]["/things/{id}"]["put"], value),
            "document" => put_over(&mut document, value),
            other => panic!("a fragment has no `{other}`"),
        }
    }
    document
}

/// As RFC 7386 has it: objects are put together, `null` takes away, all else is replaced.
fn put_over(there: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *there = patch;
        return;
    };
    if !there.is_object() {
        *there = Value::Object(Map::new());
    }
    for (key, value) in patch {
        if value.is_null() {
            there.as_object_mut().unwrap().remove(&key);
        } else {
            put_over(&mut there[&key], value);
        }
    }
}

/// The same document with the keys of all objects, and the operation's parameters, in the other order.
pub(crate) fn reversed(value: &Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.iter()
                .rev()
                .map(|(key, value)| match (key.as_str(), value) {
                    ("parameters", Value::Array(list)) => {
                        (key.clone(), Value::Array(list.iter().rev().map(reversed).collect()))
                    }
                    _ => (key.clone(), reversed(value)),
                })
                .collect(),
        ),
        Value::Array(list) => Value::Array(list.iter().map(reversed).collect()),
        other => other.clone(),
    }
}
