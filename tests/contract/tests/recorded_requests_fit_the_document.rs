//! The requests that the pages show are requests that the document describes.

use contract::alter::Change;
use contract::document::{document, read_data, yaml};
use contract::examples::{self, Request};
use contract::request::problems;
use serde::Deserialize;
use serde_json::{Value, json};

#[test]
fn the_recorded_requests_are_valid() {
    let document = document();
    for operation in examples::operations() {
        let example = examples::load(&operation);
        let found = problems(&document, &operation, &example.request(), example.shows_headers());
        assert!(found.is_empty(), "{operation}: {found:#?}");
    }
}

#[test]
fn a_request_that_the_document_does_not_describe_is_refused() {
    #[derive(Deserialize)]
    struct Changed {
        what: String,
        operation: String,
        change: Change,
        complaint: String,
    }

    let document = document();
    let changed: Vec<Changed> =
        serde_json::from_value(yaml(&read_data("requests-to-refuse.yaml"))).expect("a list of changes");
    for Changed { what, operation, change, complaint } in changed {
        let example = examples::load(&operation);
        let mut request = to_value(&example.request());
        change.apply(&mut request);
        let found = problems(&document, &operation, &from_value(&request), example.shows_headers());
        let told = found.iter().any(|problem| problem.contains(&complaint));
        assert!(told, "{what}: no complaint about {complaint:?} among {found:#?}");
    }
}

/// A request as data that a change can be made to.
fn to_value(request: &Request) -> Value {
    let headers: serde_json::Map<String, Value> =
        request.headers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    json!({ "method": request.method, "url": request.url, "headers": headers, "body": request.body })
}

fn from_value(value: &Value) -> Request {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let headers = value["headers"].as_object().into_iter().flatten();
    Request {
        method: text(&value["method"]),
        url: text(&value["url"]),
        headers: headers.map(|(name, value)| (name.clone(), text(value))).collect(),
        body: value.get("body").filter(|body| !body.is_null()).cloned(),
    }
}
