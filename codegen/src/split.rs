//! Splits the document by service: one module each, with only the schemas that it reaches.
//!
//! Two services have two base addresses and two kinds of credentials. As two clients they can't be mixed up.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::{
    prune,
    service::{METHODS, Operation, Service},
};

/// The services of a checked document, ordered by name.
pub(crate) fn split(document: &Value) -> Vec<Service> {
    let shown = operations(document).filter(|(_, _, operation)| !prune::is_plumbing(operation));
    let names: BTreeSet<&str> = shown.filter_map(|(_, _, operation)| tag(operation)).collect();
    names.into_iter().map(|name| service(document, name)).collect()
}

fn service(document: &Value, name: &str) -> Service {
    let mut paths = Map::new();
    let mut facts = Vec::new();
    let mut job_query = None;
    for (path, method, operation) in operations(document).filter(|(_, _, operation)| tag(operation) == Some(name)) {
        if prune::is_plumbing(operation) {
            job_query = path.split('{').next().map(str::to_owned);
            continue;
        }
        let item = paths.entry(path).or_insert_with(|| without_operations(document, path));
        if let Some(item) = item.as_object_mut() {
            let mut operation = operation.clone();
            prune::operation(document, &mut operation);
            item.insert(method.to_owned(), operation);
        }
        facts.extend(Operation::read(document, path, method));
    }
    let mut cut = document.clone();
    cut["paths"] = Value::Object(paths);
    keep_reached_components(&mut cut, document);
    let description = description(document, name);
    Service { name: name.to_owned(), description, document: cut, operations: facts, job_query }
}

/// The path item without its operations: the parameters that they share stay.
fn without_operations(document: &Value, path: &str) -> Value {
    let mut item = document["paths"][path].clone();
    prune::parameters(document, &mut item);
    if let Some(item) = item.as_object_mut() {
        item.retain(|key, _| !METHODS.contains(&key.as_str()));
    }
    item
}

fn operations(document: &Value) -> impl Iterator<Item = (&str, &'static str, &Value)> {
    document.get("paths").and_then(Value::as_object).into_iter().flatten().flat_map(|(path, item)| {
        METHODS.into_iter().filter_map(move |method| Some((path.as_str(), method, item.get(method)?)))
    })
}

fn tag(operation: &Value) -> Option<&str> {
    operation.get("tags")?.get(0)?.as_str()
}

fn description(document: &Value, name: &str) -> String {
    let tags = document.get("tags").and_then(Value::as_array).into_iter().flatten();
    let tag = tags.filter(|tag| tag.get("name").and_then(Value::as_str) == Some(name));
    tag.filter_map(|tag| tag.get("description")?.as_str()).collect::<Vec<_>>().join("\n\n").trim().to_owned()
}

/// Leaves of `components` what the paths reach, through any number of references.
fn keep_reached_components(cut: &mut Value, document: &Value) {
    let mut reached = BTreeSet::new();
    let mut open = Vec::new();
    references(&cut["paths"], &mut open);
    while let Some(pointer) = open.pop() {
        if let Some(target) = document.pointer(&pointer)
            && reached.insert(pointer)
        {
            references(target, &mut open);
        }
    }
    for (section, entries) in cut.get_mut("components").and_then(Value::as_object_mut).into_iter().flatten() {
        let Some(entries) = entries.as_object_mut() else { continue };
        entries.retain(|name, _| {
            let name = name.replace('~', "~0").replace('/', "~1");
            reached.contains(&format!("/components/{section}/{name}"))
        });
    }
}

/// Collects the local references below `node`. Examples are left alone: what looks like a reference there is data.
fn references(node: &Value, found: &mut Vec<String>) {
    match node {
        Value::Object(entries) => {
            if let Some(pointer) = crate::schema::reference(node) {
                found.push(pointer.to_owned());
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
        let services = split(&two_services());
        let schemas = |service: &Service| -> Vec<String> {
            service.document["components"]["schemas"].as_object().unwrap().keys().cloned().collect()
        };
        assert_eq!(schemas(&services[0]), ["A", "Inner"]);
        assert_eq!(schemas(&services[1]), ["C"]);
    }

    #[test]
    fn a_path_that_two_services_share_is_in_both_with_its_own_operation_and_the_shared_parameters() {
        let services = split(&two_services());
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
        let services = split(&document);
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
        assert!(split(&document)[0].document["components"]["schemas"].get("Unreached").is_none());
    }
}
