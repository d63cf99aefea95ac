//! Splits the document by service: one module each, with only the schemas that it reaches.
//!
//! Two services have two base addresses and two kinds of credentials. As two clients they can't be mixed up.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::{
    place, prune,
    service::{METHODS, Operation, Service},
};

/// The services of a checked document, ordered by name.
///
/// The operations move from the document into their services, so that there is never a second copy of all of them.
pub(crate) fn split(mut document: Value) -> Vec<Service> {
    let paths = match document.get_mut("paths").map(Value::take) {
        Some(Value::Object(paths)) => paths,
        _ => Map::new(),
    };
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    for (path, mut item) in paths {
        for method in METHODS {
            let Some(operation) = item.get_mut(method).map(Value::take) else { continue };
            if let Some(tag) = tag(&operation) {
                let part = parts.entry(tag.to_owned()).or_default();
                part.add(&document, &path, method, &item, operation);
            }
        }
    }
    // What has nothing to call is no service.
    let parts = parts.into_iter().filter(|(_, part)| !part.operations.is_empty());
    let descriptions = descriptions(&document);
    parts.map(|(name, part)| part.finish(&document, descriptions.get(name.as_str()), name)).collect()
}

/// What becomes a service.
#[derive(Default)]
struct Part {
    paths: Map<String, Value>,
    operations: Vec<Operation>,
    job_query: Option<String>,
}

impl Part {
    /// Takes an operation in. `item` is its path's, without the operations.
    fn add(&mut self, document: &Value, path: &str, method: &str, item: &Value, mut operation: Value) {
        if prune::is_plumbing(&operation) {
            self.job_query = path.split('{').next().map(str::to_owned);
            return;
        }
        self.operations.push(Operation::read(document, path, method, item, &operation));
        prune::operation(document, &mut operation);
        let own = self.paths.entry(path).or_insert_with(|| without_operations(document, item));
        if let Some(own) = own.as_object_mut() {
            own.insert(method.to_owned(), operation);
        }
    }

    fn finish(self, document: &Value, description: Option<&String>, name: String) -> Service {
        let paths = Value::Object(self.paths);
        let mut cut = Map::new();
        for (key, value) in document.as_object().into_iter().flatten() {
            let value = match key.as_str() {
                // A description of each service would stand in every one of them.
                "tags" | "paths" => continue,
                "components" => reached_components(&paths, document),
                _ => value.clone(),
            };
            cut.insert(key.clone(), value);
        }
        cut.insert("paths".to_owned(), paths);
        let description = description.cloned().unwrap_or_default();
        let document = Value::Object(cut);
        Service { name, description, document, operations: self.operations, job_query: self.job_query }
    }
}

/// The path item without its operations: the parameters that they share stay.
fn without_operations(document: &Value, item: &Value) -> Value {
    let entries = item.as_object().into_iter().flatten();
    let kept = entries.filter(|(key, _)| !METHODS.contains(&key.as_str()));
    let mut item = Value::Object(kept.map(|(key, value)| (key.clone(), value.clone())).collect());
    prune::parameters(document, &mut item);
    item
}

fn tag(operation: &Value) -> Option<&str> {
    operation.get("tags")?.get(0)?.as_str()
}

/// What the document says of each tag.
fn descriptions(document: &Value) -> BTreeMap<&str, String> {
    let mut all: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for tag in document.get("tags").and_then(Value::as_array).into_iter().flatten() {
        let text = |key: &str| tag.get(key).and_then(Value::as_str);
        if let (Some(name), Some(description)) = (text("name"), text("description")) {
            all.entry(name).or_default().push(description);
        }
    }
    all.into_iter().map(|(name, texts)| (name, texts.join("\n\n").trim().to_owned())).collect()
}

/// Of `components`, what the paths reach, through any number of references.
fn reached_components(paths: &Value, document: &Value) -> Value {
    let mut reached = BTreeSet::new();
    let mut open = Vec::new();
    references(paths, &mut open);
    while let Some(pointer) = open.pop() {
        if !reached.contains(pointer)
            && let Some(target) = document.pointer(pointer)
        {
            reached.insert(pointer);
            references(target, &mut open);
        }
    }
    let sections = document.get("components").and_then(Value::as_object).into_iter().flatten();
    let sections = sections.map(|(section, entries)| {
        let Some(entries) = entries.as_object() else { return (section.clone(), entries.clone()) };
        let is_reached = |name: &str| reached.contains(place::child(&format!("/components/{section}"), name).as_str());
        let kept = entries.iter().filter(|(name, _)| is_reached(name));
        (section.clone(), kept.map(|(name, entry)| (name.clone(), entry.clone())).collect())
    });
    Value::Object(sections.collect())
}

/// Collects the local references below `node`. Examples are left alone: what looks like a reference there is data.
pub(crate) fn references<'a>(node: &'a Value, found: &mut Vec<&'a str>) {
    match node {
        Value::Object(entries) => {
            if let Some(pointer) = crate::schema::reference(node) {
                found.push(pointer);
            }
            let inner = entries.iter().filter(|(key, _)| !matches!(key.as_str(), "example" | "examples" | "default"));
            inner.for_each(|(_, inner)| references(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn two_services() -> Value {
        json!({
            "tags": [{"name": "one", "description": "The first."}, {"name": "two"}],
            "paths": {
                "/a": {"get": {"tags": ["one"], "operationId": "a", "responses": {
                    "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}}}},
                "/b": {
                    "parameters": [{"name": "id", "in": "query"}],
                    "get": {"tags": ["one"], "operationId": "b", "responses": {}},
                    "put": {"tags": ["two"], "operationId": "c", "responses": {
                        "202": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/C"}}}}}},
                },
            },
            "components": {"schemas": {
                "A": {"properties": {"inner": {"$ref": "#/components/schemas/Inner"}}},
                "C": {"properties": {"c": {"$ref": "#/components/schemas/C"}}},
                "Inner": {}, "Unreached": {},
            }},
        })
    }

    #[test]
    fn each_service_has_the_schemas_that_it_reaches_and_no_others() {
        let services = split(two_services());
        let schemas = |service: &Service| -> Vec<String> {
            service.document["components"]["schemas"].as_object().unwrap().keys().cloned().collect()
        };
        assert_eq!(schemas(&services[0]), ["A", "Inner"]);
        assert_eq!(schemas(&services[1]), ["C"]);
    }

    #[test]
    fn a_path_that_two_services_share_is_in_both_with_its_own_operation_and_the_shared_parameters() {
        let services = split(two_services());
        let keys = |service: &Service| -> BTreeSet<String> {
            service.document["paths"]["/b"].as_object().unwrap().keys().cloned().collect()
        };
        assert_eq!(keys(&services[0]), BTreeSet::from(["get", "parameters"].map(str::to_owned)));
        assert_eq!(keys(&services[1]), BTreeSet::from(["parameters", "put"].map(str::to_owned)));
    }

    #[test]
    fn the_query_for_jobs_and_what_only_it_or_an_answer_that_is_left_out_reaches_are_not_in_the_service() {
        let answer = |name: &str| json!({"content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}}});
        let document = json!({
            "paths": {
                "/a": {"put": {"tags": ["one"], "operationId": "a", "x-job": true, "responses": {
                    "200": answer("A"), "202": answer("Accepted"), "503": answer("Failed")}}},
                "/jobs/{uuid}": {"get": {"tags": ["one"], "operationId": "query", "x-plumbing": "job", "responses": {
                    "200": answer("Result")}}},
                "/other/{uuid}": {"get": {"tags": ["two"], "operationId": "query", "x-plumbing": "job", "responses": {}}},
            },
            "components": {"schemas": {"A": {}, "Accepted": {}, "Failed": {}, "Result": {}}},
        });
        let services = split(document);
        assert_eq!(services.len(), 1, "a service that has nothing to call is none");
        let keys = |pointer: &str| -> Vec<String> {
            services[0].document.pointer(pointer).unwrap().as_object().unwrap().keys().cloned().collect()
        };
        assert_eq!((keys("/paths"), keys("/components/schemas")), (vec!["/a".to_owned()], vec!["A".to_owned()]));
        assert_eq!(services[0].operations.len(), 1);
        assert_eq!(services[0].job_query.as_deref(), Some("/jobs/"));
    }

    #[test]
    fn a_reference_inside_an_example_reaches_nothing() {
        let mut document = two_services();
        document["paths"]["/a"]["get"]["example"] = json!({"$ref": "#/components/schemas/Unreached"});
        assert!(split(document)[0].document["components"]["schemas"].get("Unreached").is_none());
    }
}
