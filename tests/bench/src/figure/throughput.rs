//! Many calls at a time.

use super::{
    Bench, Measured, build_all,
    runs::{Run, Runs},
};
use crate::{
    Problem,
    table::{Goal, Row},
};

/// Picks a latency out of a run.
type Latency = fn(&Run) -> f64;

const ROUNDS: usize = 15;

/// Calls at a time, and all of them.
const LOADS: [(usize, usize); 3] = [(1, 2000), (64, 12_800), (1024, 20_480)];

pub(super) const HOW: &str = "lists, so many at a time, on a runtime with one thread; the server is another process on the \
same machine. 15 rounds in which the clients take turns: the medians, and the median of the rounds' ratios. Latency is from \
a call to its decoded answer. The generated client and the one with equal guards have 256 requests under way at most, the \
rest of 1,024 wait for their turn; the other two have 1,024.";

pub(super) fn measure(bench: &Bench) -> Result<Measured, Problem> {
    build_all(&bench.workspace)?;
    let mut rows = Vec::new();
    for (concurrent, calls) in LOADS {
        let runs = Runs::make(bench, "list", ROUNDS, calls, concurrent)?;
        let per_second = |run: &Run| calls as f64 / run.wall * 1e9;
        let row = Row::new(
            format!("throughput: {concurrent} at a time"),
            "calls per second",
            runs.medians(per_second),
            Goal::AtLeastTimes(0.97),
        );
        rows.push(Row { paired: runs.paired(per_second), ..row });
        let latencies: [(&str, Latency); 4] = [
            ("median", |run| run.p50),
            ("99 %", |run| run.p99),
            ("99.9 %", |run| run.p999),
            ("longest", |run| run.max),
        ];
        for (name, latency) in latencies {
            let microseconds = runs.medians(|run| latency(run) / 1000.0);
            let row = Row::new(format!("latency, {name}: {concurrent} at a time"), "µs", microseconds, Goal::None);
            rows.push(Row { paired: runs.paired(latency), ..row });
        }
    }
    Ok(rows.into())
}
