//! How often a call allocates, held to how often the same call by hand with equal guards does. One test: everything else that runs
//! in this process would be counted too.

use std::path::Path;

use bench::{budget, recorded::Recorded, server};
use bench_caller::{Allocations, Calls, Operation, Problem, allocations};

#[global_allocator]
static ALLOCATOR: &bench_caller::Allocator = &bench_caller::ALLOCATOR;

/// Enough for what happens now and then, as the growth of a pool, to vanish.
const CALLS: u32 = 100;

/// How many more a call may make where the client has its feature `tracing`, as in a build of the whole workspace: its spans,
/// those of a job's questions included. `cargo xtask bench --quick` holds the client to its budget without.
const OF_SPANS: f64 = 12.0;

fn count<C: Calls>(server: &str, operation: Operation) -> Result<Allocations, Problem> {
    allocations::<C>(server, operation, CALLS)
}

#[test]
fn a_call_allocates_as_often_as_its_budget_says() {
    let workspace = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let server = format!("http://{}", server::start(&Recorded::read(workspace).unwrap()).unwrap());
    for (name, more) in budget::ALLOCATIONS_MORE_THAN_BY_HAND {
        let operation = name.parse().unwrap();
        let client = count::<call_generated::Client>(&server, operation).unwrap();
        let by_hand = count::<call_guarded::Client>(&server, operation).unwrap();
        assert!(client.times <= by_hand.times + more + OF_SPANS, "{operation}: {client:?}, by hand {by_hand:?}");
    }
}
