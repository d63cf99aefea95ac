//! Documents of many operations, made from the five: each copy has its own paths, operations, schemas and responses.
//!
//! Nothing is drawn at random: the same number gives the same text. The first copy is the five operations under their own
//! names; the seventh copy's `RecoverDataVolume` is `RecoverDataVolume6` at `/copy-6/zstack/…`. Shared are only what is
//! known by its name (`Timestamp`), what carries no name of an operation, and the query for jobs, of which a service has
//! one.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::Problem;

/// A document, and the overlay that corrects it.
#[derive(Debug, Clone)]
pub struct Pair {
    /// What the pages say.
    pub document: Value,
    /// What the servers do otherwise.
    pub overlay: Value,
}

/// The texts of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// The document.
    pub document: String,
    /// The overlay; nothing where the document has none.
    pub overlay: Option<String>,
}

/// The document of so many operations, without an overlay: the corrections are in it.
///
/// # Errors
/// The documents of the workspace can't be read.
pub fn served(operations: usize) -> Result<Texts, Problem> {
    let served = Pair { document: read("openapi.as-served.yaml")?, overlay: json!({}) };
    let made = copies(&served, operations.div_ceil(OPERATIONS));
    Ok(Texts { document: write(&made.document)?, overlay: None })
}

/// The document of so many operations, and the overlay with the corrections of all of them.
///
/// # Errors
/// The documents of the workspace can't be read.
pub fn with_overlay(operations: usize) -> Result<Texts, Problem> {
    let pair = Pair { document: read("openapi.yaml")?, overlay: read("as-served.overlay.yaml")? };
    let made = copies(&pair, operations.div_ceil(OPERATIONS));
    Ok(Texts { document: write(&made.document)?, overlay: Some(write(&made.overlay)?) })
}

/// A document of the workspace.
fn read(name: &str) -> Result<Value, Problem> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../spec").join(name);
    let text = fs::read_to_string(path).map_err(|error| Problem::new(&format!("spec/{name} can't be read"), error))?;
    serde_yaml::from_str(&text).map_err(|error| Problem::new(&format!("spec/{name} is not YAML"), error))
}

fn write(value: &Value) -> Result<String, Problem> {
    serde_yaml::to_string(value).map_err(|error| Problem::new("a document can't be written", error))
}

/// How many operations a copy of the document has.
pub const OPERATIONS: usize = 5;

/// Schemas that a hand-written type stands for: they have one name.
const BY_NAME: [&str; 1] = ["Timestamp"];

/// A pair with so many copies of everything that belongs to an operation.
pub fn copies(pair: &Pair, copies: usize) -> Pair {
    let mut made = pair.clone();
    for number in 1..copies {
        let copy = Copy { number };
        copy.add_paths(&pair.document, &mut made.document);
        copy.add_components(&pair.document, &mut made.document);
        let actions = pair.overlay["actions"].as_array().into_iter().flatten();
        let added: Vec<Value> = actions.filter_map(|action| copy.action(action)).collect();
        if let Some(actions) = made.overlay["actions"].as_array_mut() {
            actions.extend(added);
        }
    }
    made
}

struct Copy {
    number: usize,
}

impl Copy {
    fn name(&self, name: &str) -> String {
        if BY_NAME.contains(&name) { name.to_owned() } else { format!("{name}{}", self.number) }
    }

    fn path(&self, path: &str) -> String {
        format!("/copy-{}{path}", self.number)
    }

    fn add_paths(&self, from: &Value, to: &mut Value) {
        let Some(paths) = to["paths"].as_object_mut() else { return };
        for (path, item) in from["paths"].as_object().into_iter().flatten() {
            if !is_plumbing(item) {
                paths.insert(self.path(path), self.renamed(item));
            }
        }
    }

    fn add_components(&self, from: &Value, to: &mut Value) {
        for (section, entries) in from["components"].as_object().into_iter().flatten() {
            if section != "securitySchemes"
                && let Some(to) = to["components"][section].as_object_mut()
            {
                to.extend(self.components(entries));
            }
        }
    }

    /// The entries of a section of the components, under their names in this copy.
    fn components(&self, entries: &Value) -> Map<String, Value> {
        let own = entries.as_object().into_iter().flatten().filter(|(name, _)| !BY_NAME.contains(&name.as_str()));
        own.map(|(name, entry)| (self.name(name), self.renamed(entry))).collect()
    }

    /// What an action corrects in this copy; nothing of one that corrects all copies, or what all of them share.
    fn action(&self, action: &Value) -> Option<Value> {
        let target = action["target"].as_str()?;
        let update = &action["update"];
        let mut copy = action.clone();
        if let Some(rest) = target.strip_prefix("$.paths['") {
            copy["target"] = format!("$.paths['{}", self.path(rest)).into();
            copy["update"] = self.renamed(update);
        } else if target == "$.components.schemas" {
            copy["update"] = Value::Object(self.components(update));
        } else if target == "$.components" {
            let sections = update.as_object()?.iter();
            let sections =
                sections.map(|(section, entries)| (section.clone(), Value::Object(self.components(entries))));
            copy["update"] = Value::Object(sections.collect());
        } else if let Some(rest) = target.strip_prefix("$.components.schemas.").filter(|rest| !rest.starts_with('*')) {
            let (name, rest) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
            if BY_NAME.contains(&name) {
                return None;
            }
            copy["target"] = format!("$.components.schemas.{}{rest}", self.name(name)).into();
            copy["update"] = self.renamed(update);
        } else {
            return None;
        }
        if let Some(description) = action["description"].as_str() {
            copy["description"] = format!("Copy {}: {description}", self.number).into();
        }
        if update.is_null() {
            copy.as_object_mut()?.shift_remove("update");
        }
        Some(copy)
    }

    /// A node with the names of this copy: of what it refers to, and of the operations in it.
    fn renamed(&self, node: &Value) -> Value {
        match node {
            Value::Object(entries) => {
                let entries = entries.iter().map(|(key, value)| {
                    let value = match (key.as_str(), value.as_str()) {
                        ("$ref", Some(pointer)) => self.reference(pointer).into(),
                        ("operationId", Some(id)) => self.name(id).into(),
                        _ => self.renamed(value),
                    };
                    (key.clone(), value)
                });
                Value::Object(entries.collect())
            }
            Value::Array(items) => items.iter().map(|item| self.renamed(item)).collect(),
            other => other.clone(),
        }
    }

    fn reference(&self, pointer: &str) -> String {
        match pointer.rsplit_once('/') {
            Some((section, name)) => format!("{section}/{}", self.name(name)),
            None => pointer.to_owned(),
        }
    }
}

/// Whether a path has an operation that is there for the sake of others.
fn is_plumbing(item: &Value) -> bool {
    item.as_object().into_iter().flatten().any(|(_, operation)| operation.get("x-plumbing").is_some())
}
