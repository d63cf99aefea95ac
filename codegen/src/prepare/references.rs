//! Nothing may stand beside a `$ref`, so a field that is a plain reference (`error`, `cause`) has no description of its
//! own. It gets the one of the schema that it refers to: the generated field must say what it is.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{place, schema};

/// Describes every property that is a plain reference.
pub(crate) fn describe(document: &mut Value) {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
    let descriptions = schemas.filter_map(|(name, schema)| {
        let description = schema::resolve(document, schema).get("description")?;
        Some((place::child("/components/schemas", name), description.clone()))
    });
    let descriptions: BTreeMap<String, Value> = descriptions.collect();
    schema::for_each(document, &mut |node| {
        let Some(properties) = node.get_mut("properties").and_then(Value::as_object_mut) else { return };
        for property in properties.values_mut() {
            if let Some(description) = schema::reference(property).and_then(|pointer| descriptions.get(pointer)) {
                *property = json!({"allOf": [property.take()], "description": description});
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_reference_is_described_as_what_it_refers_to() {
        let reference = json!({"$ref": "#/components/schemas/ErrorCode"});
        let mut document = json!({"components": {"schemas": {
            "ErrorCode": {"type": "object", "description": "Why."},
            "Answer": {"type": "object", "properties": {"error": reference}},
        }}});
        describe(&mut document);
        let property = &document["components"]["schemas"]["Answer"]["properties"]["error"];
        assert_eq!(*property, json!({"allOf": [reference], "description": "Why."}));
    }
}
