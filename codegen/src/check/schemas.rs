//! What schemas progenitor and typify can't make a type of.

use std::collections::BTreeSet;

use serde_json::Value;

use super::node::{Inspection, Node, kind_of, list, nearest};
use super::shape::{SCHEMA, Visited};
use crate::rust;

const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];

/// The keywords that say something about values of some types only.
const KEYWORDS: &[(&str, &[&str])] = &[
    ("pattern", &["string"]),
    ("minLength", &["string"]),
    ("maxLength", &["string"]),
    ("multipleOf", &["integer", "number"]),
    ("minimum", &["integer", "number"]),
    ("exclusiveMinimum", &["integer", "number"]),
    ("maximum", &["integer", "number"]),
    ("exclusiveMaximum", &["integer", "number"]),
    ("items", &["array"]),
    ("minItems", &["array"]),
    ("maxItems", &["array"]),
    ("uniqueItems", &["array"]),
    ("properties", &["object"]),
    ("required", &["object"]),
    ("additionalProperties", &["object"]),
    ("minProperties", &["object"]),
    ("maxProperties", &["object"]),
    ("format", &["string", "integer", "number"]),
];

/// Reports schemas that no type can be made of.
pub(super) fn check<'a>(inspection: &mut Inspection<'a>, visited: &Visited<'a>) {
    check_hand_written(inspection);
    for schema in visited.all(&SCHEMA) {
        let Some(kind) = check_type(inspection, schema) else {
            continue;
        };
        check_keywords(inspection, schema, kind);
        check_limits(inspection, schema);
        check_parts(inspection, schema);
        check_contradictions(inspection, schema, kind);
        check_required(inspection, schema);
        if check_enum(inspection, schema, kind) {
            check_default(inspection, schema, kind);
        }
    }
}

/// Reports schemas that a hand-written type stands for, and that are not what it reads: a text.
fn check_hand_written(inspection: &mut Inspection<'_>) {
    for (name, _) in rust::HAND_WRITTEN {
        let Some(schema) = inspection.root().at(&["components", "schemas", name]) else { continue };
        let is_text = inspection.follow(&schema).is_some_and(|schema| schema.text_of("type") == Some("string"));
        if !is_text {
            inspection.report(
                &schema,
                format!(
                    "the client has a type of its own for the schema `{name}`, which reads texts, and this is none"
                ),
                "write `type: string`, or give the schema another name",
            );
        }
    }
}

/// A schema's type: `Some(None)` if it has none, and nothing if it is no type at all (which is reported).
fn check_type<'a>(inspection: &mut Inspection<'a>, schema: &Node<'a>) -> Option<Option<&'a str>> {
    let Some(node) = schema.get("type") else {
        return Some(None);
    };
    let instead = match node.value {
        Value::String(name) if TYPES.contains(&name.as_str()) => return Some(Some(name)),
        Value::String(name) if name == "null" => {
            "write the type of the value that is not null, and `nullable: true` beside it".to_owned()
        }
        Value::String(name) => {
            let synonym = match name.to_lowercase().as_str() {
                "long" => Some("integer`, and `format: int64"),
                "int" => Some("integer`, and `format: int32"),
                "float" | "double" | "decimal" => Some("number"),
                "bool" => Some("boolean"),
                "list" => Some("array"),
                "map" | "dict" => Some("object"),
                "date" | "datetime" | "timestamp" | "uuid" | "text" => Some("string"),
                other => nearest(other, TYPES.iter().copied()),
            };
            match synonym {
                Some(meant) => format!("write `type: {meant}`"),
                None => format!("write one of {}", list(TYPES)),
            }
        }
        Value::Array(_) => {
            "write one type, and `nullable: true` if it may be null (a list of types is OpenAPI 3.1)".to_owned()
        }
        _ => format!("write one of {}", list(TYPES)),
    };
    let what = match node.value {
        Value::String(name) => format!("`{name}` is not a type of OpenAPI 3.0"),
        other => format!("the `type` is {}, and must be one type", kind_of(other)),
    };
    inspection.report_value(&node, what, instead);
    None
}

fn check_keywords(inspection: &mut Inspection<'_>, schema: &Node<'_>, kind: Option<&str>) {
    for (keyword, types) in KEYWORDS {
        let Some(node) = schema.get(keyword) else {
            continue;
        };
        match kind {
            Some(kind) if types.contains(&kind) => {}
            Some(kind) => inspection.report(
                &node,
                format!("`{keyword}` says nothing about {}", with_article(kind)),
                format!("leave it out, or write `type: {}`", types[0]),
            ),
            // Parts of an `allOf` often say no more than `required`.
            None if types == &["object"] => {}
            None => {
                let meant = match node.value.as_str() {
                    Some("int32" | "int64") => "integer",
                    Some("float" | "double") => "number",
                    _ => types[0],
                };
                inspection.report(
                    &node,
                    format!("`{keyword}` stands in a schema without a `type`"),
                    format!("write `type: {meant}` beside it"),
                );
            }
        }
    }
    if kind == Some("array") && !schema.has("items") {
        inspection.report(
            schema,
            "the array has no `items`, so that its items have no type",
            "write `items:` with the schema of an item; `items: {}` is any JSON",
        );
    }
}

fn check_limits(inspection: &mut Inspection<'_>, schema: &Node<'_>) {
    for (exclusive, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if schema.is_true(exclusive)
            && !schema.has(limit)
            && let Some(node) = schema.get(exclusive)
        {
            inspection.report(
                &node,
                format!("`{exclusive}: true` stands without a `{limit}`, and says nothing alone"),
                format!("write `{limit}:` and the number beside it"),
            );
        }
    }
}

fn check_parts(inspection: &mut Inspection<'_>, schema: &Node<'_>) {
    for key in ["allOf", "oneOf", "anyOf"] {
        if let Some(node) = schema.get(key)
            && node.value.as_array().is_some_and(Vec::is_empty)
        {
            inspection.report(
                &node,
                format!("`{key}` has no schemas in it"),
                "leave it out, or write at least one schema",
            );
        }
    }
    // Typify checks the values against the parts, before it knows what the parts are.
    let composition = ["allOf", "oneOf", "anyOf"].into_iter().find(|key| schema.has(key));
    for key in ["enum", "default"] {
        if let (Some(node), Some(composition)) = (schema.get(key), composition) {
            inspection.report(
                &node,
                format!("`{key}` stands beside `{composition}`, and progenitor can't make one type of both"),
                format!("write `{key}` into the part of `{composition}` that it belongs to, or leave it out"),
            );
        }
    }
    if let Some(node) = schema.get("not") {
        inspection.report(
            &node,
            "`not` says what a value is not, and no type can be made of that",
            "say what the value is, and put the exception into the description",
        );
    }
    if schema.has("oneOf")
        && let Some(node) = schema.get("anyOf")
    {
        inspection.report(
            &node,
            "`anyOf` and `oneOf` stand in one schema, which typify panics on",
            "keep one of the two, or put them into two parts of an `allOf`",
        );
    }
}

/// Reports parts of a schema that no value can fit together with the rest of it.
fn check_contradictions<'a>(inspection: &mut Inspection<'a>, schema: &Node<'a>, kind: Option<&'a str>) {
    for key in ["allOf", "oneOf", "anyOf"] {
        let mut expected = kind;
        for part in schema.items_of(key) {
            let Some(found) = inspection.follow(&part).and_then(|part| part.text_of("type")) else {
                continue;
            };
            match expected {
                Some(expected) if !is_compatible(expected, found) => inspection.report(
                    &part,
                    format!(
                        "this part of `{key}` is {}, and the rest is {}, so that no value fits both",
                        with_article(found),
                        with_article(expected)
                    ),
                    "give both the same type, or leave the part out",
                ),
                // The parts of `allOf` must fit each other too; the others are alternatives.
                None if key == "allOf" => expected = Some(found),
                _ => {}
            }
        }
    }
}

/// Whether a value can be of both types.
fn is_compatible(one: &str, other: &str) -> bool {
    let is_number = |kind: &str| matches!(kind, "integer" | "number");
    one == other || (is_number(one) && is_number(other))
}

/// Reports names in `required` that no property has: they would become fields of any type.
fn check_required(inspection: &mut Inspection<'_>, schema: &Node<'_>) {
    let is_part =
        ["allOf", "oneOf", "anyOf"].iter().any(|key| schema.has(key) || schema.pointer.contains(&format!("/{key}/")));
    let properties = schema.entries_of("properties");
    if is_part {
        return;
    }
    for name in schema.items_of("required") {
        let Some(text) = name.value.as_str() else {
            continue;
        };
        if properties.iter().any(|(property, _)| *property == text) {
            continue;
        }
        let instead = match nearest(text, properties.iter().map(|(property, _)| *property)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("add `{text}` to `properties`, or leave it out here"),
        };
        inspection.report(&name, format!("`{text}` is required, and there is no such property"), instead);
    }
}

/// Whether the values of an `enum`, if there is one, are fine.
fn check_enum(inspection: &mut Inspection<'_>, schema: &Node<'_>, kind: Option<&str>) -> bool {
    let Some(node) = schema.get("enum").filter(|node| node.value.is_array()) else {
        return true;
    };
    let values = node.items();
    if values.is_empty() {
        inspection.report(
            &node,
            "`enum` has no values, so that no value is right",
            "write the values, or leave `enum` out",
        );
        return false;
    }
    if values.iter().all(|value| value.value.is_null()) {
        inspection.report(
            &node,
            "`enum` lists null and nothing else, and no type has that value alone",
            "write the other values, or leave the field out of the document",
        );
        return false;
    }
    if let Some(kind @ ("object" | "array")) = kind {
        inspection.report(
            &node,
            format!("`enum` stands in {}, and no type can be made of that", with_article(kind)),
            "leave `enum` out, and put the values into the description",
        );
        return false;
    }
    let mut is_fine = true;
    let mut kinds = BTreeSet::new();
    for value in &values {
        let is_null = value.value.is_null();
        let fits = match kind {
            _ if is_null => schema.is_true("nullable"),
            Some(kind) => is_of(value.value, kind),
            None => !value.value.is_object() && !value.value.is_array(),
        };
        if !is_null {
            kinds.insert(kind_of(value.value));
        }
        if !fits {
            is_fine = false;
            let (what, instead) = match kind {
                _ if is_null => (
                    "`enum` lists null, and the schema is not nullable".to_owned(),
                    "write `nullable: true` beside it, or leave null out".to_owned(),
                ),
                Some(kind) => (
                    format!("`enum` lists {} in a schema of the type {kind}", kind_of(value.value)),
                    if kind == "string" {
                        format!("put quotes around it: `\"{}\"`", value.value)
                    } else {
                        format!("write {}", with_article(kind))
                    },
                ),
                None => (
                    format!("`enum` lists {}", kind_of(value.value)),
                    "list texts, numbers or booleans only".to_owned(),
                ),
            };
            inspection.report_value(value, what, instead);
        }
    }
    if kind.is_none() && kinds.len() > 1 {
        is_fine = false;
        inspection.report(
            &node,
            "`enum` lists values of different types, which typify panics on",
            "write `type:`, and values of that type only",
        );
    }
    is_fine
}

fn check_default(inspection: &mut Inspection<'_>, schema: &Node<'_>, kind: Option<&str>) {
    let Some(node) = schema.get("default").filter(|node| !node.value.is_null()) else {
        return;
    };
    if let Some(kind) = kind
        && !is_of(node.value, kind)
    {
        inspection.report_value(
            &node,
            format!("the default is {}, and the type is {kind}", kind_of(node.value)),
            format!("write {}", with_article(kind)),
        );
        return;
    }
    if let Some(values) = schema.value.get("enum").and_then(Value::as_array)
        && !values.contains(node.value)
    {
        inspection.report_value(
            &node,
            "the default is not one of the values of `enum`",
            "write one of the values, or add this one",
        );
    }
    let number = |key: &str| schema.value.get(key).and_then(Value::as_f64);
    let Some(default) = node.value.as_f64() else {
        return;
    };
    let is_below = number("minimum")
        .is_some_and(|minimum| default < minimum || (schema.is_true("exclusiveMinimum") && default <= minimum));
    let is_above = number("maximum")
        .is_some_and(|maximum| default > maximum || (schema.is_true("exclusiveMaximum") && default >= maximum));
    let is_too_wide =
        schema.text_of("format") == Some("int32") && !(f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&default);
    if is_below || is_above || is_too_wide {
        inspection.report_value(
            &node,
            "the default is outside of the schema's own limits",
            "write a default within the limits, or mend the limits",
        );
    }
}

/// Whether a value is of a type of OpenAPI.
fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        // OpenAPI 3.0.4 knows integers by their value: `1.0` is one.
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

/// The word with its article: `an object`.
pub(super) fn with_article(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {kind}")
}
