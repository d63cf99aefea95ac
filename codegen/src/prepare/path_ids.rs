//! A string that becomes a segment of a path gets a hand-written type, which refuses what would change the path's shape.

use serde_json::Value;

use super::PATH_ID_FORMAT;
use crate::service::METHODS;

/// Marks the string parameters in paths, so that progenitor's settings can find them.
pub(crate) fn mark(document: &mut Value) {
    if let Some(parameters) = document.pointer_mut("/components/parameters").and_then(Value::as_object_mut) {
        parameters.values_mut().for_each(mark_here);
    }
    for item in
        document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flat_map(|paths| paths.values_mut())
    {
        mark_all(item);
        for method in METHODS {
            item.get_mut(method).into_iter().for_each(mark_all);
        }
    }
}

fn mark_all(owner: &mut Value) {
    if let Some(parameters) = owner.get_mut("parameters").and_then(Value::as_array_mut) {
        parameters.iter_mut().for_each(mark_here);
    }
}

fn mark_here(parameter: &mut Value) {
    let in_path = parameter.get("in").and_then(Value::as_str) == Some("path");
    let Some(schema) = parameter.get_mut("schema").and_then(Value::as_object_mut) else { return };
    let is_text = schema.get("type").and_then(Value::as_str) == Some("string") && !schema.contains_key("enum");
    if in_path && is_text {
        // Nothing else may stand in the schema: progenitor finds it by comparing.
        *schema = [("type", "string"), ("format", PATH_ID_FORMAT)]
            .map(|(key, value)| (key.to_owned(), Value::from(value)))
            .into_iter()
            .collect();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

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
