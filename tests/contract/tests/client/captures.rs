//! Requests that other vendors' clients really sent, against what this client sends for the same call.

use serde::Deserialize;
use serde_json::Value;

use crate::{call::call, listener};

#[derive(Deserialize)]
struct Captures {
    requests: Vec<Capture>,
}

#[derive(Deserialize)]
struct Capture {
    source: String,
    case: String,
    method: String,
    target: String,
    body_json: Value,
}

/// What the captured requests have and the documented operation has not, with the reason.
const NOT_DOCUMENTED: [(&str, &str); 1] =
    [("details", "the page's table with destination_path belongs to no field of the page")];

#[tokio::test]
async fn the_client_sends_the_bodies_and_paths_that_cbrs_other_clients_sent() {
    let captures: Captures = serde_json::from_str(&contract::document::read("captures/cbr-requests.json")).unwrap();
    assert_eq!(captures.requests.len(), 8);
    for Capture { source, case, method, target, body_json } in captures.requests {
        let server = listener::saying(202, "").await;
        let segments: Vec<String> = target.split('/').map(decoded).collect();
        let mut parameters = body_json["restore"].clone();
        parameters["project_id"] = segments[2].as_str().into();
        parameters["backup_id"] = segments[4].as_str().into();
        let mut expected = body_json;
        for (field, _reason) in NOT_DOCUMENTED {
            parameters.as_object_mut().unwrap().remove(field);
            expected["restore"].as_object_mut().unwrap().remove(field);
        }
        call(&server.uri(), "RestoreBackup", &parameters).await.unwrap();
        let sent = listener::only_request(&server).await;
        assert_eq!((sent.method, sent.path, sent.body), (method, target, expected), "{source}: {case}");
    }
}

/// A segment of a path without its percent-encoding.
fn decoded(segment: &str) -> String {
    segment.replace("%7B", "{").replace("%7D", "}")
}

#[test]
fn the_simulators_captures_are_the_same() {
    for name in ["cbr-requests.json", "zstack-requests.json"] {
        let copy = format!("{}/../simulator/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
        let copy = std::fs::read_to_string(copy).expect("the simulator's package holds a copy");
        assert!(contract::document::read(&format!("captures/{name}")) == copy, "{name} differs: copy it anew");
    }
}
