//! Takes out of an operation what the client is not made from, before it is seen which schemas the operation reaches.
//!
//! - Parameters that are plumbing (`x-plumbing`): the transport sends them.
//! - Every response but the first success: progenitor asserts that an operation has one success type and one error
//!   type, and the transport reads the status and the body by itself.

use serde_json::Value;

use crate::schema;

/// The key that marks what is there for the sake of others: an operation that no user calls, a parameter that no user
/// sets.
pub(crate) const PLUMBING: &str = "x-plumbing";

/// Leaves an operation its first success, and the parameters that users set.
pub(crate) fn operation(document: &Value, operation: &mut Value) {
    parameters(document, operation);
    if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
        let first = responses.keys().find(|status| status.starts_with('2')).cloned();
        responses.retain(|status, _| Some(status) == first.as_ref());
    }
}

/// Leaves an operation, or a path, the parameters that users set.
pub(crate) fn parameters(document: &Value, owner: &mut Value) {
    if let Some(parameters) = owner.get_mut("parameters").and_then(Value::as_array_mut) {
        parameters.retain(|parameter| !is_plumbing(schema::resolve(document, parameter)));
    }
}

/// Whether an operation or a parameter is there for the sake of others.
pub(crate) fn is_plumbing(node: &Value) -> bool {
    node.get(PLUMBING).is_some()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn errors_and_further_successes_go() {
        let mut put = json!({"responses": {
            "200": {"description": "done"}, "202": {"description": "accepted"}, "503": {"description": "failed"},
            "default": {"description": "else"},
        }});
        operation(&json!({}), &mut put);
        assert_eq!(put["responses"], json!({"200": {"description": "done"}}));
    }

    #[test]
    fn parameters_that_are_plumbing_go_wherever_they_are_described() {
        let name = json!({"name": "X-Job-UUID", "in": "header", "x-plumbing": "job"});
        let document = json!({"components": {"parameters": {"Name": name}}});
        let reference = json!({"$ref": "#/components/parameters/Name"});
        let mut put = json!({"parameters": [name, {"name": "uuid", "in": "path"}, reference]});
        operation(&document, &mut put);
        assert_eq!(put["parameters"], json!([{"name": "uuid", "in": "path"}]));
    }
}
