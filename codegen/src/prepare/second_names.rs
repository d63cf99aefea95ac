//! A named schema that is nothing but a `$ref` is a second name for what that leads to. Progenitor makes a wrapper type
//! of it, which users would have to wrap and unwrap by hand; and of a chain of such names, types that hold each other.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::schema;

/// Puts the first name where a second one is referred to.
pub(crate) fn replace(document: &mut Value) {
    let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) else { return };
    let second: BTreeMap<String, String> =
        schemas.iter().filter_map(|(name, node)| Some((name.clone(), schema::component(node)?.to_owned()))).collect();
    if second.is_empty() {
        return;
    }
    // Nothing refers to them any more, and progenitor would make a type of each.
    schemas.retain(|name, _| !second.contains_key(name));
    schema::for_each(document, &mut |node| {
        let Some(mut name) = schema::component(node).filter(|name| second.contains_key(*name)) else { return };
        // A ring has been reported before anything here runs; no other chain is longer.
        for _ in 0..second.len() {
            match second.get(name) {
                Some(next) => name = next,
                None => break,
            }
        }
        *node = json!({"$ref": format!("#/components/schemas/{name}")});
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_to_a_reference_becomes_the_last_one() {
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let mut document = json!({"components": {"schemas": {
            "Volume": {"type": "object", "properties": {"parent": reference("Again"), "next": reference("Volume")}},
            "Again": reference("Disk"),
            "Disk": reference("Volume"),
        }}});
        replace(&mut document);
        let properties = json!({"parent": reference("Volume"), "next": reference("Volume")});
        assert_eq!(document["components"]["schemas"], json!({"Volume": {"type": "object", "properties": properties}}));
    }
}
