//! A named schema that may be null (`nullable: true` on the error code itself) becomes `ErrorCode(pub Option<…>)` in
//! progenitor's hands. The null belongs to the places that use the schema: an optional property takes null as it is;
//! a required one gets an `allOf` that may be null. An `allOf` of the one schema, which is how a description comes to
//! stand beside a reference, is a use like any other.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{is_optional, required};
use crate::schema;

/// Moves `nullable` from named schemas to where they are used.
pub(crate) fn move_to_uses(document: &mut Value) {
    let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) else { return };
    let mut moved = BTreeSet::new();
    for (name, schema) in schemas {
        let Some(schema) = schema.as_object_mut() else { continue };
        if schema.remove("nullable") == Some(Value::Bool(true)) {
            moved.insert(name.clone());
        }
    }
    let may_be_null = |node: &Value| schema::component(node).is_some_and(|name| moved.contains(name));
    let wrap = |node: &mut Value| {
        let only = node.get("allOf").and_then(Value::as_array).filter(|all| all.len() == 1);
        if only.is_some_and(|all| may_be_null(&all[0])) {
            node["nullable"] = Value::Bool(true);
        } else if may_be_null(node) {
            *node = json!({"allOf": [node.clone()], "nullable": true});
        }
    };
    schema::for_each(document, &mut |node| {
        let required = required(node);
        if let Some(properties) = node.get_mut("properties").and_then(Value::as_object_mut) {
            let needed = properties.iter_mut().filter(|(name, _)| !is_optional(&required, name));
            needed.for_each(|(_, property)| wrap(property));
        }
        for inner in ["items", "additionalProperties"] {
            if let Some(inner) = node.get_mut(inner) {
                wrap(inner);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn optional_uses_stay_plain_and_the_others_say_null_themselves() {
        let reference = json!({"$ref": "#/components/schemas/ErrorCode"});
        let described = json!({"allOf": [reference], "description": "Why."});
        let mut document = json!({"components": {"schemas": {
            "ErrorCode": {"type": "object", "nullable": true, "properties": {"cause": reference}},
            "Answer": {"type": "object", "required": ["error", "described"], "properties": {
                "error": reference, "described": described, "causes": {"type": "array", "items": reference},
            }},
        }}});
        move_to_uses(&mut document);
        let wrapped = json!({"allOf": [reference], "nullable": true});
        let described = json!({"allOf": [reference], "description": "Why.", "nullable": true});
        assert_eq!(
            document["components"]["schemas"],
            json!({
                "ErrorCode": {"type": "object", "properties": {"cause": reference}},
                "Answer": {"type": "object", "required": ["error", "described"], "properties": {
                    "error": wrapped, "described": described, "causes": {"type": "array", "items": wrapped},
                }},
            })
        );
    }
}
