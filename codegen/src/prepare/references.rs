//! Nothing may stand beside a `$ref`, so a field that is a plain reference (`error`, `cause`) has no description of its
//! own. It gets the one of the schema that it refers to: the generated field must say what it is.

use serde_json::{Value, json};

use crate::schema;

/// Describes every property that is a plain reference.
pub(crate) fn describe(document: &mut Value) {
    let before = document.clone();
    schema::for_each(document, &mut |node| {
        let Some(properties) = node.get_mut("properties").and_then(Value::as_object_mut) else { return };
        for property in properties.values_mut().filter(|property| schema::reference(property).is_some()) {
            if let Some(description) = schema::resolve(&before, property).get("description") {
                *property = json!({"allOf": [property.clone()], "description": description});
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
