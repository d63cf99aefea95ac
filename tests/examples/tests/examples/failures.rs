//! Failures that are told apart.

use simulator::{Fault, FaultRule, Operation, Phase, Simulator, sample};

use crate::program::{Done, example, run};

fn recover(simulator: &Simulator, volume: &str) -> Done {
    run(example!("zstack_tell_failures", simulator).arg(volume))
}

/// Lets an operation be answered so, always.
fn answer(simulator: &Simulator, operation: Operation, status: u16) {
    let fault = Fault::Answer { status, headers: Vec::new(), body: String::new() };
    simulator.add_fault(FaultRule::always(operation, Phase::BeforeExecuting, fault));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_ends_with_0() {
    let simulator = Simulator::start().await.unwrap();
    let done = recover(&simulator, sample::VOLUME);
    assert_eq!((done.code, done.stdout.as_str()), (Some(0), "recovered\n"), "{done:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_sent_ends_with_3() {
    let simulator = Simulator::start().await.unwrap();
    simulator.stop_listening().await.unwrap();
    let done = recover(&simulator, sample::VOLUME);
    assert!(done.code == Some(3) && done.stderr.contains("Nothing reached the server."), "{done:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_has_expired_ends_with_4_and_says_to_log_in() {
    let simulator = Simulator::start().await.unwrap();
    simulator.expire_credentials();
    let done = recover(&simulator, sample::VOLUME);
    assert!(done.code == Some(4) && done.stderr.contains("Log in"), "{done:?}");
    assert_eq!(simulator.executions(sample::VOLUME), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_ends_with_4() {
    let simulator = Simulator::start().await.unwrap();
    answer(&simulator, Operation::RecoverDataVolume, 400);
    let done = recover(&simulator, sample::VOLUME);
    assert!(done.code == Some(4) && done.stderr.contains("Mend what the server names"), "{done:?}");
    assert_eq!(simulator.executions(sample::VOLUME), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_ends_with_5_and_names_the_servers_code() {
    let simulator = Simulator::start().await.unwrap();
    let done = recover(&simulator, sample::READY_VOLUME);
    assert!(done.code == Some(5) && done.stderr.contains("The server's code is SYS.1006."), "{done:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_could_not_be_asked_for_ends_with_6_and_is_named() {
    let simulator = Simulator::start().await.unwrap();
    answer(&simulator, Operation::QueryJob, 403);
    let done = recover(&simulator, sample::VOLUME);
    let job = simulator.execution_log()[0].job.clone().unwrap();
    assert!(done.code == Some(6) && done.stderr.contains(&format!("The job is {job}.")), "{done:?}");
    assert_eq!(simulator.executions(sample::VOLUME), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_the_server_has_forgotten_ends_with_6_and_says_to_look() {
    let simulator = Simulator::start().await.unwrap();
    simulator.add_fault(FaultRule::always(Operation::QueryJob, Phase::BeforeExecuting, Fault::PurgeJob));
    let done = recover(&simulator, sample::VOLUME);
    assert!(done.code == Some(6) && done.stderr.contains("the server knows no more"), "{done:?}");
}
