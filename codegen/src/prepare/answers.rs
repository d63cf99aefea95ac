//! Progenitor asserts that an operation has one success type and one error type. The transport reads the status and
//! the body by itself, so progenitor needs the first success and nothing else.

use serde_json::Value;

use crate::service::METHODS;

/// Leaves each operation its first success.
pub(crate) fn keep_one_success(document: &mut Value) {
    for item in
        document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flat_map(|paths| paths.values_mut())
    {
        for method in METHODS {
            let responses = item.get_mut(method).and_then(|operation| operation.get_mut("responses"));
            let Some(responses) = responses.and_then(Value::as_object_mut) else { continue };
            let first = responses.keys().find(|status| status.starts_with('2')).cloned();
            responses.retain(|status, _| Some(status) == first.as_ref());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn errors_and_further_successes_go() {
        let mut document = json!({"paths": {"/a": {"put": {"responses": {
            "200": {"description": "done"}, "202": {"description": "accepted"}, "503": {"description": "failed"},
            "default": {"description": "else"},
        }}}}});
        keep_one_success(&mut document);
        assert_eq!(document["paths"]["/a"]["put"]["responses"], json!({"200": {"description": "done"}}));
    }
}
