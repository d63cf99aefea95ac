//! Alters the document, one thing at a time, to see whether a test notices.

use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use crate::document::{described, operations, plain_reference, reference, resolve, resolve_mut, split_last};
use crate::ledger::{Effect, FieldFact, Match, OperationFact};

/// One change, as test data states it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The pointer to what is changed.
    pub at: String,
    /// The new value, which may be null; without it, what is there is removed.
    #[serde(default, deserialize_with = "present")]
    pub to: Option<Value>,
}

/// Keeps a null that is written out apart from a value that is left out.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl Change {
    /// Makes the change. What is removed or replaced must be there; a key may be new in an object.
    pub fn apply(&self, value: &mut Value) {
        let (parent, key) = split_last(&self.at).unwrap_or_else(|| panic!("no key in {}", self.at));
        let parent = resolve_mut(value, parent).unwrap_or_else(|| panic!("nothing around {}", self.at));
        match (parent, &self.to) {
            (Value::Object(object), Some(to)) => drop(object.insert(key, to.clone())),
            (Value::Object(object), None) => {
                assert!(object.remove(&key).is_some(), "nothing at {}", self.at);
            }
            (Value::Array(array), to) => {
                let index: usize = key.parse().unwrap_or_else(|_| panic!("no index in {}", self.at));
                match to {
                    Some(to) => array[index] = to.clone(),
                    None => drop(array.remove(index)),
                }
            }
            (other, _) => panic!("{} is within {other}", self.at),
        }
    }
}

/// A name for what was altered, and the altered document.
pub type Altered = (String, Value);

/// The document, altered at a field's place in each of the ways that a check of the ledger must notice.
pub fn at_field(document: &Value, fact: &FieldFact) -> Vec<Altered> {
    let mut alterations = Alterations::of(document);
    alterations.mentions(fact);
    if fact.has(Effect::SecurityScheme) {
        at_scheme(alterations, fact)
    } else if fact.place.contains("/parameters/") {
        at_parameter(alterations, fact)
    } else {
        at_property(alterations, fact)
    }
}

/// The same for a fact about the operation as a whole.
pub fn at_operation(document: &Value, fact: &OperationFact) -> Vec<Altered> {
    let mut alterations = Alterations::of(document);
    let place = &fact.place;
    if fact.matches == Match::Absent {
        alterations.set("something put there", place, json!({}));
        return alterations.found;
    }
    alterations.remove(place);
    alterations.rename(place);
    if ![Match::Key, Match::Method].contains(&fact.matches) {
        let altered = match resolve(document, place) {
            Some(Value::String(_)) => json!("altered"),
            Some(Value::Bool(value)) => json!(!value),
            Some(Value::Number(_)) => json!(17),
            Some(Value::Object(_)) => json!({ "altered": true }),
            _ => json!(["altered"]),
        };
        alterations.set("value", place, altered);
    }
    alterations.found
}

fn at_scheme(mut alterations: Alterations<'_>, fact: &FieldFact) -> Vec<Altered> {
    let place = &fact.place;
    alterations.remove(place);
    alterations.rename(place);
    alterations.set("name", &format!("{place}/name"), json!("X-Altered"));
    alterations.set("in", &format!("{place}/in"), json!("query"));
    alterations.set("type", &format!("{place}/type"), json!("http"));
    alterations.remove(&format!("{place}/description"));
    let scheme = split_last(place).map(|(_, key)| key).unwrap_or_default();
    let pointers: Vec<String> = operations(alterations.document)
        .iter()
        .filter(|operation| operation.value["security"][0].get(&scheme).is_some())
        .map(|operation| operation.pointer.clone())
        .collect();
    for pointer in pointers {
        alterations.set("required", &format!("{pointer}/security"), json!([{ scheme.clone(): [] }, {}]));
    }
    alterations.found
}

fn at_parameter(mut alterations: Alterations<'_>, fact: &FieldFact) -> Vec<Altered> {
    let place = &fact.place;
    let parameter = resolve(alterations.document, place).unwrap_or_else(|| panic!("nothing at {place}"));
    let required = parameter["required"] == true;
    alterations.remove(place);
    alterations.set("renamed", &format!("{place}/name"), json!("altered"));
    let elsewhere = if fact.side == "path" { "query" } else { "header" };
    alterations.set("in", &format!("{place}/in"), json!(elsewhere));
    alterations.set("required", &format!("{place}/required"), json!(!required));
    alterations.remove(&format!("{place}/description"));
    alterations.schema(&format!("{place}/schema"));
    alterations.found
}

fn at_property(mut alterations: Alterations<'_>, fact: &FieldFact) -> Vec<Altered> {
    let place = &fact.place;
    let document = alterations.document;
    let node = resolve(document, place).unwrap_or_else(|| panic!("nothing at {place}"));
    alterations.remove(place);
    alterations.rename(place);
    alterations.schema(place);

    // Beside a plain reference stands nothing, so its words are those of the schema that it leads to.
    let words = plain_reference(node).unwrap_or(place);
    alterations.remove(&format!("{words}/description"));
    if fact.side == "response" {
        alterations.remove(&format!("{words}/x-page-required"));
    }
    let (properties, name) = split_last(place).unwrap_or_else(|| panic!("no key in {place}"));
    let around = properties.trim_end_matches("/properties");
    let mut required: Vec<Value> =
        resolve(document, around).and_then(|schema| schema["required"].as_array()).cloned().unwrap_or_default();
    match required.iter().position(|other| *other == name) {
        Some(index) => drop(required.remove(index)),
        None => required.push(json!(name)),
    }
    alterations.set("required", &format!("{around}/required"), json!(required));
    if fact.has(Effect::Unreferenced) {
        let reference = json!({ "$ref": around });
        alterations.set("referenced", "#/components/schemas/BackupRestore/properties/altered", reference);
    }
    alterations.found
}

struct Alterations<'a> {
    document: &'a Value,
    found: Vec<Altered>,
}

impl<'a> Alterations<'a> {
    fn of(document: &'a Value) -> Self {
        Self { document, found: Vec::new() }
    }

    fn change(&mut self, name: String, changes: &[Change]) {
        let mut altered = self.document.clone();
        for change in changes {
            change.apply(&mut altered);
        }
        assert!(altered != *self.document, "{name} alters nothing");
        self.found.push((name, altered));
    }

    fn set(&mut self, name: &str, at: &str, to: Value) {
        let change = Change { at: at.to_owned(), to: Some(to) };
        self.change(format!("{name} at {at}"), &[change]);
    }

    fn remove(&mut self, at: &str) {
        let change = Change { at: at.to_owned(), to: None };
        self.change(format!("removed {at}"), &[change]);
    }

    /// Cuts each text that a fact's description must mention out of it.
    fn mentions(&mut self, fact: &FieldFact) {
        let place = &fact.place;
        let node = resolve(self.document, place).unwrap_or_else(|| panic!("nothing at {place}"));
        let pointer = format!("{}/description", plain_reference(node).unwrap_or(place));
        let text = described(self.document, node)["description"].as_str().unwrap_or_default();
        for mention in &fact.mentions {
            self.set(&format!("{mention:?} cut out"), &pointer, json!(text.replace(mention, "")));
        }
    }

    /// Moves what is at a key to another key. An element of a list has no key, so it cannot be renamed.
    fn rename(&mut self, at: &str) {
        let (parent, _) = split_last(at).unwrap_or_else(|| panic!("no key in {at}"));
        if resolve(self.document, parent).is_some_and(Value::is_array) {
            return;
        }
        let value = resolve(self.document, at).unwrap_or_else(|| panic!("nothing at {at}"));
        let (from, to) = (at.to_owned(), format!("{at}-altered"));
        let changes = [Change { at: from, to: None }, Change { at: to, to: Some(value.clone()) }];
        self.change(format!("renamed {at}"), &changes);
    }

    /// Alters what a schema says about values: its type, its target, its format, its items, and each of its limits.
    fn schema(&mut self, at: &str) {
        let schema = resolve(self.document, at).unwrap_or_else(|| panic!("nothing at {at}"));
        let kind = if schema["type"] == "boolean" { "string" } else { "boolean" };
        let mut other = schema.clone();
        if let Some(other) = other.as_object_mut() {
            for key in ["$ref", "allOf", "format", "items", "additionalProperties"] {
                other.remove(key);
            }
            other.insert("type".to_owned(), json!(kind));
        }
        self.set("type", at, other);

        let format = match schema["format"].as_str() {
            Some("int64") => "int32",
            Some("int32") => "int64",
            _ => "altered",
        };
        if let Some(target) = reference(schema) {
            let decoy = if target.ends_with("/Tags") { "Timestamp" } else { "Tags" };
            let decoy = json!({ "$ref": format!("#/components/schemas/{decoy}") });
            match plain_reference(schema) {
                Some(_) => self.set("target", &format!("{at}/$ref"), decoy["$ref"].clone()),
                None => self.set("target", &format!("{at}/allOf/0"), decoy),
            }
            self.set("minProperties", &format!("{target}/minProperties"), json!(1));
        } else if schema.get("items").is_some() {
            self.set("items", &format!("{at}/items"), json!({ "type": "boolean" }));
            self.set("maxItems", &format!("{at}/maxItems"), json!(3));
        } else {
            self.set("enum", &format!("{at}/enum"), json!(["altered"]));
            if schema["type"] != "boolean" && schema["type"] != "object" {
                self.set("format", &format!("{at}/format"), json!(format));
            }
        }
        let holder = plain_reference(schema).filter(|_| schema.get("nullable").is_none()).unwrap_or(at);
        let nullable = resolve(self.document, holder).is_some_and(|schema| schema["nullable"] == true);
        self.set("nullable", &format!("{holder}/nullable"), json!(!nullable));
        for key in ["default", "minLength", "maxLength", "nullable", "additionalProperties"] {
            if schema.get(key).is_some() {
                self.remove(&format!("{at}/{key}"));
            }
        }
    }
}
