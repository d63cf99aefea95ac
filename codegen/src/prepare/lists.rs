//! Of an optional list progenitor makes a `Vec` that is left out when it is empty, and that refuses `null`. A list that
//! may be null becomes an `Option<Vec<_>>`, of which the pass over the types then makes a `List`.

use serde_json::Value;

use super::{is_optional, required};
use crate::schema;

/// Lets every optional list be null.
pub(crate) fn make_nullable(document: &mut Value) {
    schema::for_each(document, &mut |node| {
        let required = required(node);
        let Some(properties) = node.get_mut("properties").and_then(Value::as_object_mut) else { return };
        for (name, property) in properties {
            if property.get("type").and_then(Value::as_str) == Some("array") && is_optional(&required, name) {
                property["nullable"] = Value::Bool(true);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

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
