//! Time computed per call.

use super::{Bench, CALLS, Measured, build_all, runs::Runs};
use crate::{
    Problem,
    table::{Goal, Row},
};

const ROUNDS: usize = 31;
const CALLS_OF_A_RUN: usize = 1000;

pub(super) const HOW: &str = "the time that the process and the kernel on its behalf compute for 1,000 calls, one after the \
other, over loopback; 31 rounds in which the clients take turns. The medians, and the median of the rounds' ratios.";

pub(super) fn measure(bench: &Bench) -> Result<Measured, Problem> {
    build_all(&bench.workspace)?;
    let mut rows = Vec::new();
    for (call, name) in CALLS {
        let runs = Runs::make(bench, call, ROUNDS, CALLS_OF_A_RUN, 1)?;
        let microseconds = runs.medians(|run| run.cpu / 1000.0 / CALLS_OF_A_RUN as f64);
        let row = Row::new(format!("time computed: {name}"), "µs per call", microseconds, Goal::AtMostTimes(1.03));
        rows.push(Row { paired: runs.paired(|run| run.cpu), ..row });
    }
    Ok(rows.into())
}
