//! Calls without `async`.

use generated_client::{ErrorKind, Outcome, blocking::Block as _, zstack};
use simulator::sample;

use crate::{calls, trouble::apart};

/// The address of a stand-in server with a runtime of its own.
fn served() -> String {
    apart(|_| {}).url().to_owned()
}

fn zstack(address: &str) -> zstack::Client {
    zstack::Client::new(address, calls::session()).unwrap()
}

#[test]
fn a_job_is_run_to_its_end_without_async() {
    let recovered = zstack(&served()).recover_data_volume().uuid(sample::VOLUME).send().block().unwrap();
    assert_eq!(recovered.inventory.as_ref().unwrap().status.as_deref(), Some("Ready"));
}

#[test]
fn a_job_is_submitted_and_waited_for_from_several_threads_through_one_client() {
    let zstack = zstack(&served());
    let uuid = zstack.recover_data_volume().uuid(sample::VOLUME).submit().block().unwrap().uuid().clone();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            let mut job = zstack.job::<zstack::operation::RecoverDataVolume>(uuid.clone());
            scope.spawn(move || job.wait().block().map(drop).unwrap());
        }
    });
}

#[tokio::test]
async fn within_async_code_nothing_is_sent_and_the_way_out_is_told() {
    let simulator = calls::simulator().await;
    let error = zstack(simulator.url()).recover_data_volume().uuid(sample::VOLUME).send().block().unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotSent));
    assert!(error.to_string().contains("use `.await` instead of `.block()`"), "{error}");
    assert_eq!(simulator.requests(), []);
}
