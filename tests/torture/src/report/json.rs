//! The report for programs: one object. Times are in milliseconds, memory is in bytes; what the system does not tell is
//! null.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use crate::run::Torture;
use crate::{reads, run};

pub(super) fn torture(torture: &Torture, findings: &run::Findings) -> String {
    let Torture { calls, seed, concurrency, rate, kills: _, guard, send_again } = torture;
    let tallies = &findings.tallies;
    let operations: BTreeMap<&str, _> =
        tallies.operations.iter().map(|(operation, tally)| (operation.name(), tally)).collect();
    line(&json!({
        "calls": calls,
        "seed": seed,
        "concurrency": concurrency,
        "rate": rate,
        "guard": guard,
        "send_again": send_again,
        "operations": operations,
        "total": tallies.total(),
        "unknown_early_by_kind": tallies.early,
        "wrong_calls": tallies.examples,
        "exchanges": findings.counts.exchanges,
        "faults": findings.counts.faults,
        "kills": findings.kills,
        "connections": findings.connections,
        "time": milliseconds(Some(findings.took)),
        "cpu_time": milliseconds(findings.cpu),
        "peak_memory": findings.memory,
        "peak_memory_of_server": findings.server_memory,
    }))
}

pub(super) fn reads(findings: &reads::Findings) -> String {
    line(&json!({
        "reads": findings.reads,
        "answered": findings.answered,
        "errors": findings.examples,
        "connections": findings.connections,
        "open_files": findings.open_files,
        "time": milliseconds(Some(findings.took)),
        "cpu_time": milliseconds(findings.cpu),
        "peak_memory_before": findings.memory_before,
        "peak_memory": findings.memory,
        "peak_memory_of_server": findings.server_memory,
    }))
}

fn milliseconds(duration: Option<Duration>) -> Option<u64> {
    duration.and_then(|duration| u64::try_from(duration.as_millis()).ok())
}

fn line(value: &Value) -> String {
    format!("{value}\n")
}
