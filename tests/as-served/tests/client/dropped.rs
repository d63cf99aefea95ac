//! Calls that are dropped before they end: nothing of them goes on.

use std::{
    future::pending,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use generated_client::{CallOptions, Retries, cbr, zstack};
use simulator::{Fault, Garbled, Operation, Pace, Phase, Simulator, sample};

use crate::{
    calls::{self, JOBS, ZSTACK, requests},
    trouble::{answer, rule},
};

/// How long clients wait here before they ask, or send again.
const PAUSE: Duration = Duration::from_millis(250);

/// How long nothing may arrive after a call was dropped: several pauses.
const SILENCE: Duration = Duration::from_millis(800);

fn zstack(simulator: &Simulator) -> zstack::Client {
    let client = zstack::Client::builder(simulator.url(), calls::session()).poll_interval(PAUSE, PAUSE);
    client.retries(Retries::default().pauses(2 * PAUSE, 2 * PAUSE)).build().unwrap()
}

/// All exchanges of an operation meet this fault.
fn happens(simulator: &Simulator, operation: Operation, phase: Phase, fault: Fault) {
    rule(simulator, operation, phase, fault, None);
}

/// Drops the call when this holds, and fails if anything of it arrives afterwards. Returns how many requests there were.
async fn dropped<T>(simulator: &Simulator, call: impl Future<Output = T>, when: impl Fn() -> bool) -> usize {
    let mut call = Box::pin(call);
    tokio::select! {
        _ = &mut call => panic!("the call ended before it was dropped"),
        () = async { while !when() { tokio::time::sleep(Duration::from_millis(2)).await } } => {}
    }
    drop(call);
    let arrived = simulator.requests().len();
    tokio::time::sleep(SILENCE).await;
    assert_eq!(simulator.requests().len(), arrived, "{:?}", simulator.requests());
    arrived
}

#[tokio::test]
async fn a_call_that_is_dropped_while_it_waits_for_credentials_sends_nothing() {
    let simulator = calls::simulator().await;
    let seen = Arc::new(AtomicU32::new(0));
    let asked = Arc::clone(&seen);
    let credentials = zstack::Credentials::fetched(move || {
        asked.fetch_add(1, SeqCst);
        async {
            tokio::time::sleep(PAUSE).await;
            zstack::Session::new(sample::SESSION).map_err(Into::into)
        }
    });
    let zstack = calls::zstack_with(&simulator, credentials);
    let call = calls::call(&zstack, Operation::RecoverDataVolume);
    assert_eq!(dropped(&simulator, call, || seen.load(SeqCst) > 0).await, 0);
}

#[tokio::test]
async fn a_call_of_zstack_that_is_dropped_before_its_answer_is_not_asked_for_or_sent_again() {
    for operation in ZSTACK {
        let simulator = calls::simulator().await;
        happens(&simulator, operation, Phase::BeforeExecuting, Fault::Stall(PAUSE));
        happens(&simulator, operation, Phase::BeforeAnswering, Fault::Close);
        let zstack = zstack(&simulator);
        let call = calls::call(&zstack, operation);
        assert_eq!(dropped(&simulator, call, || simulator.requests().len() == 1).await, 1, "{operation:?}");
    }
}

#[tokio::test]
async fn a_restore_that_is_dropped_while_other_credentials_are_fetched_is_not_sent_again() {
    let simulator = calls::simulator().await;
    let fetched = AtomicU32::new(0);
    let credentials = cbr::Credentials::fetched(move || {
        let is_first = fetched.fetch_add(1, SeqCst) == 0;
        async move {
            let (token, pause) = if is_first { ("refused", Duration::ZERO) } else { (sample::TOKEN, PAUSE) };
            tokio::time::sleep(pause).await;
            cbr::Token::new(token).map_err(Into::into)
        }
    });
    let cbr = cbr::Client::new(simulator.url(), credentials).unwrap();
    assert_eq!(dropped(&simulator, calls::restore(&cbr), || simulator.fates().len() == 1).await, 1);
    assert_eq!(simulator.executions(sample::DISK), 0);
}

#[tokio::test]
async fn a_call_that_is_dropped_in_the_pause_before_a_question_asks_nothing() {
    for operation in JOBS {
        let simulator = calls::simulator().await;
        let zstack = zstack(&simulator);
        let call = calls::call(&zstack, operation);
        assert_eq!(dropped(&simulator, call, || simulator.fates().len() == 1).await, 1, "{operation:?}");
        assert_eq!(simulator.executions(calls::resource(operation)), 1);
    }
}

#[tokio::test]
async fn a_call_that_is_dropped_while_it_asks_does_not_ask_again() {
    for operation in JOBS {
        let simulator = calls::simulator().await;
        simulator.with_settings(|settings| settings.job_pace = Pace::Polls(1_000_000));
        happens(&simulator, Operation::QueryJob, Phase::BeforeAnswering, Fault::Stall(PAUSE));
        let zstack = zstack(&simulator);
        let call = calls::call(&zstack, operation);
        assert_eq!(dropped(&simulator, call, || requests(&simulator, "GET").len() == 1).await, 2, "{operation:?}");
    }
}

#[tokio::test]
async fn a_call_that_is_dropped_while_it_looks_for_a_lost_answer_does_not_go_on() {
    for operation in JOBS {
        let simulator = calls::simulator().await;
        happens(&simulator, operation, Phase::BeforeAnswering, answer(502, ""));
        let zstack = zstack(&simulator);
        let call = calls::call(&zstack, operation);
        assert_eq!(dropped(&simulator, call, || simulator.fates().len() == 1).await, 1, "{operation:?}");
    }
}

#[tokio::test]
async fn a_call_that_is_dropped_before_it_is_sent_again_is_not() {
    let simulator = calls::simulator().await;
    let operation = Operation::GetDatabaseBackupFromImageStore;
    happens(&simulator, operation, Phase::BeforeExecuting, answer(502, ""));
    let zstack = zstack(&simulator);
    let call = calls::call(&zstack, operation);
    assert_eq!(dropped(&simulator, call, || simulator.fates().len() == 1).await, 1);
}

#[tokio::test]
async fn a_restore_that_is_dropped_before_a_connection_is_tried_again_is_not_sent() {
    let simulator = calls::simulator().await;
    simulator.stop_listening().await.unwrap();
    let token = cbr::Token::new(sample::TOKEN).unwrap();
    let client = cbr::Client::builder(simulator.url(), token).retries(Retries::default().pauses(PAUSE, PAUSE));
    let cbr = client.build().unwrap();
    let begun = Instant::now();
    let call = async { tokio::join!(calls::restore(&cbr), pending::<()>()) };
    // It was refused at once, and is in its first pause.
    let is_pausing = || begun.elapsed() > PAUSE / 5;
    let ((), arrived) = tokio::join!(
        async {
            tokio::time::sleep(PAUSE).await;
            simulator.listen_again().await.unwrap();
        },
        dropped(&simulator, call, is_pausing)
    );
    assert_eq!((arrived, simulator.executions(sample::DISK)), (0, 0));
}

#[tokio::test]
async fn a_job_that_is_dropped_while_it_is_waited_for_is_not_asked_for_any_more() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(1_000_000));
    let mut job = zstack(&simulator).recover_data_volume().uuid(sample::VOLUME).submit().await.unwrap();
    assert_eq!(dropped(&simulator, job.wait(), || simulator.fates().len() == 2).await, 2);
    assert!(job.poll().await.unwrap().is_none(), "it can be asked for again");
}

#[tokio::test]
async fn a_call_that_is_dropped_stops_to_read_its_answer() {
    let simulator = calls::simulator().await;
    let operation = Operation::GetDatabaseBackupFromImageStore;
    happens(&simulator, operation, Phase::BeforeAnswering, Fault::Body(Garbled::Endless));
    let zstack = zstack(&simulator);
    let call = zstack.get_database_backup_from_image_store().url(sample::IMAGE_STORE);
    let call = call.options(CallOptions::new().max_answer_bytes(usize::MAX)).send();
    dropped(&simulator, call, || simulator.fates().len() == 1).await;
    // It waits two seconds for connections that are used.
    let begun = Instant::now();
    simulator.shutdown().await;
    assert!(begun.elapsed() < Duration::from_secs(1), "the connection was still there");
}
