//! Time limits are for the whole call: connecting, every answer, every pause, and all questions for a job.

use std::time::{Duration, Instant};

use generated_client::{ErrorKind, Outcome, Retries, cbr, zstack};
use simulator::{Fault, FaultRule, Operation, Pace, Phase, Simulator, sample};
use tokio::task::JoinSet;

use crate::{
    calls::{self, JOBS},
    trouble::answer,
};

/// The limit of the calls here.
const LIMIT: Duration = Duration::from_secs(2);

/// By how much a busy machine may be late.
const LATE: Duration = Duration::from_secs(3);

/// The pauses before something is sent again: the budget would last for longer than the limit.
const PAUSE: Duration = Duration::from_secs(1);

/// Longer than any call here.
const MINUTE: Duration = Duration::from_secs(60);

/// All five.
const ALL: [Operation; 5] =
    [JOBS[0], JOBS[1], JOBS[2], Operation::GetDatabaseBackupFromImageStore, Operation::RestoreBackup];

/// All exchanges of an operation meet this fault, or those of all operations.
fn happens(simulator: &Simulator, operation: Option<Operation>, phase: Phase, fault: Fault) {
    simulator.add_fault(FaultRule::always(operation, phase, fault));
}

/// Makes a call with the limit, which is sent again as often as it likes. Returns its error, which came when the time was
/// up.
async fn out_of_time(simulator: &Simulator, operation: Operation) -> (Outcome, ErrorKind) {
    let retries = Retries::default().times(1000).pauses(PAUSE, PAUSE);
    let begun = Instant::now();
    let error = if operation == Operation::RestoreBackup {
        let token = cbr::Token::new(sample::TOKEN).unwrap();
        let client = cbr::Client::builder(simulator.url(), token).timeout(LIMIT).retries(retries);
        calls::restore(&client.build().unwrap()).await.unwrap_err()
    } else {
        let client = zstack::Client::builder(simulator.url(), calls::session()).timeout(LIMIT).retries(retries);
        calls::call(&client.build().unwrap(), operation).await.unwrap_err()
    };
    let took = begun.elapsed();
    assert!(took < LIMIT + LATE, "{operation:?} took {took:?}: {error}");
    (error.outcome(), error.kind())
}

/// Makes calls of these operations at once, each on a server of its own, and fails if one ends otherwise than so.
async fn each_ends(
    operations: &[Operation],
    set_up: impl AsyncFn(&Simulator, Operation),
    expected: (Outcome, ErrorKind),
) {
    let mut under_way = JoinSet::new();
    for operation in operations.iter().copied() {
        let simulator = calls::simulator().await;
        set_up(&simulator, operation).await;
        under_way.spawn(async move { (operation, out_of_time(&simulator, operation).await) });
    }
    while let Some(ended) = under_way.join_next().await {
        let (operation, ended) = ended.unwrap();
        assert_eq!(ended, expected, "{operation:?}");
    }
}

const UNKNOWN: (Outcome, ErrorKind) = (Outcome::Unknown, ErrorKind::Timeout);

#[tokio::test]
async fn an_answer_that_does_not_come_ends_with_the_limit() {
    for phase in [Phase::Connecting, Phase::BeforeExecuting, Phase::InHead, Phase::InBody] {
        // Of a job: no answer to questions either.
        let set_up = async |simulator: &Simulator, _| happens(simulator, None, phase, Fault::Stall(MINUTE));
        each_ends(&ALL, set_up, UNKNOWN).await;
    }
}

#[tokio::test]
async fn a_job_that_does_not_end_is_asked_for_until_the_limit() {
    let set_up = async |simulator: &Simulator, _| {
        simulator.with_settings(|settings| settings.job_pace = Pace::Time(MINUTE));
    };
    each_ends(&JOBS, set_up, UNKNOWN).await;
}

#[tokio::test]
async fn questions_that_are_not_answered_are_asked_until_the_limit() {
    for fault in [Fault::Stall(MINUTE), Fault::Close] {
        let set_up = async |simulator: &Simulator, _| {
            happens(simulator, Some(Operation::QueryJob), Phase::BeforeAnswering, fault.clone());
        };
        each_ends(&JOBS, set_up, UNKNOWN).await;
    }
}

#[tokio::test]
async fn a_read_is_sent_again_until_the_limit() {
    let set_up = async |simulator: &Simulator, operation| {
        happens(simulator, Some(operation), Phase::BeforeExecuting, answer(502, ""));
    };
    let expected = (Outcome::Unknown, ErrorKind::Status);
    each_ends(&[Operation::GetDatabaseBackupFromImageStore], set_up, expected).await;
}

#[tokio::test]
async fn connections_that_are_refused_are_tried_until_the_limit() {
    let set_up = async |simulator: &Simulator, _| simulator.stop_listening().await.unwrap();
    each_ends(&ALL, set_up, (Outcome::NotSent, ErrorKind::Connect)).await;
}
