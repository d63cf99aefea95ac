//! The report for people, in lines of 80 columns at most.

use std::fmt::Write as _;

use simulator::{Mishap, Operation, Phase};

use super::numbers::{mebibytes, seconds, thousands};
use crate::plan::{LONG, OPERATIONS, SHORT, STALL};
use crate::run::Torture;
use crate::tally::{Tally, changes};
use crate::{reads, run};

/// A row of the table: its title, and what it counts. `None`: it says nothing of this operation.
type Row = (&'static str, fn(Operation, &Tally) -> Option<u64>);

const ROWS: [Row; 13] = [
    ("calls", |_, tally| Some(tally.calls)),
    ("executed exactly once, so reported", |operation, tally| changes(operation).then_some(tally.once)),
    ("answered, a read", |operation, tally| (!changes(operation)).then_some(tally.once)),
    ("failed, as the server said", |_, tally| Some(tally.failed)),
    ("not executed, so reported", |_, tally| Some(tally.not_executed)),
    ("unknown, so reported", |_, tally| Some(tally.unknown)),
    ("  of these executed", |operation, tally| changes(operation).then_some(tally.unknown_executed)),
    ("  settled by asking again later", |operation, tally| operation.is_job().then_some(tally.unknown_settled)),
    ("    though there was time before", |operation, tally| operation.is_job().then_some(tally.unknown_early)),
    ("given up by the caller", |_, tally| Some(tally.given_up)),
    ("  of these executed", |operation, tally| changes(operation).then_some(tally.given_up_executed)),
    ("EXECUTED TWICE", |operation, tally| changes(operation).then_some(tally.twice)),
    ("WRONGLY REPORTED", |_, tally| Some(tally.wrong)),
];

/// Width of the titles of rows, and of the columns.
const TITLE: usize = 36;
const COLUMN: usize = 7;

pub(super) fn torture(torture: &Torture, findings: &run::Findings) -> String {
    let Torture { calls, seed, concurrency, rate, kills: _, guard, send_again } = torture;
    let guard = if *guard { "" } else { ", the guard is off" };
    let again = if *send_again { ",\nunknown jobs are sent again" } else { "" };
    let mut text = format!(
        "{} calls by {concurrency} callers at once, seed {seed}, faults in {:.0} % of all exchanges{guard}{again}\n",
        thousands(*calls as u64),
        rate * 100.0
    );
    let _ = writeln!(
        text,
        "a call has {} s or {} ms, an answer 1 MiB; stalls of the server take {} ms\n",
        LONG.as_secs(),
        SHORT.as_millis(),
        STALL.as_millis()
    );
    for (number, operation) in (1..).zip(OPERATIONS) {
        let what = match operation {
            Operation::RestoreBackup => "CBR, at most once",
            operation if operation.is_job() => "ZStack, a job",
            _ => "ZStack, a read",
        };
        let _ = writeln!(text, "  {number}  {:<47}{what}", operation.name());
    }
    let _ = writeln!(text, "\n{:TITLE$}{}", "", columns(["1", "2", "3", "4", "5", "total"].map(str::to_owned)));
    for row in &ROWS {
        let _ = writeln!(text, "{}", cells(row, findings).trim_end());
    }
    if !findings.tallies.early.is_empty() {
        let kinds = findings.tallies.early.iter().map(|(kind, count)| format!("{kind} {count}"));
        let _ = writeln!(text, "\nnot asked for although there was time, by the kind of error: {}", list(kinds));
    }
    section(&mut text, "some of the calls that something is wrong with", &findings.tallies.examples);
    let faults = &findings.counts.faults;
    let met: u64 = faults.values().sum();
    // Those of connections are not told: they meet no exchange.
    let kinds = Mishap::all(STALL).into_iter().filter(|mishap| mishap.phase != Phase::Connecting).count();
    text.push('\n');
    for (title, value) in [
        ("exchanges, as the server told", thousands(findings.counts.exchanges)),
        ("faults that met them", format!("{}, {} of the {kinds} kinds", thousands(met), faults.len())),
        ("kills of the server (kill -9)", findings.kills.to_string()),
        ("connections made or tried", thousands(findings.connections)),
        ("time", seconds(Some(findings.took))),
        ("CPU time of the client process", seconds(findings.cpu)),
        ("peak memory of the client process", mebibytes(findings.memory)),
        ("peak memory of the server", mebibytes(findings.server_memory)),
    ] {
        let _ = writeln!(text, "{title:TITLE$}{value}");
    }
    let total = findings.tallies.total();
    let _ = writeln!(text, "\nexecuted twice {}, wrongly reported {}", thousands(total.twice), thousands(total.wrong));
    text
}

pub(super) fn reads(findings: &reads::Findings) -> String {
    let reads = thousands(findings.reads as u64);
    let mut text = format!("{reads} reads through one client, all at the same time\n\n");
    let files = findings.open_files.map_or_else(|| "not known here".to_owned(), thousands);
    for (title, value) in [
        ("answered", thousands(findings.answered as u64)),
        ("connections made or tried", thousands(findings.connections)),
        ("files that a process may open", files),
        ("time", seconds(Some(findings.took))),
        ("CPU time of the client process", seconds(findings.cpu)),
        ("its peak memory before the reads", mebibytes(findings.memory_before)),
        ("its peak memory", mebibytes(findings.memory)),
        ("peak memory of the server", mebibytes(findings.server_memory)),
    ] {
        let _ = writeln!(text, "{title:TITLE$}{value}");
    }
    section(&mut text, "some of the reads that were not answered", &findings.examples);
    text
}

/// Adds lines under a title, if there are any.
fn section(text: &mut String, title: &str, lines: &[String]) {
    if !lines.is_empty() {
        let _ = writeln!(text, "\n{title}:\n  {}", lines.join("\n  "));
    }
}

/// A row: a cell for each operation, and the total of those that it says something of.
fn cells((title, count): &Row, findings: &run::Findings) -> String {
    let none = Tally::default();
    let of = |operation| count(operation, findings.tallies.operations.get(&operation).unwrap_or(&none));
    let counts = OPERATIONS.map(of);
    let total = counts.iter().flatten().sum();
    let cell = |count: &Option<u64>| count.map_or_else(|| "-".to_owned(), thousands);
    format!("{title:TITLE$}{}", columns(counts.iter().map(cell).chain([thousands(total)])))
}

fn columns(cells: impl IntoIterator<Item = String>) -> String {
    cells.into_iter().fold(String::new(), |line, cell| format!("{line}{cell:>COLUMN$}"))
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::caller::Account;
    use crate::judge::Told;
    use crate::plan;
    use crate::server::Counts;
    use crate::tally::{Fate, Tallies};

    fn written() -> String {
        let mut tallies = Tallies::default();
        for call in plan::calls(1, 10_000) {
            tallies.add(&Fate { call: &call, account: &Account::of(Told::Unknown), executions: 1, later: None });
        }
        let findings = run::Findings {
            tallies,
            counts: Counts { exchanges: 30_000, faults: [("reset-in-body".to_owned(), 12_000)].into() },
            kills: 5,
            connections: 12_345,
            took: Duration::from_secs(90),
            cpu: Some(Duration::from_secs(20)),
            memory: Some(64 << 20),
            server_memory: None,
        };
        let torture =
            Torture { calls: 10_000, seed: 1, concurrency: 100, rate: 0.2, kills: 5, guard: true, send_again: true };
        super::torture(&torture, &findings)
    }

    #[test]
    fn the_report_fits_a_terminal() {
        let text = written();
        let wide: Vec<&str> = text.lines().filter(|line| line.len() > 80).collect();
        assert!(wide.is_empty(), "{wide:?}");
    }

    #[test]
    fn each_row_has_a_number_for_each_operation_that_it_is_about_and_a_total() {
        let text = written();
        let row = |title: &str| {
            let line = text.lines().find(|line| line.starts_with(title)).unwrap();
            line[TITLE..].split_whitespace().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(row("calls"), ["2,000", "2,000", "2,000", "2,000", "2,000", "10,000"]);
        assert_eq!(row("EXECUTED TWICE"), ["0", "0", "0", "-", "0", "0"]);
        assert_eq!(row("answered, a read"), ["-", "-", "-", "0", "-", "0"]);
    }
}
