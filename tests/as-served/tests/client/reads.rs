//! What is sent again, and what is not: where nothing can be done twice, within a budget, as the server asks.

use std::time::{Duration, Instant};

use generated_client::{CallOptions, ErrorKind, Outcome, Retries, zstack};
use simulator::{Fault, Operation, Phase, Simulator, sample};

use crate::{
    calls::{self, requests},
    trouble::{nowhere, rule},
};

const LIST: Operation = Operation::GetDatabaseBackupFromImageStore;

/// The list of images, with pauses that are no trouble in a test.
fn zstack(simulator: &Simulator, retries: Retries) -> zstack::Client {
    zstack::Client::builder(simulator.url(), calls::session()).retries(retries).build().unwrap()
}

fn quickly() -> Retries {
    Retries::default().pauses(Duration::from_millis(2), Duration::from_millis(5))
}

fn answers(simulator: &Simulator, status: u16, headers: &[(&str, &str)], body: &str, times: Option<u32>) {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let fault = Fault::Answer { status, headers, body: body.to_owned() };
    rule(simulator, LIST, Phase::BeforeExecuting, fault, times);
}

#[tokio::test]
async fn a_read_is_sent_again_after_an_answer_that_says_nothing_of_it() {
    for status in [408, 429, 500, 502, 503, 504] {
        let simulator = calls::simulator().await;
        answers(&simulator, status, &[], "<html>later</html>", Some(3));
        calls::call(&zstack(&simulator, quickly()), LIST).await.unwrap();
        assert_eq!(simulator.requests().len(), 4, "{status}");
    }
}

#[tokio::test]
async fn what_the_server_says_of_a_read_is_its_last_word() {
    for (status, body) in [(503, r#"{"error":{"code":"SYS.1006"}}"#), (400, "no"), (404, "no"), (200, "no JSON")] {
        let simulator = calls::simulator().await;
        answers(&simulator, status, &[], body, None);
        calls::call(&zstack(&simulator, quickly()), LIST).await.unwrap_err();
        assert_eq!(simulator.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn sending_again_can_be_turned_off_for_a_client_and_for_a_call() {
    let simulator = calls::simulator().await;
    answers(&simulator, 502, &[], "", None);
    calls::call(&zstack(&simulator, Retries::none()), LIST).await.unwrap_err();
    assert_eq!(simulator.requests().len(), 1);
    let client = zstack(&simulator, quickly());
    let call = client.get_database_backup_from_image_store().url(sample::IMAGE_STORE);
    call.options(CallOptions::new().retries(Retries::none())).send().await.unwrap_err();
    assert_eq!(simulator.requests().len(), 2);
}

#[tokio::test]
async fn a_server_that_asks_to_be_left_alone_is() {
    let simulator = calls::simulator().await;
    answers(&simulator, 429, &[("Retry-After", "1")], "", Some(1));
    let begun = Instant::now();
    calls::call(&zstack(&simulator, quickly()), LIST).await.unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn a_pause_that_the_call_has_no_time_for_is_not_begun() {
    let simulator = calls::simulator().await;
    answers(&simulator, 429, &[("Retry-After", "3600")], "", None);
    let begun = Instant::now();
    let error = calls::call(&zstack(&simulator, quickly()), LIST).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Status, Outcome::Refused));
    assert!(begun.elapsed() < Duration::from_secs(60));
}

/// A year, which is more than the call has.
#[tokio::test]
async fn a_retry_after_beyond_all_time_does_not_hang_a_read_forever() {
    let simulator = calls::simulator().await;
    answers(&simulator, 429, &[("Retry-After", "31536000")], "", Some(1));
    let zstack = calls::zstack(&simulator);
    let begun = Instant::now();
    let read = zstack.get_database_backup_from_image_store().url(sample::IMAGE_STORE);
    let error = read.options(CallOptions::new().timeout(Duration::from_millis(1500))).send().await.unwrap_err();
    assert!(begun.elapsed() < Duration::from_millis(1400), "returns at once");
    assert_eq!(error.kind(), ErrorKind::Status);
}

/// A pause is drawn by one byte at random: three thousand of them meet all that there are.
#[tokio::test]
async fn a_pause_of_any_length_is_no_panic() {
    let zstack = zstack::Client::builder(&format!("http://{}", nowhere()), calls::session())
        .retries(Retries::default().pauses(Duration::MAX, Duration::MAX))
        .timeout(Duration::from_millis(500))
        .build()
        .unwrap();
    for _ in 0..3000 {
        let _ = calls::call(&zstack, LIST).await;
    }
}

#[tokio::test]
async fn many_calls_that_fail_do_not_storm_the_server() {
    let simulator = calls::simulator().await;
    answers(&simulator, 502, &[], "", None);
    let zstack = zstack(&simulator, quickly());
    for _ in 0..40 {
        calls::call(&zstack, LIST).await.unwrap_err();
    }
    // Each once, ten that were saved up, and one for each ten that were sent since.
    assert_eq!(simulator.requests().len(), 40 + 10 + 3);
}

#[tokio::test]
async fn a_client_without_a_budget_sends_nothing_again() {
    let simulator = calls::simulator().await;
    answers(&simulator, 502, &[], "", None);
    let zstack = zstack::Client::builder(simulator.url(), calls::session()).retry_budget(0, 10).build().unwrap();
    calls::call(&zstack, LIST).await.unwrap_err();
    assert_eq!(simulator.requests().len(), 1);
}

#[tokio::test]
async fn a_mutation_is_sent_again_only_if_no_connection_could_be_made() {
    let address = nowhere();
    let retries = Retries::default().times(100).pauses(Duration::from_millis(50), Duration::from_millis(50));
    let zstack =
        zstack::Client::builder(&format!("http://{address}"), calls::session()).retries(retries).build().unwrap();
    let call = tokio::spawn(async move { calls::call(&zstack, Operation::RecoverDataVolume).await });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let simulator = Simulator::builder().port(address.port()).start().await.unwrap();
    call.await.unwrap().unwrap();
    assert_eq!((requests(&simulator, "PUT").len(), simulator.executions(sample::VOLUME)), (1, 1));
}
