//! Limits are rules of the server, which enforces them. In a client they do harm: `minimum: 1` makes `NonZeroU32` of
//! an `i32`, past the lenient conversion; `pattern` brings a regex engine into every user's build; a length makes a
//! wrapper type; a closed object, and an answer outside its limits, would fail to decode. They stay in the document,
//! and in the descriptions. String formats go as well: nobody here promises that a text is what its format says.

use serde_json::{Map, Value};

use crate::schema;

const LIMITS: [&str; 13] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "pattern",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// Takes every limit away.
pub(crate) fn remove(document: &mut Value) {
    schema::for_each(document, &mut |node| {
        if let Some(node) = node.as_object_mut() {
            remove_here(node);
        }
    });
}

fn remove_here(node: &mut Map<String, Value>) {
    node.retain(|key, _| !LIMITS.contains(&key.as_str()));
    if node.get("additionalProperties") == Some(&Value::Bool(false)) {
        node.remove("additionalProperties");
    }
    if node.get("type").and_then(Value::as_str) == Some("string")
        && !matches!(node.get("format").and_then(Value::as_str), Some("binary"))
    {
        node.remove("format");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn without_limits(schema: Value) -> Value {
        let mut document = json!({"components": {"schemas": {"It": schema}}});
        remove(&mut document);
        document["components"]["schemas"]["It"].clone()
    }

    #[test]
    fn an_int32_keeps_its_format_and_loses_its_bounds() {
        let port = json!({"type": "integer", "format": "int32", "minimum": 1, "maximum": 65535});
        assert_eq!(without_limits(port), json!({"type": "integer", "format": "int32"}));
    }

    #[test]
    fn a_string_loses_pattern_length_and_format() {
        let id =
            json!({"type": "string", "format": "uuid", "pattern": "^[0-9a-f]{32}$", "minLength": 32, "maxLength": 32});
        assert_eq!(without_limits(id), json!({"type": "string"}));
    }

    #[test]
    fn a_property_that_is_called_like_a_limit_stays() {
        let schema = json!({"type": "object", "properties": {"pattern": {"type": "string"}}});
        assert_eq!(without_limits(schema.clone()), schema);
    }
}
