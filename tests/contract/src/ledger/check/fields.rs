//! Facts about fields: the rows of the pages' tables.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Page;
use super::deviations::misplaced;
use super::shapes::{Stand, expected_type, limits, type_name};
use crate::document::{Operation, described, plain_reference, resolve, split_last};
use crate::ledger::{Effect, FieldFact};
use crate::places::Name;

impl Page<'_> {
    pub(super) fn field(
        &self,
        fact: &FieldFact,
        operation: Option<&Operation<'_>>,
        places: &BTreeMap<Name, String>,
    ) -> Vec<String> {
        let Some(operation) = operation else {
            return vec!["the document has no such operation".to_owned()];
        };
        if fact.has(Effect::SecurityScheme) {
            return self.header(fact, operation);
        }
        let found = places.get(&(fact.side.clone(), fact.path.clone()));
        if fact.has(Effect::Unreferenced) {
            if let Some(reached) = found {
                return vec![format!("it should be reached from nowhere, and is reached at {reached}")];
            }
        } else {
            match found {
                None => return vec!["the document has no place for it".to_owned()],
                Some(pointer) if *pointer != fact.place => {
                    return vec![format!("the document has it at {pointer}")];
                }
                Some(_) => {}
            }
        }
        let Some(node) = resolve(self.document, &fact.place) else {
            return vec!["the document has no such place".to_owned()];
        };
        let mut problems = Vec::new();
        problems.extend(self.field_type(fact, node));
        problems.extend(self.field_required(fact, node));
        problems.extend(self.field_words(fact, node));
        problems
    }

    fn field_type(&self, fact: &FieldFact, node: &Value) -> Vec<String> {
        let mut problems = Vec::new();
        let (schema, stand) = match node.get("schema") {
            Some(schema) => (schema, Stand::Bare),
            None => (node, Stand::Property),
        };
        let wanted = match (&fact.document_type, fact.has(Effect::NamesTheType)) {
            (Some(named), true) => named.clone(),
            (None, false) => expected_type(&fact.printed_type),
            (Some(_), false) => return vec!["the ledger names a type, and no deviation tells why".to_owned()],
            (None, true) => return vec!["a deviation says that the ledger names the type, and it does not".to_owned()],
        };
        let has = type_name(self.document, schema);
        if wanted != has {
            let printed = &fact.printed_type;
            problems.push(format!("type: the page prints {printed}, so {wanted} was expected; the document has {has}"));
        }
        let limits = limits(self.document, schema, stand);
        if limits != fact.limits {
            let wanted = Value::Object(fact.limits.clone());
            let has = Value::Object(limits);
            problems.push(format!("limits: the ledger has {wanted}, the document has {has}"));
        }
        problems
    }

    fn field_required(&self, fact: &FieldFact, node: &Value) -> Vec<String> {
        let printed = match fact.required.as_str() {
            "Required" | "Yes" => true,
            "" | "No" => false,
            other => return vec![format!("required: the ledger has {other:?}, which no page prints")],
        };
        let required = if node.get("schema").is_some() {
            node["required"] == true
        } else {
            is_required_property(self.document, &fact.place)
        };
        if fact.side != "response" {
            let mut problems = Vec::new();
            if required != printed {
                let cell = &fact.required;
                problems.push(format!("required: the page prints {cell:?}, the document has {required}"));
            }
            if node.get("x-page-required").is_some() {
                problems.push("required: the mark x-page-required is for fields of responses".to_owned());
            }
            return problems;
        }

        let mut problems = Vec::new();
        if required {
            problems.push("required: the document requires it, and would refuse the page's own example".to_owned());
        }
        if printed != fact.has(Effect::MarkedNotRequired) {
            problems.push("required: page and document differ, and no deviation tells why".to_owned());
        }
        let plain = plain_reference(node);
        if plain.is_some() != fact.has(Effect::MarkedOnSchema) {
            problems.push(
                "required: a mark may be on the schema only if the field is a plain $ref, with a deviation".to_owned(),
            );
        }
        let marked = match plain {
            Some(target) => resolve(self.document, target),
            None => Some(node),
        };
        if marked.is_some_and(|marked| marked["x-page-required"] == true) != printed {
            problems.push(format!("required: the page prints {:?}, x-page-required does not", fact.required));
        }
        problems
    }

    fn field_words(&self, fact: &FieldFact, node: &Value) -> Vec<String> {
        let described = described(self.document, node);
        let text = described["description"].as_str().unwrap_or_default();
        if text.trim().is_empty() {
            return vec!["it has no description".to_owned()];
        }
        let missing = fact.mentions.iter().filter(|mention| !text.contains(mention.as_str()));
        let mut problems: Vec<String> =
            missing.map(|mention| format!("its description does not mention {mention:?}")).collect();
        problems.extend(misplaced(fact, text));
        problems
    }

    fn header(&self, fact: &FieldFact, operation: &Operation<'_>) -> Vec<String> {
        let Some(scheme) = resolve(self.document, &fact.place) else {
            return vec!["the document has no place for it".to_owned()];
        };
        let mut problems = Vec::new();
        for (key, wanted) in [("type", "apiKey"), ("in", &fact.side), ("name", &fact.path)] {
            if scheme[key] != wanted {
                problems.push(format!("{key}: {wanted} was expected; the document has {}", scheme[key]));
            }
        }
        let name = split_last(&fact.place).map(|(_, name)| name).unwrap_or_default();
        let alternatives = operation.value["security"].as_array().map(Vec::as_slice).unwrap_or_default();
        let always = !alternatives.is_empty() && alternatives.iter().all(|scheme| scheme.get(&name).is_some());
        if always != (fact.required == "Yes") {
            problems.push(format!(
                "required: the page prints {:?}, the operation's security is {alternatives:?}",
                fact.required
            ));
        }
        problems.extend(self.field_words(fact, scheme));
        problems
    }
}

/// Whether the schema around the property at a pointer requires it.
fn is_required_property(document: &Value, pointer: &str) -> bool {
    let Some((properties, name)) = split_last(pointer) else {
        return false;
    };
    let schema = properties.strip_suffix("/properties").and_then(|schema| resolve(document, schema));
    let required = schema.and_then(|schema| schema["required"].as_array());
    required.is_some_and(|required| required.iter().any(|other| *other == name))
}
