//! A string that becomes a segment of a path gets a hand-written type, which refuses what would change the path's shape.
//! A named string, also one with a hand-written type of its own, is one here: what is in a path is an id first.

use serde_json::{Value, json};

use super::PATH_ID_FORMAT;
use crate::{schema, service::METHODS};

/// Marks the string parameters in paths, so that progenitor's settings can find them.
pub(crate) fn mark(document: &mut Value) {
    // Nothing is marked in the schemas, which are looked into: so they need no copy.
    let schemas = document.pointer_mut("/components/schemas").map(Value::take).unwrap_or_default();
    let mut before = json!({"components": {}});
    before["components"]["schemas"] = schemas;
    let mark_all = |owner: &mut Value| {
        if let Some(parameters) = owner.get_mut("parameters").and_then(Value::as_array_mut) {
            parameters.iter_mut().for_each(|parameter| mark_here(&before, parameter));
        }
    };
    if let Some(parameters) = document.pointer_mut("/components/parameters").and_then(Value::as_object_mut) {
        parameters.values_mut().for_each(|parameter| mark_here(&before, parameter));
    }
    for item in
        document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flat_map(|paths| paths.values_mut())
    {
        mark_all(item);
        for method in METHODS {
            item.get_mut(method).into_iter().for_each(mark_all);
        }
    }
    if let Some(schemas) = document.pointer_mut("/components/schemas") {
        *schemas = before["components"]["schemas"].take();
    }
}

fn mark_here(document: &Value, parameter: &mut Value) {
    let in_path = parameter.get("in").and_then(Value::as_str) == Some("path");
    let Some(schema) = parameter.get_mut("schema") else { return };
    let resolved = schema::resolve(document, schema);
    let is_text = resolved.get("type").and_then(Value::as_str) == Some("string") && resolved.get("enum").is_none();
    if in_path && is_text {
        // Nothing else may stand in the schema: progenitor finds it by comparing.
        *schema = json!({"type": "string", "format": PATH_ID_FORMAT});
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_string_is_marked_and_an_enumeration_is_not() {
        let named = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let parameter = |name: &str| json!({"name": name, "in": "path", "schema": named(name)});
        let mut document = json!({
            "paths": {"/a/{Kind}/{Timestamp}": {"parameters": [parameter("Kind"), parameter("Timestamp")]}},
            "components": {"schemas": {
                "Kind": {"type": "string", "enum": ["data"]},
                "Timestamp": {"type": "string"},
            }},
        });
        mark(&mut document);
        let parameters = &document["paths"]["/a/{Kind}/{Timestamp}"]["parameters"];
        assert_eq!(parameters[0]["schema"], named("Kind"));
        assert_eq!(parameters[1]["schema"], json!({"type": "string", "format": "path-id"}));
    }

    #[test]
    fn strings_in_paths_are_marked_and_nothing_else_is() {
        let text = json!({"type": "string", "description": "An id."});
        let number = json!({"type": "integer"});
        let parameter = |place: &str, schema: &Value| json!({"name": "it", "in": place, "schema": schema});
        let mut document = json!({"paths": {"/a/{it}": {
            "parameters": [parameter("path", &text), parameter("path", &number)],
            "get": {"parameters": [parameter("query", &text)]},
        }}});
        mark(&mut document);
        let item = &document["paths"]["/a/{it}"];
        assert_eq!(item["parameters"][0]["schema"], json!({"type": "string", "format": "path-id"}));
        assert_eq!(item["parameters"][1]["schema"], number);
        assert_eq!(item["get"]["parameters"][0]["schema"], text);
    }
}
