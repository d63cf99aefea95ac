//! Holds the document to the ledger, and the ledger to the document.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Disagreement, Effect, FieldFact, Match, OperationFact, OperationLedger};
use crate::document::{Operation, escape, operations, plain_reference, reference, resolve, split_last};
use crate::places::{Name, places};

/// Keywords that a field's `limits` do not list, because another column of the ledger or another test has them.
const NOT_LIMITS: [&str; 13] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "description",
    "example",
    "format",
    "items",
    "properties",
    "required",
    "type",
    "x-error-property",
    "x-page-required",
    "title",
];

/// Parts of an operation that hold no statement of their own: their insides are checked one by one, or the words are
/// the document's own.
const NOT_STATEMENTS: [&str; 4] = ["description", "parameters", "requestBody", "responses"];

/// The keys of a parameter that its field's row accounts for.
const OF_FIELD: [&str; 5] = ["name", "in", "required", "description", "schema"];

/// All disagreements: a fact without a place, a place without a fact, and a fact that differs from its place.
pub fn check(document: &Value, ledger: &[OperationLedger]) -> Vec<Disagreement> {
    let mut found = Vec::new();
    let operations = operations(document);
    for operation in &operations {
        if !ledger.iter().any(|page| page.operation == operation.id) {
            found.push(Disagreement {
                page: "(none)".to_owned(),
                operation: operation.id.to_owned(),
                fact: "no fact".to_owned(),
                place: operation.pointer.clone(),
                what: "the document has an operation that no page describes".to_owned(),
            });
        }
    }
    for page in ledger {
        let operation = operations.iter().find(|other| other.id == page.operation);
        found.extend(Page { document, page }.check(operation));
    }
    found.extend(ownerless(document, ledger));
    found
}

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
        for pointer in operation.map(statements).unwrap_or_default() {
            let below = format!("{pointer}/");
            let stated = |fact: &OperationFact| fact.place == pointer || fact.place.starts_with(&below);
            if !self.page.operation_facts.iter().any(stated) {
                let what = "the document states something of which the page knows nothing".to_owned();
                note("no fact".to_owned(), &pointer, what);
            }
        }
        for scheme in operation.map(schemes).unwrap_or_default() {
            let pointer = format!("#/components/securitySchemes/{}", escape(&scheme));
            let at = |place: &str| place.starts_with(&pointer);
            let facts = &self.page.operation_facts;
            if !facts.iter().any(|fact| at(&fact.place)) && !self.page.fields.iter().any(|fact| at(&fact.place)) {
                let what = "the operation wants credentials of which the page knows nothing".to_owned();
                note("no fact".to_owned(), &pointer, what);
            }
        }
        found
    }

    fn operation_fact(&self, fact: &OperationFact) -> Option<String> {
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
        let (agrees, has) = match fact.matches {
            Match::Equals => (there == wanted, there.to_string()),
            Match::Contains => {
                let agrees = !text.is_empty() && there.as_str().is_some_and(|there| there.contains(text));
                (agrees, there.to_string())
            }
            Match::Key => {
                let key = split_last(&fact.place).map(|(_, key)| key).unwrap_or_default();
                (key.eq_ignore_ascii_case(text), key)
            }
            Match::Absent => unreachable!("handled above"),
        };
        (!agrees).then(|| format!("the page says {:?}, so {wanted} was expected; the document has {has}", fact.says))
    }

    fn field(
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
        let schema = node.get("schema").unwrap_or(node);
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
        let limits = limits(self.document, schema);
        if limits != fact.limits {
            let wanted = Value::Object(fact.limits.clone());
            let has = Value::Object(limits);
            problems.push(format!("limits: the ledger has {wanted}, the document has {has}"));
        }
        if plain_reference(schema).is_some() && schema.as_object().is_some_and(|object| object.len() > 1) {
            problems.push("something stands beside a $ref".to_owned());
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
            if required == printed {
                return Vec::new();
            }
            let cell = &fact.required;
            return vec![format!("required: the page prints {cell:?}, the document has {required}")];
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
        let described = match plain_reference(node) {
            Some(target) => resolve(self.document, target),
            None => Some(node),
        };
        let text = described.and_then(|node| node["description"].as_str()).unwrap_or_default();
        if text.trim().is_empty() {
            return vec!["it has no description".to_owned()];
        }
        let missing = fact.mentions.iter().filter(|mention| !text.contains(mention.as_str()));
        missing.map(|mention| format!("its description does not mention {mention:?}")).collect()
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

/// Schemas and security schemes that no operation reaches, unless a fact says that this is so.
fn ownerless(document: &Value, ledger: &[OperationLedger]) -> Vec<Disagreement> {
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
            let mut note = |page: &str, operation: &str, fact: String, place: &str, what: &str| {
                found.push(Disagreement {
                    page: page.to_owned(),
                    operation: operation.to_owned(),
                    fact,
                    place: place.to_owned(),
                    what: what.to_owned(),
                });
            };
            match (referenced.contains(&pointer), owner) {
                (true, None) => {}
                (true, Some((page, fact))) => {
                    note(&page.page, &page.operation, fact.name(), &pointer, "it should be referenced from nowhere");
                }
                (false, None) => {
                    note("(none)", "(none)", "no fact".to_owned(), &pointer, "it is referenced from nowhere");
                }
                (false, Some(_)) => {
                    for property in schema["properties"].as_object().into_iter().flatten().map(|(key, _)| key) {
                        let place = format!("{below}{}", escape(property));
                        if !facts.iter().any(|(_, fact)| fact.place == place) {
                            let what = "the document has a field of which no page knows";
                            note("(none)", "(none)", "no fact".to_owned(), &place, what);
                        }
                    }
                }
            }
        }
    }
    found
}

/// The pointers of all that a document states about an operation and that is no field.
fn statements(operation: &Operation<'_>) -> Vec<String> {
    let own = &operation.pointer;
    let mut found = Vec::new();
    for (key, _) in operation.value.as_object().into_iter().flatten() {
        if !NOT_STATEMENTS.contains(&key.as_str()) {
            found.push(format!("{own}/{}", escape(key)));
        }
    }
    for (index, server) in operation.value["servers"].as_array().into_iter().flatten().enumerate() {
        found.push(format!("{own}/servers/{index}/url"));
        for (name, _) in server["variables"].as_object().into_iter().flatten() {
            found.push(format!("{own}/servers/{index}/variables/{}/default", escape(name)));
        }
    }
    for (index, parameter) in operation.value["parameters"].as_array().into_iter().flatten().enumerate() {
        for (key, _) in parameter.as_object().into_iter().flatten() {
            if !OF_FIELD.contains(&key.as_str()) {
                found.push(format!("{own}/parameters/{index}/{}", escape(key)));
            }
        }
    }
    let body = &operation.value["requestBody"];
    if body.get("required").is_some() {
        found.push(format!("{own}/requestBody/required"));
    }
    content(body, &format!("{own}/requestBody"), &mut found);
    for (status, response) in operation.value["responses"].as_object().into_iter().flatten() {
        let pointer = format!("{own}/responses/{}", escape(status));
        content(response, &pointer, &mut found);
        found.push(pointer);
    }
    found
}

fn content(body: &Value, pointer: &str, found: &mut Vec<String>) {
    for (media_type, content) in body["content"].as_object().into_iter().flatten() {
        let pointer = format!("{pointer}/content/{}", escape(media_type));
        for (name, _) in content["examples"].as_object().into_iter().flatten() {
            found.push(format!("{pointer}/examples/{}/value", escape(name)));
        }
        if content.get("example").is_some() {
            found.push(format!("{pointer}/example"));
        }
        found.push(pointer);
    }
}

/// The security schemes that an operation names.
fn schemes(operation: &Operation<'_>) -> Vec<String> {
    let alternatives = operation.value["security"].as_array().into_iter().flatten();
    alternatives.filter_map(Value::as_object).flat_map(Map::keys).cloned().collect()
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

/// The type that the document should have for a printed one.
fn expected_type(printed: &str) -> String {
    if let Some(item) = printed.strip_prefix("Array of ").and_then(|rest| rest.strip_suffix(" objects")) {
        return format!("array of {item}");
    }
    if let Some(name) = printed.strip_suffix(" object") {
        return name.to_owned();
    }
    match printed {
        "String" => "string",
        "Long" => "integer int64",
        "Integer" | "int" => "integer int32",
        "Boolean" => "boolean",
        "Timestamp" => "Timestamp = string",
        "LinkedHashMap" => "object of any properties",
        // The classes that the pages name are schemas of the same name.
        named => named,
    }
    .to_owned()
}

/// The type of a schema in one line: the name of an object, or a name and what it stands for.
fn type_name(document: &Value, schema: &Value) -> String {
    if let Some(target) = reference(schema) {
        let name = target.rsplit('/').next().unwrap_or(target);
        return match resolve(document, target) {
            None => format!("{name}, which does not exist"),
            Some(schema) if schema["type"] == "object" && schema.get("properties").is_some() => name.to_owned(),
            Some(schema) => format!("{name} = {}", type_name(document, schema)),
        };
    }
    let format = schema["format"].as_str();
    match schema["type"].as_str() {
        Some("array") => format!("array of {}", type_name(document, &schema["items"])),
        Some("object") if schema["additionalProperties"] == true => "object of any properties".to_owned(),
        Some(kind) => format.map_or_else(|| kind.to_owned(), |format| format!("{kind} {format}")),
        None => "no type".to_owned(),
    }
}

/// What a schema says about values beyond their type. That the target of a reference may be null counts too, and so do
/// the limits of a named schema that is no object.
fn limits(document: &Value, schema: &Value) -> Map<String, Value> {
    let mut found = match reference(schema).and_then(|target| resolve(document, target)) {
        Some(target) => limits(document, target),
        None => Map::new(),
    };
    for (key, value) in schema.as_object().into_iter().flatten() {
        if !NOT_LIMITS.contains(&key.as_str()) {
            found.insert(key.clone(), value.clone());
        }
    }
    found
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
