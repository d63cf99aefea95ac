//! How large a program is that makes one call.

use std::fs;

use super::{Bench, Measured, of_each};
use crate::{
    Problem, budget,
    program::build_stripped,
    table::{Goal, Row},
};

pub(super) const HOW: &str = "the release program `calls/*/src/bin/one.rs` (RecoverDataVolume, no TLS), stripped; cargo's \
release profile as it is.";

pub(super) fn measure(bench: &Bench) -> Result<Measured, Problem> {
    let values = of_each(|client| {
        let name = client.name();
        let program = build_stripped(&bench.workspace, &format!("call-{name}"), &format!("one-{name}"))?;
        Ok(Some(fs::metadata(program)?.len() as f64))
    })?;
    let own = [values[0], None, None, None];
    Ok(vec![
        Row::new("program of one call", "bytes", values, Goal::AtMostTimes(1.05)),
        Row::new("program of one call: budget", "bytes", own, Goal::AtMost(budget::ONE_CALL_BYTES)),
    ]
    .into())
}
