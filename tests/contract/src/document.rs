//! The document `spec/openapi.yaml`, as a value that tests can walk.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

/// The methods that a path item of OpenAPI 3.0 can hold.
pub const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The folder `spec` of this repository.
pub fn spec_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec")
}

/// The text of a file below `spec`.
pub fn read(relative: &str) -> String {
    let path = spec_dir().join(relative);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The text of a file below this package's own `data`.
pub fn read_data(relative: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(relative);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// YAML as a JSON value. It goes through YAML's own value because only that one refuses a key that stands twice.
pub fn yaml(text: &str) -> Value {
    let value: serde_yaml::Value = serde_yaml::from_str(text).unwrap_or_else(|error| panic!("not YAML: {error}"));
    serde_json::to_value(value).unwrap_or_else(|error| panic!("not a JSON value: {error}"))
}

/// The document.
pub fn document() -> Value {
    yaml(&read("openapi.yaml"))
}

/// What a pointer such as `#/components/schemas/Tags` leads to.
pub fn resolve<'a>(document: &'a Value, pointer: &str) -> Option<&'a Value> {
    document.pointer(pointer.strip_prefix('#')?)
}

/// The same, to be altered.
pub fn resolve_mut<'a>(document: &'a mut Value, pointer: &str) -> Option<&'a mut Value> {
    document.pointer_mut(pointer.strip_prefix('#')?)
}

/// A key as it stands within a pointer.
pub fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// A pointer without its last key, and that key as it stands in the document.
pub fn split_last(pointer: &str) -> Option<(&str, String)> {
    let (parent, last) = pointer.rsplit_once('/')?;
    Some((parent, last.replace("~1", "/").replace("~0", "~")))
}

/// The pointer that a schema is a reference to: either a plain `$ref`, or the one element of `allOf`, the form that the
/// document uses where a description or a mark stands beside the reference.
pub fn reference(schema: &Value) -> Option<&str> {
    plain_reference(schema).or_else(|| match schema["allOf"].as_array()?.as_slice() {
        [only] => plain_reference(only),
        _ => None,
    })
}

/// The pointer of a plain `$ref`.
pub fn plain_reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()
}

/// One operation of a document.
pub struct Operation<'a> {
    pub id: &'a str,
    pub method: &'a str,
    pub path: &'a str,
    pub pointer: String,
    pub value: &'a Value,
}

/// All operations of a document, in its order. One without an id has the id "".
pub fn operations(document: &Value) -> Vec<Operation<'_>> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, value) in item.as_object().into_iter().flatten() {
            if METHODS.contains(&method.as_str()) {
                found.push(Operation {
                    id: value["operationId"].as_str().unwrap_or_default(),
                    method,
                    path,
                    pointer: format!("#/paths/{}/{method}", escape(path)),
                    value,
                });
            }
        }
    }
    found
}

/// What holds the words about a field: its own place, or the schema that it is a plain reference to, because nothing
/// may stand beside a `$ref`.
pub fn described<'a>(document: &'a Value, place: &'a Value) -> &'a Value {
    plain_reference(place).and_then(|target| resolve(document, target)).unwrap_or(place)
}

/// The security schemes that an operation names.
pub fn schemes(operation: &Operation<'_>) -> Vec<String> {
    let alternatives = operation.value["security"].as_array().into_iter().flatten();
    alternatives.filter_map(Value::as_object).flat_map(Map::keys).cloned().collect()
}
