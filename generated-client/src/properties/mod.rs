//! What holds for every input, tried with random ones. What libFuzzer tries at length is in `tests/fuzz`.

mod answers;
mod integers;
mod path_ids;
mod secrets;
mod server;
mod timestamps;

use proptest::test_runner::Config;

/// So many random inputs for each claim. One that fails is printed, as small as it can be made; nothing is written into
/// the tree.
fn cases(cases: u32) -> Config {
    Config { cases, failure_persistence: None, ..Config::default() }
}
