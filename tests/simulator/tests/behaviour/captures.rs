//! The requests that other vendors' clients really sent.

use crate::common::*;
use serde_json::Value;
use simulator::{Simulator, sample};

/// Its backup's id is in braces, which is no id that anybody holds: the capture shows how the SDK encodes a path.
const NAMES_NOTHING: &str = "p_braces";

fn requests(text: &str) -> Vec<Value> {
    let captures: Value = serde_json::from_str(text).unwrap();
    captures["requests"].as_array().unwrap().clone()
}

#[tokio::test]
async fn zstacks_java_sdk_succeeds_with_all_that_it_sent() {
    let captures = requests(include_str!("../data/zstack-requests.json"));
    assert_eq!(captures.len(), 5);
    let simulator = Simulator::start().await.unwrap();
    for capture in captures {
        let headers = capture["headers"].as_object().unwrap();
        let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
        let method = capture["method"].as_str().unwrap();
        let target = capture["target"].as_str().unwrap();
        let body = capture["body_text"].as_str().filter(|body| !body.is_empty());
        if method == "PUT" {
            let reply = finish(&simulator, target, &headers, body.unwrap()).await;
            assert_eq!(reply.status, 200, "{target}: {reply:?}");
            assert!(reply.json()["inventory"]["uuid"].as_str().is_some_and(|uuid| target.contains(uuid)));
        } else {
            let reply = send(&simulator, method, target, &headers, body).await;
            assert_eq!(reply.status, 200, "{target}: {reply:?}");
        }
    }
    for resource in [sample::VOLUME, sample::VOLUME_BACKUP, sample::DATABASE_BACKUP] {
        assert_eq!(simulator.executions(resource), 1, "{resource}");
    }
}

#[tokio::test]
async fn cbrs_two_clients_succeed_with_all_whose_ids_name_something() {
    let captures = requests(include_str!("../data/cbr-requests.json"));
    assert_eq!(captures.len(), 8);
    let signature =
        format!("SDK-HMAC-SHA256 Access={}, SignedHeaders=host;x-sdk-date, Signature=0", sample::CBR_ACCESS_KEY);
    let simulator = Simulator::start().await.unwrap();
    for capture in captures {
        let credentials = match capture["auth_header"].as_str().unwrap() {
            "X-Auth-Token" => TOKEN,
            _ => ("authorization", signature.as_str()),
        };
        let headers = [credentials, ("content-type", capture["content_type"].as_str().unwrap())];
        let target = capture["target"].as_str().unwrap();
        let reply = send(&simulator, "POST", target, &headers, capture["body_text"].as_str()).await;
        let status = if capture["case"] == NAMES_NOTHING { 404 } else { 202 };
        assert_eq!(reply.status, status, "{}: {reply:?}", capture["case"]);
    }
    assert_eq!(simulator.executions(sample::BACKUP), 7);
}
