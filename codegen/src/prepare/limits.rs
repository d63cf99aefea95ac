//! Limits are rules of the server, which enforces them. In a client they do harm: `minimum: 1` makes `NonZeroU32` of
//! an `i32`, past the lenient conversion; `pattern` brings a regex engine into every user's build; a length makes a
//! wrapper type; a closed object, and an answer outside its limits, would fail to decode. They stay in the document,
//! and in the descriptions. String formats go as well: nobody here promises that a text is what its format says. So do
//! the values of an `enum` of numbers: of one, typify makes a number in a wrapper, which has no names for its values, and
//! can't be written into a path.

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
    remove_numbers(node);
    if node.get("type").and_then(Value::as_str) == Some("string")
        && !matches!(node.get("format").and_then(Value::as_str), Some("binary"))
    {
        node.remove("format");
    }
}

/// Leaves of an `enum` of numbers, or of `true` and `false`, the type.
fn remove_numbers(node: &mut Map<String, Value>) {
    let Some(values) = node.get("enum").and_then(Value::as_array) else { return };
    let Some(first) = values.iter().find(|value| !value.is_null()).filter(|first| !first.is_string()) else { return };
    let kind = match first {
        Value::Bool(_) => "boolean",
        _ if values.iter().all(|value| value.is_null() || value.is_i64() || value.is_u64()) => "integer",
        _ => "number",
    };
    node.remove("enum");
    node.entry("type").or_insert_with(|| kind.into());
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
    fn an_enum_of_numbers_is_a_number_and_one_of_texts_stays() {
        assert_eq!(without_limits(json!({"type": "integer", "enum": [1, 2]})), json!({"type": "integer"}));
        assert_eq!(
            without_limits(json!({"nullable": true, "enum": [0.5, null]})),
            json!({"nullable": true, "type": "number"})
        );
        let texts = json!({"type": "string", "enum": ["1"]});
        assert_eq!(without_limits(texts.clone()), texts);
    }

    #[test]
    fn a_property_that_is_called_like_a_limit_stays() {
        let schema = json!({"type": "object", "properties": {"pattern": {"type": "string"}}});
        assert_eq!(without_limits(schema.clone()), schema);
    }
}
