//! Validates values against the document's schemas, which are turned into JSON Schema Draft 7 first.
//!
//! Draft 7 and not an older one, because it takes `1.0` for an integer, as OpenAPI 3.0.4 does.

use serde_json::{Map, Value, json};

use crate::document::reference;

/// What becomes of a field that a schema does not name.
#[derive(Clone, Copy, Eq, PartialEq)]
pub enum Unknown {
    Allowed,
    Refused,
}

/// Keywords that mean the same in Draft 7.
const SAME: [&str; 12] = [
    "$ref",
    "enum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "pattern",
    "required",
];

/// Keywords that say nothing about which values are valid, or that another keyword's translation takes up.
const DROPPED: [&str; 5] = ["default", "description", "example", "format", "nullable"];

/// A schema of the document, ready to validate with.
pub struct Validator(jsonschema::Validator);

impl Validator {
    pub fn new(document: &Value, schema: &Value, unknown: Unknown) -> Self {
        let root = to_draft7(document, schema, unknown);
        match jsonschema::draft7::new(&root) {
            Ok(validator) => Self(validator),
            Err(error) => panic!("not a schema of Draft 7: {error}: {root}"),
        }
    }

    /// Everything that is wrong with a value: where, and what.
    pub fn problems(&self, value: &Value) -> Vec<String> {
        let errors = self.0.iter_errors(value);
        errors.map(|error| format!("{}: {error}", error.instance_path())).collect()
    }
}

/// A schema of Draft 7 that holds all named schemas of the document, so that references lead somewhere.
pub fn to_draft7(document: &Value, schema: &Value, unknown: Unknown) -> Value {
    let named: Map<String, Value> = document["components"]["schemas"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, schema)| (name.clone(), convert(schema, unknown)))
        .collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "allOf": [convert(schema, unknown)],
        "components": { "schemas": named },
    })
}

fn convert(schema: &Value, unknown: Unknown) -> Value {
    let Some(object) = schema.as_object() else {
        return schema.clone();
    };
    let mut converted = Map::new();
    for (key, value) in object {
        let value = match key.as_str() {
            "properties" => {
                let properties = value.as_object().into_iter().flatten();
                let properties: Map<String, Value> =
                    properties.map(|(name, property)| (name.clone(), convert(property, unknown))).collect();
                Value::Object(properties)
            }
            "items" | "additionalProperties" => convert(value, unknown),
            "allOf" => {
                let schemas = value.as_array().into_iter().flatten();
                schemas.map(|schema| convert(schema, unknown)).collect()
            }
            "type" if schema["nullable"] == true => json!([value, "null"]),
            "type" => value.clone(),
            same if SAME.contains(&same) => value.clone(),
            dropped if DROPPED.contains(&dropped) || dropped.starts_with("x-") => continue,
            other => panic!("the keyword {other} has no translation to Draft 7 here: {schema}"),
        };
        converted.insert(key.clone(), value);
    }
    let bounds = match schema["format"].as_str() {
        Some("int32") => Some((i64::from(i32::MIN), i64::from(i32::MAX))),
        Some("int64") => Some((i64::MIN, i64::MAX)),
        _ => None,
    };
    if let Some((minimum, maximum)) = bounds {
        converted.entry("minimum").or_insert(minimum.into());
        converted.entry("maximum").or_insert(maximum.into());
    }
    if unknown == Unknown::Refused && schema["type"] == "object" && reference(schema).is_none() {
        converted.entry("additionalProperties").or_insert(false.into());
    }
    Value::Object(converted)
}
