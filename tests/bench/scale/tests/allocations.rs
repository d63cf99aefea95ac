//! What an operation takes does not depend on how many there are: counted, since counts are the same on every machine.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise, in its helpers too")]

use std::alloc::System;

use bench_scale::made::{self, Texts};
use codegen::{Settings, Source};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Allocations, and bytes of them, for each operation.
fn counted(texts: &Texts, operations: usize) -> [f64; 2] {
    let document = Source { name: "spec/openapi.yaml", text: &texts.document };
    let overlay = texts.overlay.as_deref().map(|text| Source { name: "spec/as-served.overlay.yaml", text });
    // The same chunks on every machine.
    let settings = Settings { at_once: Some(25), ..Settings::default() };
    let region = Region::new(ALLOCATOR);
    codegen::generate(document, overlay, &settings).unwrap_or_else(|report| panic!("{report}"));
    let change = region.change();
    let count = change.allocations + change.reallocations;
    [count, change.bytes_allocated].map(|number| number as f64 / operations as f64)
}

/// One test: two at the same time would count each other's.
#[test]
fn an_operation_of_a_hundred_and_fifty_takes_hardly_more_than_one_of_fifty() {
    for texts in [made::served, made::with_overlay] {
        let few = counted(&texts(50).unwrap(), 50);
        let many = counted(&texts(150).unwrap(), 150);
        for (few, many) in few.into_iter().zip(many) {
            assert!(many < 1.1 * few, "{few} for each of 50, {many} for each of 150");
        }
    }
}
