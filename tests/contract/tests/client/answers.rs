//! What an error says of each answer in `data/answers.yaml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use wiremock::ResponseTemplate;

use crate::{
    call::call,
    client::{Error, Outcome},
    listener::answering,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    case: String,
    service: Service,
    status: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    body: String,
    outcome: String,
    code: Option<String>,
    request_id: Option<String>,
    #[serde(default)]
    session_expired: bool,
    display: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Service {
    Zstack,
    Cbr,
}

async fn error_of(case: &Case) -> Error {
    let mut answer = ResponseTemplate::new(case.status).set_body_bytes(case.body.as_bytes());
    for (name, value) in &case.headers {
        answer = answer.insert_header(name.as_str(), value.as_str());
    }
    let server = answering(answer).await;
    let (operation, parameters) = match case.service {
        Service::Zstack => ("RecoverDataVolume", serde_json::json!({"uuid": "u"})),
        Service::Cbr => ("RestoreBackup", serde_json::json!({"project_id": "p", "backup_id": "b"})),
    };
    call(&server.uri(), operation, &parameters).await.expect_err(&case.case)
}

fn outcome(name: &str) -> Outcome {
    match name {
        "refused" => Outcome::Refused,
        "failed" => Outcome::Failed,
        "unknown" => Outcome::Unknown,
        other => panic!("an answer has no outcome {other}"),
    }
}

#[tokio::test]
async fn every_answer_is_told_as_the_table_has_it() {
    let cases: Vec<Case> = serde_yaml::from_str(include_str!("../../data/answers.yaml")).expect("a list of cases");
    assert!(cases.len() >= 40, "{} cases", cases.len());
    for case in cases {
        let error = error_of(&case).await;
        let name = &case.case;
        assert_eq!(error.outcome(), outcome(&case.outcome), "{name}: {error}");
        assert_eq!(error.code(), case.code.as_deref(), "{name}");
        assert_eq!(error.request_id(), case.request_id.as_deref(), "{name}");
        assert_eq!(error.is_session_expired(), case.session_expired, "{name}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(case.status), "{name}");
        if let Some(display) = case.display {
            assert_eq!(error.to_string(), display, "{name}");
        }
    }
}
