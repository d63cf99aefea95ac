//! A named schema that is no object is another name for a list or a string. Progenitor makes a wrapper type of it,
//! which users would have to wrap and unwrap by hand; put where it is used, it is a plain `Vec` or `String`.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{rust, schema};

/// Puts every alias where it is referred to.
pub(crate) fn inline(document: &mut Value) {
    let aliases = Aliases::of(document);
    schema::for_each(document, &mut |node| aliases.inline_here(node));
    // Nothing refers to them any more, and progenitor would make a type of each.
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        schemas.retain(|name, schema| !is_alias(name, schema));
    }
}

/// The names that lead to another name for a list or a plain value, and what that is.
struct Aliases(BTreeMap<String, Value>);

impl Aliases {
    fn of(document: &Value) -> Self {
        let schemas = document.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
        let aliases = schemas.filter_map(|(name, schema)| {
            let target = schema::resolve(document, schema);
            is_alias(name, target).then(|| (as_referred_to(name), target.clone()))
        });
        Self(aliases.collect())
    }

    fn inline_here(&self, node: &mut Value) {
        if let Some(alias) = self.alias(node) {
            *node = alias;
        }
        unwrap_single_all_of(node);
    }

    /// What `node` refers to, when that is an alias.
    fn alias(&self, node: &Value) -> Option<Value> {
        let mut target = self.0.get(schema::component(node)?)?.clone();
        if let Some(items) = target.get_mut("items") {
            self.inline_here(items);
        }
        Some(target)
    }
}

/// A name as the end of a reference has it.
fn as_referred_to(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Whether the schema of this name is another name for a list or a plain value.
fn is_alias(name: &str, schema: &Value) -> bool {
    let kind = schema.get("type").and_then(Value::as_str);
    rust::hand_written(name).is_none() && schema.get("enum").is_none() && kind.is_some_and(|kind| kind != "object")
}

/// `allOf` of one plain schema says the same as that schema; what stands beside it is the more specific word.
fn unwrap_single_all_of(node: &mut Value) {
    let Some(Value::Array(all)) = node.get("allOf") else { return };
    let [only] = all.as_slice() else { return };
    if only.get("$ref").is_some() {
        return;
    }
    let Some(mut merged) = only.as_object().cloned() else { return };
    let Some(outer) = node.as_object() else { return };
    merged.extend(outer.iter().filter(|(key, _)| *key != "allOf").map(|(key, value)| (key.clone(), value.clone())));
    *node = Value::Object(merged);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn inlined(tags: Value) -> Value {
        let mut document = json!({"components": {"schemas": {
            "Tags": {"type": "array", "items": {"type": "string"}, "description": "Shared."},
            "Timestamp": {"type": "string"},
            "Color": {"type": "string", "enum": ["red"]},
            "Used": {"type": "object", "properties": {"it": tags}},
        }}});
        inline(&mut document);
        document["components"]["schemas"]["Used"]["properties"]["it"].clone()
    }

    #[test]
    fn a_reference_to_a_list_becomes_the_list() {
        let list = json!({"type": "array", "items": {"type": "string"}, "description": "Shared."});
        assert_eq!(inlined(json!({"$ref": "#/components/schemas/Tags"})), list);
    }

    #[test]
    fn the_description_beside_an_all_of_wins_over_the_shared_one() {
        let property = json!({"description": "Its own.", "allOf": [{"$ref": "#/components/schemas/Tags"}]});
        let list = json!({"type": "array", "items": {"type": "string"}, "description": "Its own."});
        assert_eq!(inlined(property), list);
    }

    #[test]
    fn enumerations_and_hand_written_types_stay_names() {
        for name in ["Color", "Timestamp"] {
            let reference = json!({"$ref": format!("#/components/schemas/{name}")});
            assert_eq!(inlined(reference.clone()), reference);
        }
    }
}
