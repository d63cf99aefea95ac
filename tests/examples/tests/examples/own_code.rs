//! Code that has tests of its own (`cargo test -p examples --bin zstack_test_own_code`), as a program.

use simulator::{Simulator, sample};

use crate::program::{example, succeeds};

#[tokio::test(flavor = "multi_thread")]
async fn what_could_be_recovered_is_counted_and_what_could_not_is_said() {
    let simulator = Simulator::start().await.unwrap();
    let mut command = example!("zstack_test_own_code", &simulator);
    let done = succeeds(command.args([sample::READY_VOLUME, sample::VOLUME]));
    assert_eq!(done.stdout, "recovered 1 of 2\n");
    assert!(done.stderr.starts_with(&format!("{}: RecoverDataVolume: ", sample::READY_VOLUME)), "{done:?}");
    assert_eq!(simulator.executions(sample::VOLUME), 1);
}
