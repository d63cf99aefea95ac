//! How a job is followed: its pauses, its limits, and what is said when those have passed.

use std::time::{Duration, Instant};

use generated_client::{
    CallOptions, ErrorKind, JobUuid, Outcome, http_builder,
    zstack::{self, operation::RecoverDataVolume},
};
use simulator::{Operation, Pace, Phase, Simulator, sample};

use crate::{
    calls::{self, requests},
    trouble::{answer, rule},
};

const MOMENT: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

async fn never_ending() -> Simulator {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(1_000_000));
    simulator
}

#[tokio::test]
async fn a_job_is_first_asked_for_after_the_first_pause() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(0));
    let zstack = calls::zstack(&simulator);
    let options = CallOptions::new().poll_interval(MOMENT, MOMENT);
    let begun = Instant::now();
    zstack.recover_data_volume().uuid(sample::VOLUME).options(options).send().await.unwrap();
    assert!(begun.elapsed() >= MOMENT);
    assert_eq!(requests(&simulator, "GET").len(), 1);
}

#[tokio::test]
async fn a_job_that_is_taken_up_again_is_asked_for_at_once() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(0));
    let zstack = calls::zstack(&simulator);
    let uuid = zstack.recover_data_volume().uuid(sample::VOLUME).submit().await.unwrap().uuid().clone();
    let options = CallOptions::new().poll_interval(MINUTE, MINUTE).timeout(Duration::from_secs(5));
    zstack.job::<RecoverDataVolume>(uuid).options(options).wait().await.unwrap();
}

#[tokio::test]
async fn a_pause_without_end_is_cut_short_by_the_time_limit() {
    let simulator = never_ending().await;
    let zstack = calls::zstack(&simulator);
    let options = CallOptions::new().poll_interval(Duration::MAX, Duration::MAX).timeout(MOMENT);
    let error = zstack.recover_data_volume().uuid(sample::VOLUME).options(options).send().await.unwrap_err();
    assert_eq!((error.outcome(), error.kind()), (Outcome::Unknown, ErrorKind::Timeout));
}

#[tokio::test]
async fn the_last_question_is_asked_when_the_servers_time_limit_passes_and_not_a_pause_later() {
    let simulator = never_ending().await;
    simulator.with_settings(|settings| settings.api_timeout = MOMENT);
    let zstack = calls::zstack(&simulator);
    let options = CallOptions::new().poll_interval(MINUTE, MINUTE).timeout(Duration::from_secs(5));
    let error = zstack.recover_data_volume().uuid(sample::VOLUME).options(options).send().await.unwrap_err();
    assert!(error.to_string().contains("before the server's own time limit passed"), "{error}");
    assert_eq!(requests(&simulator, "GET").len(), 1);
}

#[tokio::test]
async fn the_limits_of_a_call_are_those_of_its_job_until_others_are_set() {
    let simulator = never_ending().await;
    let zstack = calls::zstack(&simulator);
    let limited = CallOptions::new().timeout(MOMENT);
    let job = zstack.recover_data_volume().uuid(sample::VOLUME).options(limited).submit().await.unwrap();
    let again = zstack.job::<RecoverDataVolume>(job.uuid().clone()).options(limited);
    for mut job in [job, again] {
        let waited = tokio::time::timeout(Duration::from_secs(10), job.wait()).await;
        assert_eq!(waited.expect("the limit is shorter").unwrap_err().kind(), ErrorKind::Timeout);
    }
}

#[tokio::test]
async fn a_call_that_ran_out_of_time_says_why_its_last_question_was_not_answered() {
    let (ours, servers) = (MOMENT, Duration::from_millis(700));
    for (api_timeout, limit) in [(MINUTE, "the time limit"), (servers, "the server's own time limit")] {
        let simulator = never_ending().await;
        simulator.with_settings(|settings| settings.api_timeout = api_timeout);
        rule(&simulator, Operation::QueryJob, Phase::BeforeExecuting, answer(502, "bad gateway"), None);
        let zstack = calls::zstack(&simulator);
        // The second question would come after both limits.
        let options = CallOptions::new().poll_interval(servers, MINUTE).timeout(ours);
        let call = zstack.recover_data_volume().uuid(sample::VOLUME).options(options);
        let error = call.send().await.unwrap_err().to_string();
        let said = format!("before {limit} passed; asked last, the server answered 502 Bad Gateway: bad gateway");
        assert!(error.contains(&said), "{error}");
    }
}

#[tokio::test]
async fn a_result_that_was_polled_is_kept() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(0));
    let mut job = calls::zstack(&simulator).recover_data_volume().uuid(sample::VOLUME).submit().await.unwrap();
    assert!(!job.is_done());
    for _ in 0..3 {
        assert!(job.poll().await.unwrap().is_some());
        assert!(job.is_done());
    }
    assert_eq!(requests(&simulator, "GET").len(), 1);
}

#[tokio::test]
async fn only_a_503_is_how_a_job_fails() {
    let simulator = calls::simulator().await;
    let no_failure = answer(400, r#"{"error":{"code":"SYS.1007","details":"no such question"}}"#);
    rule(&simulator, Operation::QueryJob, Phase::BeforeExecuting, no_failure, None);
    let error = calls::call(&calls::zstack(&simulator), Operation::RecoverDataVolume).await.unwrap_err();
    assert_eq!((error.outcome(), error.code()), (Outcome::Unknown, Some("SYS.1007")));
}

#[tokio::test]
async fn a_job_whose_limits_can_not_be_kept_is_unknown_and_not_unsent() {
    let simulator = never_ending().await;
    let client = zstack::Client::builder(simulator.url(), calls::session());
    let zstack = client.http_client(http_builder()).build().unwrap();
    let options = CallOptions::new().connect_timeout(MOMENT);
    let uuid = zstack.recover_data_volume().uuid(sample::VOLUME).submit().await.unwrap().uuid().clone();
    let mut job = zstack.job::<RecoverDataVolume>(uuid.clone()).options(options);
    for error in [job.poll().await.unwrap_err(), job.wait().await.unwrap_err()] {
        assert_eq!((error.outcome(), error.kind()), (Outcome::Unknown, ErrorKind::InvalidRequest));
        assert_eq!(error.job_uuid(), Some(&uuid));
    }
}

#[tokio::test]
async fn what_the_server_says_of_its_job_is_read_in_every_notation() {
    let other: JobUuid = sample::JOB.parse().unwrap();
    for (location, api_timeout, expected) in [
        (format!("http://192.0.2.1/zstack/v1/api-jobs/{other}?a=b/c"), "1.8E6", Some(Duration::from_secs(1800))),
        (format!("/v1/api-jobs/{other}#d/e"), "0", None),
        (other.to_string(), "-1", None),
        (other.to_string(), "null", None),
        (other.to_string(), "1e300", None),
    ] {
        let simulator = calls::simulator().await;
        let body = format!(r#"{{"location":"{location}","apiTimeout":{api_timeout}}}"#);
        rule(&simulator, Operation::RecoverDataVolume, Phase::BeforeExecuting, answer(202, &body), Some(1));
        let job = calls::zstack(&simulator).recover_data_volume().uuid(sample::VOLUME).submit().await.unwrap();
        assert_eq!((job.uuid(), job.api_timeout()), (&other, expected), "{location} {api_timeout}");
    }
}

#[tokio::test]
async fn a_time_limit_of_any_length_can_be_sent() {
    let simulator = calls::simulator().await;
    let call = calls::zstack(&simulator);
    let call = call.recover_data_volume().uuid(sample::VOLUME).api_timeout(Duration::MAX);
    let _ = call.options(CallOptions::new().timeout(MOMENT)).send().await;
    assert_eq!(requests(&simulator, "PUT")[0].header("x-api-timeout"), Some(u64::MAX.to_string().as_str()));
}

#[tokio::test]
async fn the_name_of_a_job_stands_in_no_text_of_an_error() {
    for operation in [Operation::RecoverDataVolume, Operation::QueryJob] {
        let simulator = calls::simulator().await;
        let uuid = JobUuid::random().unwrap();
        rule(&simulator, operation, Phase::BeforeExecuting, answer(400, &format!("what is /api-jobs/{uuid}?")), None);
        let zstack = calls::zstack(&simulator);
        let call = zstack.recover_data_volume().uuid(sample::VOLUME).job_uuid(uuid.clone());
        let error = call.send().await.unwrap_err().to_string();
        assert!(error.contains("what is /api-jobs/[hidden]?") && !error.contains(uuid.as_str()), "{error}");
    }
}
