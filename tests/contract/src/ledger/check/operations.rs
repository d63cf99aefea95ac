//! Facts about an operation as a whole, and what the document states about one.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Page;
use crate::document::{Operation, escape, resolve, split_last};
use crate::ledger::{Match, OperationFact};

/// Parts of an operation that hold no statement of their own: their insides are checked one by one, or the words are
/// the document's own.
const NOT_STATEMENTS: [&str; 4] = ["description", "parameters", "requestBody", "responses"];

/// The keys of a parameter that its field's row accounts for.
const OF_FIELD: [&str; 5] = ["name", "in", "required", "description", "schema"];

impl Page<'_> {
    pub(super) fn operation_fact(&self, fact: &OperationFact) -> Option<String> {
        if fact.says.is_empty() && fact.deviations.is_empty() {
            return Some("the page prints nothing, and no deviation tells why the document does".to_owned());
        }
        let there = resolve(self.document, &fact.place);
        if fact.matches == Match::Absent {
            return there.map(|value| format!("the page says {}, the document has {value}", fact.says));
        }
        let Some(there) = there else {
            return Some("the document has no such place".to_owned());
        };
        let printed = Value::String(fact.says.clone());
        let wanted = fact.document.as_ref().unwrap_or(&printed);
        let text = wanted.as_str().unwrap_or_default();
        let key = || split_last(&fact.place).map(|(_, key)| key).unwrap_or_default();
        let (agrees, has) = match fact.matches {
            Match::Equals => (there == wanted, there.to_string()),
            Match::Contains => {
                let part = one_line(text);
                let agrees = !part.is_empty() && there.as_str().is_some_and(|there| one_line(there).contains(&part));
                (agrees, there.to_string())
            }
            Match::Key => (key() == text, key()),
            Match::Method => (key().eq_ignore_ascii_case(text), key()),
            Match::Absent => unreachable!("handled above"),
        };
        (!agrees).then(|| format!("the page says {:?}, so {wanted} was expected; the document has {has}", fact.says))
    }

    /// Texts of an operation of which facts name parts, and what is left of each when those parts are cut out. A text
    /// that some fact names whole leaves nothing.
    pub(super) fn words_without_a_fact(&self, operation: &Operation<'_>) -> Vec<(String, String)> {
        let facts = &self.page.operation_facts;
        let within = format!("{}/", operation.pointer);
        let parts = facts.iter().filter(|fact| fact.matches == Match::Contains && fact.place.starts_with(&within));
        let places: BTreeSet<&str> = parts.map(|fact| fact.place.as_str()).collect();
        let mut found = Vec::new();
        for place in places {
            let here = || facts.iter().filter(|fact| fact.place == place);
            if here().any(|fact| fact.matches == Match::Equals) {
                continue;
            }
            let mut left = one_line(resolve(self.document, place).and_then(Value::as_str).unwrap_or_default());
            for fact in here() {
                let part = fact.document.as_ref().and_then(Value::as_str).unwrap_or(&fact.says);
                left = left.replacen(&one_line(part), "", 1);
            }
            if !left.trim().is_empty() {
                found.push((place.to_owned(), left.trim().to_owned()));
            }
        }
        found
    }
}

/// A text without its line breaks, which make no difference between two texts.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The pointers of all that the document states about an operation and that is no field.
pub(super) fn statements(operation: &Operation<'_>) -> Vec<String> {
    let own = &operation.pointer;
    let mut found = keys_but(operation.value, own, &NOT_STATEMENTS);
    found.extend(keys_but(&operation.value["externalDocs"], &format!("{own}/externalDocs"), &[]));
    for (index, server) in operation.value["servers"].as_array().into_iter().flatten().enumerate() {
        let pointer = format!("{own}/servers/{index}");
        found.extend(keys_but(server, &pointer, &["description", "variables"]));
        for (name, variable) in server["variables"].as_object().into_iter().flatten() {
            found.extend(keys_but(variable, &format!("{pointer}/variables/{}", escape(name)), &["description"]));
        }
    }
    for (index, parameter) in operation.value["parameters"].as_array().into_iter().flatten().enumerate() {
        found.extend(keys_but(parameter, &format!("{own}/parameters/{index}"), &OF_FIELD));
    }
    for (pointer, body) in bodies(operation) {
        found.extend(keys_but(body, &pointer, &["description", "content"]));
        for (media_type, content) in body["content"].as_object().into_iter().flatten() {
            let pointer = format!("{pointer}/content/{}", escape(media_type));
            found.extend(keys_but(content, &pointer, &["schema", "examples"]));
            for (name, example) in content["examples"].as_object().into_iter().flatten() {
                found.extend(keys_but(example, &format!("{pointer}/examples/{}", escape(name)), &["summary"]));
            }
            found.push(pointer);
        }
    }
    let responses = operation.value["responses"].as_object().into_iter().flatten();
    found.extend(responses.map(|(status, _)| format!("{own}/responses/{}", escape(status))));
    found
}

/// The pointers of the bodies' schemas that are more than the name of a schema, or less.
pub(super) fn schemas_that_are_no_names(operation: &Operation<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for (pointer, body) in bodies(operation) {
        for (media_type, content) in body["content"].as_object().into_iter().flatten() {
            let keys = content["schema"].as_object().into_iter().flatten().map(|(key, _)| key.as_str());
            if keys.collect::<Vec<_>>() != ["$ref"] {
                found.push(format!("{pointer}/content/{}/schema", escape(media_type)));
            }
        }
    }
    found
}

/// The request's body and the responses, each with its pointer.
fn bodies<'a>(operation: &Operation<'a>) -> Vec<(String, &'a Value)> {
    let own = &operation.pointer;
    let mut found = vec![(format!("{own}/requestBody"), &operation.value["requestBody"])];
    for (status, response) in operation.value["responses"].as_object().into_iter().flatten() {
        found.push((format!("{own}/responses/{}", escape(status)), response));
    }
    found
}

/// The pointers of an object's keys, but for some.
fn keys_but(value: &Value, pointer: &str, but: &[&str]) -> Vec<String> {
    let keys = value.as_object().into_iter().flatten().map(|(key, _)| key);
    keys.filter(|key| !but.contains(&key.as_str())).map(|key| format!("{pointer}/{}", escape(key))).collect()
}
