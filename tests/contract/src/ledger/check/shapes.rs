//! What a schema is, and what it says beyond that.

use serde_json::{Map, Value};

use crate::document::{plain_reference, reference, resolve};

/// The shapes of schema that the document uses. Whatever a shape does not account for shows as a limit.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Shape {
    /// `$ref` alone.
    PlainReference,
    /// `allOf` with one plain reference, so that words can stand beside it.
    WrappedReference,
    /// An object with the properties that it names.
    Object,
    /// An object with any properties.
    Map,
    List,
    /// A text, a number or a truth value.
    Scalar,
}

impl Shape {
    pub(super) fn of(schema: &Value) -> Self {
        let has = |key: &str| schema.get(key).is_some();
        if has("$ref") {
            Self::PlainReference
        } else if wraps_one_reference(schema) {
            Self::WrappedReference
        } else {
            match schema["type"].as_str() {
                Some("object") if has("properties") => Self::Object,
                Some("object") => Self::Map,
                Some("array") => Self::List,
                _ => Self::Scalar,
            }
        }
    }

    /// The keywords that make the shape.
    fn keywords(self) -> &'static [&'static str] {
        match self {
            Self::PlainReference => &["$ref"],
            Self::WrappedReference => &["allOf"],
            Self::Object => &["type", "properties", "required"],
            Self::Map => &["type", "additionalProperties"],
            Self::List => &["type", "items"],
            Self::Scalar => &["type", "format"],
        }
    }
}

fn wraps_one_reference(schema: &Value) -> bool {
    schema["allOf"].as_array().is_some_and(|schemas| match schemas.as_slice() {
        [only] => plain_reference(only).is_some() && only.as_object().is_some_and(|only| only.len() == 1),
        _ => false,
    })
}

/// Where a schema stands, which decides about the words that may stand in it.
#[derive(Clone, Copy)]
pub(super) enum Stand {
    /// Below `components/schemas`.
    Named,
    Property,
    /// The schema of a parameter or of a list's items: the words are around it.
    Bare,
}

impl Stand {
    fn words(self, shape: Shape) -> &'static [&'static str] {
        match self {
            _ if shape == Shape::PlainReference => &[],
            Self::Named => &["description"],
            Self::Property => &["description", "x-page-required"],
            Self::Bare => &[],
        }
    }
}

/// Keys of a named schema that are not about each field that refers to it. `schemas.rs` holds them to facts.
const OF_NAMED_SCHEMA: [&str; 3] = ["example", "x-error-property", "x-page-required"];

/// Everything that a schema says beyond its shape and its words: the limits of values, and whatever else stands there.
/// That the target of a reference may be null counts too, and so do the limits of a list's items.
pub(super) fn limits(document: &Value, schema: &Value, stand: Stand) -> Map<String, Value> {
    let mut found = match reference(schema).and_then(|target| resolve(document, target)) {
        Some(target) => limits(document, target, Stand::Named),
        None => Map::new(),
    };
    found.retain(|key, _| !OF_NAMED_SCHEMA.contains(&key.as_str()));
    let shape = Shape::of(schema);
    for (key, value) in schema.as_object().into_iter().flatten() {
        if !shape.keywords().contains(&key.as_str()) && !stand.words(shape).contains(&key.as_str()) {
            found.insert(key.clone(), value.clone());
        }
    }
    if shape == Shape::List {
        let of_items = limits(document, &schema["items"], Stand::Bare);
        if !of_items.is_empty() {
            found.insert("items".to_owned(), Value::Object(of_items));
        }
    }
    found
}

/// The type that the document should have for a printed one.
pub(super) fn expected_type(printed: &str) -> String {
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
pub(super) fn type_name(document: &Value, schema: &Value) -> String {
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
