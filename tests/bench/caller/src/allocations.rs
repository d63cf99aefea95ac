//! How much a call allocates.

use std::alloc::System;

/// The allocator to be declared as the global one by a program that counts.
pub use stats_alloc::INSTRUMENTED_SYSTEM as ALLOCATOR;
use stats_alloc::{Region, StatsAlloc};

use crate::{Calls, Operation, Problem, arguments::Arguments, call, runtime};

/// What [`ALLOCATOR`] is.
pub type Allocator = StatsAlloc<System>;

/// How many calls are made before anything is counted: connections are open then, and buffers have their size.
const WARM_UP: usize = 20;

/// What one call allocates, on the average.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Allocations {
    /// How often memory is asked for, or asked to be larger.
    pub times: f64,
    /// How many bytes.
    pub bytes: f64,
}

/// Counts what `calls` calls allocate. The program must have [`ALLOCATOR`] as its global one, and do nothing else.
///
/// # Errors
/// Those of the client.
pub fn allocations<C: Calls>(address: &str, operation: Operation, calls: u32) -> Result<Allocations, Problem> {
    let client = C::new(address)?;
    runtime()?.block_on(async {
        for _ in 0..WARM_UP {
            call(&client, operation).await?;
        }
        let region = Region::new(&ALLOCATOR);
        for _ in 0..calls {
            call(&client, operation).await?;
        }
        let change = region.change();
        let per_call = |number: usize| number as f64 / f64::from(calls);
        Ok(Allocations {
            times: per_call(change.allocations + change.reallocations),
            bytes: per_call(change.bytes_allocated),
        })
    })
}

/// Counts the calls that the arguments ask for, and prints one line of JSON: `times` and `bytes`.
///
/// # Errors
/// Those of the client, and bad arguments.
pub fn count<C: Calls>() -> Result<(), Problem> {
    let Arguments { address, operation, calls, .. } = Arguments::read()?;
    let Allocations { times, bytes } = allocations::<C>(&address, operation, u32::try_from(calls)?)?;
    println!(r#"{{"times":{times},"bytes":{bytes}}}"#);
    Ok(())
}
