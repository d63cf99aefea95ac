//! Walking the schemas of a document that is held as a JSON tree.

use serde_json::Value;

use crate::service::METHODS;

/// Follows `$ref`s inside the document until something else stands there.
///
/// A dangling reference, and a chain that does not end, give the node that could not be followed:
/// `check` has reported both before anything here runs.
pub(crate) fn resolve<'a>(document: &'a Value, node: &'a Value) -> &'a Value {
    let mut node = node;
    for _ in 0..64 {
        let Some(target) = reference(node).and_then(|pointer| document.pointer(pointer)) else { return node };
        node = target;
    }
    node
}

/// The JSON pointer of a local `$ref`, without its `#`.
pub(crate) fn reference(node: &Value) -> Option<&str> {
    node.get("$ref")?.as_str()?.strip_prefix('#')
}

/// The component that a `$ref` to a schema names.
pub(crate) fn component(node: &Value) -> Option<&str> {
    reference(node)?.strip_prefix("/components/schemas/")
}

/// Calls `visit` on every schema of the document, inner ones first.
pub(crate) fn for_each(document: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        schemas.values_mut().for_each(|schema| within(schema, visit));
    }
    for section in ["parameters", "headers", "requestBodies", "responses"] {
        let owners = document.get_mut("components").and_then(|components| components.get_mut(section));
        if let Some(owners) = owners.and_then(Value::as_object_mut) {
            owners.values_mut().for_each(|owner| of_owner(owner, visit));
        }
    }
    if let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) {
        paths.values_mut().for_each(|item| of_path_item(item, visit));
    }
}

fn of_path_item(item: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    of_parameters(item, visit);
    for method in METHODS {
        let Some(operation) = item.get_mut(method) else { continue };
        of_parameters(operation, visit);
        if let Some(body) = operation.get_mut("requestBody") {
            of_owner(body, visit);
        }
        if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
            responses.values_mut().for_each(|response| of_owner(response, visit));
        }
    }
}

fn of_parameters(owner: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    if let Some(parameters) = owner.get_mut("parameters").and_then(Value::as_array_mut) {
        parameters.iter_mut().for_each(|parameter| of_owner(parameter, visit));
    }
}

/// A parameter, a header, a request body or a response: what has a `schema`, or media types that have one.
fn of_owner(owner: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    if let Some(schema) = owner.get_mut("schema") {
        within(schema, visit);
    }
    if let Some(content) = owner.get_mut("content").and_then(Value::as_object_mut) {
        content.values_mut().filter_map(|media| media.get_mut("schema")).for_each(|schema| within(schema, visit));
    }
    if let Some(headers) = owner.get_mut("headers").and_then(Value::as_object_mut) {
        headers.values_mut().for_each(|header| of_owner(header, visit));
    }
}

/// Calls `visit` on the schemas inside `schema`, then on `schema` itself.
pub(crate) fn within(schema: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.values_mut().for_each(|property| within(property, visit));
    }
    for single in ["items", "not"] {
        if let Some(inner) = schema.get_mut(single) {
            within(inner, visit);
        }
    }
    if let Some(inner) = schema.get_mut("additionalProperties").filter(|inner| inner.is_object()) {
        within(inner, visit);
    }
    for several in ["allOf", "anyOf", "oneOf"] {
        if let Some(inner) = schema.get_mut(several).and_then(Value::as_array_mut) {
            inner.iter_mut().for_each(|inner| within(inner, visit));
        }
    }
    visit(schema);
}
