//! What an example says when one of its settings is missing.

use simulator::{Simulator, sample};

use crate::program::{Done, example, run};

/// A program that ended with an error before anything was sent.
fn says(simulator: &Simulator, done: &Done, variable: &str, what: &str) {
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.stderr.contains(variable) && done.stderr.contains(what), "{done:?}");
    assert!(simulator.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_address_its_variable_is_named() {
    let simulator = Simulator::start().await.unwrap();
    let done = run(example!("zstack_recover_volume", &simulator).arg(sample::VOLUME).env_remove("ZSTACK_URL"));
    says(&simulator, &done, "ZSTACK_URL", "the base address of the service");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_credentials_their_variable_is_named() {
    let simulator = Simulator::start().await.unwrap();
    let done = run(example!("zstack_recover_volume", &simulator).arg(sample::VOLUME).env_remove("ZSTACK_SESSION"));
    says(&simulator, &done, "ZSTACK_SESSION", "the UUID of a session of ZStack");
    let done = run(example!("cbr_restore_disk", &simulator).args(["1", "2", "3"]).env_remove("CBR_TOKEN"));
    says(&simulator, &done, "CBR_TOKEN", "a user's token");
}
