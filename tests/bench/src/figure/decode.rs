//! Decoding of the recorded responses.

use std::{fs, process::Command};

use super::{Bench, Measured, instructions::counted};
use crate::{
    Problem,
    program::{build, built, run, target},
    statistics::median,
    table::{Goal, Row},
};

/// How often the four responses are decoded while instructions are counted, and twice as often.
const TIMES_COUNTED: u32 = 500;

/// And while time is measured.
const TIMES: &str = "20000";

const ROUNDS: usize = 41;

pub(super) const HOW: &str = "the four recorded responses, their integers re-printed as digits, from bytes to the client's \
types and to plain serde's (`i64`, `String`, the same fields), by `serde_json::from_slice`. Instructions by callgrind; the \
time computed in 41 pairs of runs, of which the medians and the median of the ratios. The goal of 0.95 × the speed is 1.05 × \
the time.";

pub(super) fn measure(bench: &Bench) -> Result<Measured, Problem> {
    build(&bench.workspace, "bench-decode")?;
    let folder = target()?.join("bench").join("recorded");
    #[expect(clippy::disallowed_methods, reason = "writes into the folder that cargo builds in")]
    {
        fs::create_dir_all(&folder)?;
        for (operation, body) in bench.recorded.named() {
            fs::write(folder.join(operation).with_extension("json"), body)?;
        }
    }
    let program = built("bench-decode")?;
    let command = |who: &str, times: &str| {
        let mut command = Command::new(&program);
        command.args([who, times]).arg(&folder);
        command
    };
    let count = |who: &str| -> Result<f64, Problem> {
        let twice = counted(&mut command(who, &(2 * TIMES_COUNTED).to_string()))?;
        let once = counted(&mut command(who, &TIMES_COUNTED.to_string()))?;
        Ok((twice.saturating_sub(once) / u64::from(TIMES_COUNTED)) as f64)
    };
    let instructions = [Some(count("client")?), Some(count("serde")?), None, None];
    let (mut client, mut serde) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        // Each is the first as often as the other.
        let order = if round % 2 == 0 { ["client", "serde"] } else { ["serde", "client"] };
        for who in order {
            let nanoseconds: f64 = run(&mut command(who, TIMES))?.trim().parse()?;
            if who == "client" { &mut client } else { &mut serde }.push(nanoseconds / 1000.0 / 20_000.0);
        }
    }
    let ratio = median(client.iter().zip(&serde).map(|(client, serde)| client / serde));
    let times = [median(client), median(serde), None, None];
    let goal = Goal::AtMostTimes(1.0 / 0.95);
    let computed = Row::new("decoding: time computed", "µs per four responses", times, goal);
    Ok(vec![
        Row::new("decoding: instructions", "per four responses", instructions, goal),
        Row { paired: ratio, ..computed },
    ]
    .into())
}
