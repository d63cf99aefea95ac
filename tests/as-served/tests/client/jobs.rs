//! Jobs: their names, their headers, and how they are followed.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use generated_client::{CallOptions, ErrorKind, JobUuid, Outcome, zstack};
use simulator::{Operation, Pace, Phase, sample};

use crate::{
    calls::{self, JOBS, assert_all_fit, job_uuids, requests},
    trouble::{answer, rule},
};

const UUID: &str = "00112233445566778899aabbccddeeff";

fn uuid() -> JobUuid {
    UUID.parse().unwrap()
}

#[tokio::test]
async fn every_call_names_its_job_anew() {
    let simulator = calls::simulator().await;
    let zstack = calls::zstack(&simulator);
    for operation in JOBS {
        calls::call(&zstack, operation).await.unwrap();
    }
    let mut uuids = job_uuids(&simulator);
    assert_eq!(uuids.len(), 3);
    assert!(uuids.iter().all(|uuid| uuid.parse::<JobUuid>().is_ok()), "{uuids:?}");
    uuids.sort();
    uuids.dedup();
    assert_eq!(uuids.len(), 3);
    assert_all_fit(&simulator);
}

#[tokio::test]
async fn the_callers_own_name_and_time_limit_go_along() {
    let simulator = calls::simulator().await;
    let zstack = calls::zstack(&simulator);
    let limit = Duration::from_millis(90_500);
    zstack.recover_data_volume().uuid(sample::VOLUME).job_uuid(uuid()).api_timeout(limit).send().await.unwrap();
    let sent = &requests(&simulator, "PUT")[0];
    assert_eq!((sent.header("x-job-uuid"), sent.header("x-api-timeout")), (Some(UUID), Some("91")));
    assert_all_fit(&simulator);
}

#[tokio::test]
async fn the_name_is_told_before_the_request_is_sent() {
    let simulator = Arc::new(calls::simulator().await);
    let zstack = calls::zstack(&simulator);
    let told = Arc::new(Mutex::new(Vec::new()));
    let (heard, server) = (Arc::clone(&told), Arc::clone(&simulator));
    let call = zstack.recover_data_volume().uuid(sample::VOLUME).on_job(move |uuid| {
        heard.lock().unwrap().push((uuid.to_string(), server.requests().len()));
    });
    call.send().await.unwrap();
    assert_eq!(*told.lock().unwrap(), [(job_uuids(&simulator)[0].clone(), 0)]);
}

#[tokio::test]
async fn a_job_is_asked_for_at_the_clients_own_address_with_its_credentials() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.location_base = "http://192.0.2.1:1/elsewhere".to_owned());
    calls::call(&calls::zstack(&simulator), Operation::RecoverDataVolume).await.unwrap();
    let asked = requests(&simulator, "GET");
    assert_eq!(asked[0].path, format!("/zstack/v1/api-jobs/{}", job_uuids(&simulator)[0]));
    assert_eq!(asked[0].header("authorization"), Some(format!("OAuth {}", sample::SESSION).as_str()));
}

#[tokio::test]
async fn the_servers_own_name_for_the_job_counts() {
    let simulator = calls::simulator().await;
    let told = Arc::new(Mutex::new(Vec::new()));
    // As a server would that knows nothing of the header: it accepts, and calls the job by a name of its own.
    let accepted = answer(202, &format!(r#"{{"location":"http://192.0.2.1/zstack/v1/api-jobs/{}"}}"#, sample::JOB));
    rule(&simulator, Operation::RecoverDataVolume, Phase::BeforeExecuting, accepted, Some(1));
    let heard = Arc::clone(&told);
    let zstack = calls::zstack(&simulator);
    let call = zstack.recover_data_volume().uuid(sample::VOLUME);
    let call = call.job_uuid(uuid()).on_job(move |uuid| heard.lock().unwrap().push(uuid.to_string()));
    let job = call.submit().await.unwrap();
    assert_eq!(job.uuid().as_str(), sample::JOB);
    assert_eq!(*told.lock().unwrap(), [UUID, sample::JOB]);
}

#[tokio::test]
async fn progress_is_told_while_the_job_runs() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(3));
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    let zstack = calls::zstack(&simulator);
    let call = zstack.recover_data_volume().uuid(sample::VOLUME).job_uuid(uuid());
    let call = call.on_progress(move |progress| heard.lock().unwrap().push(progress.clone()));
    call.send().await.unwrap();
    let told = told.lock().unwrap();
    assert_eq!(told.iter().map(|progress| progress.questions).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(told.iter().all(|progress| progress.uuid.as_str() == UUID));
    assert!(told.iter().all(|progress| progress.api_timeout == Some(Duration::from_secs(1800))));
    assert!(told.windows(2).all(|pair| pair[0].elapsed < pair[1].elapsed));
}

#[tokio::test]
async fn a_submitted_job_can_be_polled_and_waited_for() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(2));
    let zstack = calls::zstack(&simulator);
    let mut job = zstack.recover_data_volume().uuid(sample::VOLUME).submit().await.unwrap();
    assert_eq!(requests(&simulator, "GET").len(), 0);
    assert_eq!(job.uuid().as_str(), job_uuids(&simulator)[0]);
    assert_eq!(job.api_timeout(), Some(Duration::from_secs(1800)));
    assert!(job.poll().await.unwrap().is_none());
    let waited = job.wait().await.unwrap();
    assert_eq!(waited.inventory.as_ref().unwrap().status.as_deref(), Some("Ready"));
    // What is known is not asked for again.
    let asked = requests(&simulator, "GET").len();
    assert_eq!(job.poll().await.unwrap().unwrap().inventory, waited.inventory);
    assert_eq!(requests(&simulator, "GET").len(), asked);
}

#[tokio::test]
async fn questions_that_are_not_answered_are_asked_again() {
    for (status, body) in [(502, "<html>bad gateway</html>"), (503, ""), (500, ""), (429, "slow down")] {
        let simulator = calls::simulator().await;
        rule(&simulator, Operation::QueryJob, Phase::BeforeExecuting, answer(status, body), Some(3));
        calls::call(&calls::zstack(&simulator), Operation::RecoverDataVolume).await.unwrap();
        assert_eq!((requests(&simulator, "PUT").len(), requests(&simulator, "GET").len()), (1, 5), "{status}");
    }
}

#[tokio::test]
async fn a_job_that_runs_longer_than_the_call_may_is_unknown_and_named() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Time(Duration::from_secs(60)));
    let zstack = calls::zstack(&simulator);
    let call = zstack.recover_data_volume().uuid(sample::VOLUME).job_uuid(uuid());
    let error = call.options(CallOptions::new().timeout(Duration::from_secs(2))).send().await.unwrap_err();
    assert_eq!((error.outcome(), error.kind()), (Outcome::Unknown, ErrorKind::Timeout));
    assert_eq!(error.job_uuid(), Some(&uuid()));
    assert_eq!(
        error.to_string(),
        "RecoverDataVolume: the job was not seen to end before the time limit passed (it is not known whether it happened: \
         ask for its job before sending it again)"
    );
}

#[tokio::test]
async fn after_the_servers_own_time_limit_the_job_is_asked_for_once_more() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| {
        settings.job_pace = Pace::Polls(1000);
        settings.api_timeout = Duration::from_millis(100);
    });
    let error = calls::call(&calls::zstack(&simulator), Operation::RecoverDataVolume).await.unwrap_err();
    assert_eq!((error.outcome(), error.kind()), (Outcome::Unknown, ErrorKind::Timeout));
    assert!(error.to_string().contains("was not seen to end before the server's own time limit passed"), "{error}");
}

#[tokio::test]
async fn a_question_that_is_refused_says_nothing_of_the_job() {
    let simulator = calls::simulator().await;
    let refusal = answer(401, r#"{"error_code":"APIGW.0307"}"#);
    rule(&simulator, Operation::QueryJob, Phase::BeforeExecuting, refusal, None);
    let error = calls::call(&calls::zstack(&simulator), Operation::RecoverDataVolume).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert!(error.job_uuid().is_some());
}

#[tokio::test]
async fn dropping_a_call_stops_the_asking_and_not_the_job() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Time(Duration::from_millis(1500)));
    let zstack = calls::zstack(&simulator);
    let call = zstack.recover_data_volume().uuid(sample::VOLUME).job_uuid(uuid()).send();
    tokio::time::timeout(Duration::from_secs(1), call).await.unwrap_err();
    // A question that was on its way when the call was dropped may still arrive.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let asked = requests(&simulator, "GET").len();
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!(requests(&simulator, "GET").len(), asked);

    let mut job = zstack.job::<zstack::operation::RecoverDataVolume>(uuid());
    assert!(job.poll().await.unwrap().is_some());
    assert_eq!(simulator.executions(sample::VOLUME), 1);
}
