//! Of an optional list progenitor makes a `Vec` that is left out when it is empty, and that refuses `null`. A list that
//! may be null becomes an `Option<Vec<_>>`, of which the pass over the types then makes a `List`. An optional map would
//! be left out when it is empty as well, and would have to be given to a builder; as an `Option` it may be left out.

use serde_json::Value;

use super::{is_optional, required};
use crate::schema;

/// Lets every optional list, and every optional map, be null.
pub(crate) fn make_nullable(document: &mut Value) {
    schema::for_each(document, &mut |node| {
        let required = required(node);
        let Some(properties) = node.get_mut("properties").and_then(Value::as_object_mut) else { return };
        for (name, property) in properties {
            let is_list = property.get("type").and_then(Value::as_str) == Some("array");
            if (is_list || is_map(property)) && is_optional(&required, name) {
                property["nullable"] = Value::Bool(true);
            }
        }
    });
}

/// An object of which the document names no property, but what its values are.
fn is_map(schema: &Value) -> bool {
    let more = schema.get("additionalProperties");
    let is_empty = schema.get("properties").and_then(Value::as_object).is_none_or(serde_json::Map::is_empty);
    schema.get("type").and_then(Value::as_str) == Some("object")
        && is_empty
        && more.is_some_and(|more| *more != Value::Bool(false))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn optional_maps_may_be_null_and_closed_objects_are_none() {
        let map = json!({"type": "object", "additionalProperties": {"type": "integer"}});
        let closed = json!({"type": "object", "additionalProperties": false});
        let mut document = json!({"components": {"schemas": {"It": {
            "type": "object", "required": ["must"], "properties": {"may": map, "must": map, "closed": closed},
        }}}});
        make_nullable(&mut document);
        let properties = &document["components"]["schemas"]["It"]["properties"];
        assert_eq!(properties["may"]["nullable"], json!(true));
        assert_eq!((&properties["must"], &properties["closed"]), (&map, &closed));
    }

    #[test]
    fn optional_lists_may_be_null_and_required_ones_may_not() {
        let list = json!({"type": "array", "items": {"type": "string"}});
        let mut document = json!({"components": {"schemas": {"It": {
            "type": "object", "required": ["must"], "properties": {"may": list, "must": list},
        }}}});
        make_nullable(&mut document);
        let properties = &document["components"]["schemas"]["It"]["properties"];
        assert_eq!(properties["may"]["nullable"], json!(true));
        assert_eq!(properties["must"], list);
    }
}
