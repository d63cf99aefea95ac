//! Every place of an operation at which a page can state a field: its parameters, and the properties of its bodies at
//! any depth.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::document::{Operation, escape, reference, resolve};

/// Where a field stands, in a page's terms: `path`, `query`, `header`, `cookie`, `body` or `response`, and its path
/// within, such as `inventory.backupStorageRefs[].status`.
pub type Name = (String, String);

/// The places of an operation, by name, each a pointer into the document.
pub fn places(document: &Value, operation: &Operation<'_>) -> BTreeMap<Name, String> {
    let mut walk = Walk { document, found: BTreeMap::new(), within: Vec::new() };
    let parameters = operation.value["parameters"].as_array();
    for (index, parameter) in parameters.into_iter().flatten().enumerate() {
        let text = |key: &str| parameter[key].as_str().unwrap_or_default().to_owned();
        walk.found.insert((text("in"), text("name")), format!("{}/parameters/{index}", operation.pointer));
    }
    let request = &operation.value["requestBody"];
    let pointer = format!("{}/requestBody", operation.pointer);
    walk.content(request, &pointer, "body");
    for (status, response) in operation.value["responses"].as_object().into_iter().flatten() {
        let pointer = format!("{}/responses/{}", operation.pointer, escape(status));
        walk.content(response, &pointer, "response");
    }
    walk.found
}

struct Walk<'a> {
    document: &'a Value,
    found: BTreeMap<Name, String>,
    /// The references that lead to where the walk stands, so that a recursive schema ends it.
    within: Vec<String>,
}

impl Walk<'_> {
    fn content(&mut self, body: &Value, pointer: &str, side: &str) {
        for (media_type, content) in body["content"].as_object().into_iter().flatten() {
            let pointer = format!("{pointer}/content/{}/schema", escape(media_type));
            self.schema(&content["schema"], &pointer, side, "");
        }
    }

    fn schema(&mut self, schema: &Value, pointer: &str, side: &str, prefix: &str) {
        if let Some(target) = reference(schema) {
            let known = self.within.iter().any(|outer| outer == target);
            if let (false, Some(schema)) = (known, resolve(self.document, target)) {
                self.within.push(target.to_owned());
                self.schema(schema, target, side, prefix);
                self.within.pop();
            }
            return;
        }
        if let Some(items) = schema.get("items") {
            self.schema(items, &format!("{pointer}/items"), side, &format!("{prefix}[]"));
        }
        for (key, property) in schema["properties"].as_object().into_iter().flatten() {
            let path = match prefix {
                "" => key.clone(),
                _ => format!("{prefix}.{key}"),
            };
            let pointer = format!("{pointer}/properties/{}", escape(key));
            self.schema(property, &pointer, side, &path);
            self.found.insert((side.to_owned(), path), pointer);
        }
    }
}
