//! What both clients send in all calls: the differences are those that the entries have.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use crate::{
    call::{SESSION, TOKEN, documented, served},
    compare::{Words, differences},
    entries::assert_claimed,
    listener::{Answer, Listener, Sent},
};

/// A call. Those of the contract's table say more, of which nothing counts here.
#[derive(Deserialize)]
pub struct Call {
    pub operation: String,
    pub parameters: Value,
}

/// How a server behaves.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Server {
    server: String,
    first: Answer,
    #[serde(default)]
    then: Vec<Answer>,
}

/// The calls of the contract's table, and those of `data/calls.yaml`.
pub fn calls() -> Vec<Call> {
    let mut calls: Vec<Call> = serde_yaml::from_str(include_str!("../../../contract/data/requests.yaml")).unwrap();
    let more: Vec<Call> = serde_yaml::from_str(include_str!("../../data/calls.yaml")).unwrap();
    calls.extend(more);
    calls
}

fn servers() -> Vec<Server> {
    serde_yaml::from_str(include_str!("../../data/servers.yaml")).unwrap()
}

/// The words for what differs from call to call: credentials, parameters, and the name that a job was sent under.
fn words(call: &Call, sent: &[Sent]) -> Words {
    let mut words = Words::from([
        (format!("OAuth {SESSION}"), "OAuth {session}".to_owned()),
        (TOKEN.to_owned(), "{token}".to_owned()),
    ]);
    let job = sent.first().and_then(|request| request.headers.get("x-job-uuid"));
    if let Some(job) = job.filter(|job| job.len() == 32 && job.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        words.insert(job.clone(), "{32 hexadecimal digits}".to_owned());
    }
    for (name, value) in call.parameters.as_object().unwrap() {
        if let Some(value) = value.as_str().filter(|value| !value.is_empty()) {
            words.insert(value.to_owned(), format!("{{{name}}}"));
        }
    }
    words
}

#[tokio::test]
async fn what_the_default_client_sends_differently_is_what_the_actions_say() {
    let mut seen = BTreeSet::new();
    for Server { server, first, then } in servers() {
        for call in calls() {
            let Call { operation, parameters } = &call;
            let (one, other) = (Listener::answering(&first, &then).await, Listener::answering(&first, &then).await);
            let _ = documented::call(&one.url(), operation, parameters).await;
            let _ = served::call(&other.url(), operation, parameters).await;
            let (one, other) = (one.sent(), other.sent());
            assert_eq!(one.len(), 1, "{server}: {operation}: the client of the document sends one request");
            let found = differences(&one, &other, &words(&call, &other));
            seen.extend(found.into_iter().map(|difference| format!("{operation}: {difference}")));
        }
    }
    assert_claimed(&seen, |entry| entry.requests().collect(), "requests");
}
