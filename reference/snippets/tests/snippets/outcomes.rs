//! What the reference says is known after an answer is what the client says.

use std::fs;

use generated_client::{Error, Outcome, cbr, zstack};
use serde::Deserialize;
use simulator::{Fault, FaultRule, Phase, Simulator, sample};

#[derive(Deserialize)]
struct Failure {
    operations: Vec<String>,
    status: u16,
    code: String,
    outcome: String,
    body: String,
}

fn failures() -> Vec<Failure> {
    let text = fs::read_to_string(crate::environment::path("../data/errors.yaml")).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

/// What a client says of this answer to a call of the operation's service that only asks, or that is made at most once.
async fn error(failure: &Failure) -> Error {
    let simulator = Simulator::start().await.unwrap();
    let fault = Fault::Answer { status: failure.status, headers: Vec::new(), body: failure.body.clone() };
    simulator.add_fault(FaultRule::always(None, Phase::BeforeExecuting, fault));
    let zstack = zstack::Client::new(simulator.url(), zstack::Session::new(sample::SESSION).unwrap()).unwrap();
    match failure.operations.first().map(String::as_str) {
        Some("RestoreBackup") => {
            let cbr = cbr::Client::new(simulator.url(), cbr::Token::new(sample::TOKEN).unwrap()).unwrap();
            let call = cbr.restore_backup().project_id(sample::PROJECT).backup_id(sample::BACKUP);
            call.volume_id(sample::DISK).send().await.unwrap_err()
        }
        Some("QueryApiJob") => {
            let uuid = sample::JOB.parse().unwrap();
            zstack.job::<zstack::operation::RecoverDataVolume>(uuid).wait().await.unwrap_err()
        }
        _ => zstack.get_database_backup_from_image_store().url(sample::IMAGE_STORE).send().await.unwrap_err(),
    }
}

#[tokio::test]
async fn each_outcome_of_the_reference_is_the_clients() {
    for failure in failures() {
        let error = error(&failure).await;
        let name = match error.outcome() {
            Outcome::NotSent => "not-sent",
            Outcome::Refused => "refused",
            Outcome::Failed => "failed",
            Outcome::Unknown => "unknown",
            other => panic!("{other:?}"),
        };
        assert_eq!(name, failure.outcome, "{} {}: {error}", failure.status, failure.code);
    }
}

#[tokio::test]
async fn each_code_of_the_reference_is_the_one_in_its_body() {
    let mut codes = 0;
    for failure in failures().into_iter().filter(|failure| failure.code.is_ascii() && failure.code.contains('.')) {
        assert_eq!(error(&failure).await.code(), Some(failure.code.as_str()));
        codes += 1;
    }
    assert!(codes >= 10, "{codes}");
}
