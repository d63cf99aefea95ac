//! What happens when something does not go as it was to be shown.

use crate::runs::RUNS;

#[test]
fn a_step_that_goes_otherwise_is_told_and_the_others_go_on() {
    let (went_well, shown) = &RUNS.failing;
    assert!(!went_well);
    let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    for told in [
        "✗ not as it was to be shown: RecoverBackupFromImageStoreBackupStorage: the server answered 503",
        "✗ not as it was to be shown: RecoverBackupFromImageStoreBackupStorage should be 1, and is 0",
    ] {
        assert!(words.contains(told), "{shown}");
    }
    let last = shown.lines().last().unwrap();
    assert!(last.starts_with("4 of 5 operations, ") && last.contains("4 of 4 failures"), "{last}");
}
