//! Allocations per call.

use std::process::Command;

use serde::Deserialize;

use super::{Bench, CALLS, Measured, build_all, can, of_each};
use crate::{
    Problem,
    budget::ALLOCATIONS_MORE_THAN_BY_HAND,
    program::{built, run},
    table::{Goal, Row},
};

pub(super) const HOW: &str = "a counting global allocator around 200 calls after 20 that warm up; memory that is asked for \
to be larger counts again. reqwest, hyper and tokio are included.";

#[derive(Deserialize)]
struct Printed {
    times: f64,
    bytes: f64,
}

pub(super) fn measure(bench: &Bench) -> Result<Measured, Problem> {
    build_all(&bench.workspace)?;
    let mut rows = Vec::new();
    for (call, name) in CALLS {
        let mut bytes = Vec::new();
        let times = of_each(|client| {
            if !can(client, call) {
                bytes.push(None);
                return Ok(None);
            }
            let mut command = Command::new(built(&format!("count-{}", client.name()))?);
            let printed: Printed = serde_json::from_str(&run(command.args([&bench.server, call, "200"]))?)?;
            bytes.push(Some(printed.bytes));
            Ok(Some(printed.times))
        })?;
        let bytes = std::array::from_fn(|place| bytes.get(place).copied().flatten());
        rows.push(Row::new(format!("allocations: {name}"), "per call", times, Goal::AtMostTimes(1.03)));
        let more = times[0].zip(times[1]).map(|(client, by_hand)| client - by_hand);
        if let Some((_, budget)) = ALLOCATIONS_MORE_THAN_BY_HAND.iter().find(|(operation, _)| *operation == call) {
            let title = format!("allocations: {name}: budget");
            rows.push(Row::new(title, "more than by hand", [more, None, None, None], Goal::AtMost(*budget)));
        }
        rows.push(Row::new(format!("allocated: {name}"), "bytes per call", bytes, Goal::None));
    }
    Ok(rows.into())
}
