//! `bench`: measures the client beside what one writes by hand. `cargo xtask bench` starts it.

use std::{
    io::{self, Write as _},
    path::Path,
    process::ExitCode,
    time::Instant,
};

use bench::{
    Problem,
    arguments::{self, HELP, Request},
    figure::{Bench, Figure, Measured},
    machine,
    recorded::Recorded,
    report, server,
    table::{Row, markdown},
};

/// A budget was exceeded. (A goal that is missed is no failure: the table says so.)
const EXCEEDED: u8 = 4;

fn main() -> ExitCode {
    match answer() {
        Ok(exit) => exit,
        Err(problem) => {
            let _ = writeln!(io::stderr(), "error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn answer() -> Result<ExitCode, Problem> {
    let request = arguments::read(std::env::args_os().skip(1))
        .map_err(|problem| format!("{problem}\nSee `cargo xtask bench --help`."))?;
    if matches!(request, Request::Help) {
        say(HELP);
        return Ok(ExitCode::SUCCESS);
    }
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let recorded = Recorded::read(&workspace)?;
    let server = format!("http://{}", server::start(&recorded)?);
    match request {
        Request::Help => Ok(ExitCode::SUCCESS),
        Request::Serve => {
            say(&format!("{server}\n"));
            loop {
                std::thread::park();
            }
        }
        Request::Measure { figures, is_all } => measure(&Bench { workspace, recorded, server }, figures, is_all),
    }
}

fn measure(bench: &Bench, figures: Vec<Figure>, is_all: bool) -> Result<ExitCode, Problem> {
    let mut measured: Vec<(Figure, Measured)> = Vec::new();
    let mut has_failed = false;
    for figure in figures {
        let begun = Instant::now();
        let _ = write!(io::stderr(), "{} …", figure.name);
        match figure.measure(bench) {
            Ok(of_figure) => {
                let _ = writeln!(io::stderr(), " {} s", begun.elapsed().as_secs());
                measured.push((figure, of_figure));
            }
            // The others can be measured all the same.
            Err(problem) => {
                let _ = writeln!(io::stderr(), " failed: {problem}");
                has_failed = true;
                let notes = format!("## {}\n\nIt could not be measured.\n", figure.name);
                measured.push((figure, Measured { notes, ..Measured::default() }));
            }
        }
        // After each: a run that is given up halfway has measured something.
        if is_all {
            let text = report::write(&measured, &machine::describe(&bench.workspace)?);
            #[expect(clippy::disallowed_methods, reason = "one file, which only this command makes")]
            std::fs::write(bench.workspace.join("BENCHMARKS.md"), text)?;
        }
    }
    let rows: Vec<Row> = measured.iter().flat_map(|(_, measured)| measured.rows.clone()).collect();
    if !rows.is_empty() {
        say(&markdown(&rows));
    }
    for (_, measured) in &measured {
        say(&measured.notes);
    }
    Ok(match (has_failed, rows.iter().any(Row::exceeds_budget)) {
        (true, _) => ExitCode::FAILURE,
        (false, true) => ExitCode::from(EXCEEDED),
        (false, false) => ExitCode::SUCCESS,
    })
}

/// A reader that has gone away, as `head` does, changes nothing about what was measured.
fn say(text: &str) {
    let _ = io::stdout().write_all(text.as_bytes());
}
