//! What the client sends, held to the recorded requests and to the table in `data/requests.yaml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::{
    call::{SESSION, TOKEN, call},
    listener::{self, Sent},
};

/// A call, and the request that it has to make.
#[derive(Deserialize)]
struct Case {
    case: String,
    operation: String,
    parameters: Value,
    request: Expected,
}

#[derive(Deserialize)]
struct Expected {
    method: String,
    path: String,
    #[serde(default)]
    query: Vec<(String, String)>,
    headers: BTreeMap<String, String>,
    #[serde(default)]
    body: Value,
}

fn cases() -> Vec<Case> {
    serde_yaml::from_str(include_str!("../../data/requests.yaml")).expect("data/requests.yaml is a list of cases")
}

#[tokio::test]
async fn every_call_sends_exactly_the_request_of_the_table() {
    for Case { case, operation, parameters, request } in cases() {
        let server = listener::saying(if operation == "RestoreBackup" { 202 } else { 200 }, "{}").await;
        call(&server.uri(), &operation, &parameters).await.unwrap_or_else(|error| panic!("{case}: {error}"));
        let fill = |text: String| text.replace("{session}", SESSION).replace("{token}", TOKEN);
        let expected = Sent {
            method: request.method,
            path: request.path,
            query: request.query,
            headers: request.headers.into_iter().map(|(name, value)| (name, fill(value))).collect(),
            body: request.body,
        };
        assert_eq!(listener::only_request(&server).await, expected, "{case}");
    }
}

#[tokio::test]
async fn every_recorded_request_is_what_the_client_sends() {
    let calls: BTreeMap<String, Value> = serde_yaml::from_str(include_str!("../../data/recorded-calls.yaml"))
        .expect("data/recorded-calls.yaml has parameters by operation");
    for operation in contract::examples::OPERATIONS {
        let example = contract::examples::load(operation);
        let server = listener::saying(example.status(), "{}").await;
        call(&server.uri(), operation, &calls[operation]).await.unwrap_or_else(|error| panic!("{error}"));
        let mut sent = listener::only_request(&server).await;
        let recorded = example.request();
        let url = url::Url::parse(&recorded.url).expect("an address");
        let mut query: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        // In a query the order of different names means nothing.
        query.sort();
        sent.query.sort();
        assert_eq!(
            (sent.method, sent.path, sent.query),
            (recorded.method, url.path().to_owned(), query),
            "{operation}"
        );
        assert_eq!(sent.body, recorded.body.unwrap_or_default(), "{operation}");
        for (name, value) in recorded.headers {
            assert_eq!(sent.headers.get(&name.to_ascii_lowercase()), Some(&value), "{operation}: {name}");
        }
    }
}

#[test]
fn the_table_has_the_fewest_and_all_parameters_of_every_operation() {
    let cases = cases();
    for operation in contract::examples::OPERATIONS {
        for amount in ["fewest", "all"] {
            let wanted = format!("{operation}, {amount} parameters");
            assert!(cases.iter().any(|case| case.case == wanted && case.operation == operation), "{wanted} is missing");
        }
    }
}
