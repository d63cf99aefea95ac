//! An object of which the document names no property (`recoverDataVolume: {}`) becomes a free map, which the caller
//! would have to supply. Closed, it is a type with no fields, which the generated code can write down by itself.

use serde_json::Value;

use crate::schema;

/// Closes every object that has no properties and does not say that it is a map.
pub(crate) fn close(document: &mut Value) {
    schema::for_each(document, &mut |node| {
        let is_object = node.get("type").and_then(Value::as_str) == Some("object");
        let is_empty = node.get("properties").and_then(Value::as_object).is_none_or(serde_json::Map::is_empty);
        let has_parts =
            ["allOf", "anyOf", "oneOf", "not", "additionalProperties"].iter().any(|key| node.get(key).is_some());
        if is_object && is_empty && !has_parts {
            node["additionalProperties"] = Value::Bool(false);
        }
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_empty_object_is_closed_and_a_map_stays_a_map() {
        let map = json!({"type": "object", "additionalProperties": true});
        let mut document = json!({"components": {"schemas": {"Empty": {"type": "object"}, "Map": map}}});
        close(&mut document);
        let schemas = &document["components"]["schemas"];
        assert_eq!(schemas["Empty"], json!({"type": "object", "additionalProperties": false}));
        assert_eq!(schemas["Map"], map);
    }
}
