//! Instructions per call.

use std::process::Command;

use super::{Bench, CALLS, Measured, build_all, can, of_each};
use crate::{
    Problem,
    program::built,
    table::{Goal, Row},
};

/// A program is run with so many calls, and with twice as many.
const CALLS_OF_A_RUN: u64 = 200;

pub(super) const HOW: &str = "valgrind's callgrind counts a program that makes 200 calls and one that makes 400; the \
difference, so that starting drops out. The server is another process. Without the kernel's.";

pub(super) fn measure(bench: &Bench) -> Result<Measured, Problem> {
    build_all(&bench.workspace)?;
    let mut rows = Vec::new();
    for (call, name) in CALLS {
        let values = of_each(|client| {
            if !can(client, call) {
                return Ok(None);
            }
            let program = built(&format!("many-{}", client.name()))?;
            let count = |calls: u64| counted(Command::new(&program).args([&bench.server, call, &calls.to_string()]));
            let difference = count(2 * CALLS_OF_A_RUN)?.saturating_sub(count(CALLS_OF_A_RUN)?);
            Ok(Some((difference / CALLS_OF_A_RUN) as f64))
        })?;
        rows.push(Row::new(format!("instructions: {name}"), "per call", values, Goal::AtMostTimes(1.03)));
    }
    Ok(rows.into())
}

/// How many instructions a program takes, without those of the kernel.
///
/// # Errors
/// When valgrind is not there, or the program fails.
pub(super) fn counted(program: &mut Command) -> Result<u64, Problem> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program.get_program());
    let output = valgrind.args(program.get_args()).output().map_err(|error| format!("valgrind: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("valgrind failed with {}:\n{said}", output.status).into());
    }
    // `==42== Collected : 123456`
    let collected = said.lines().find_map(|line| line.split_once("Collected : "));
    Ok(collected.ok_or("valgrind has not said what it counted")?.1.trim().parse()?)
}
