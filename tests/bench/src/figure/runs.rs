//! Runs of the clients in turn, so that what the machine does meanwhile meets all of them.

use std::process::Command;

use serde::Deserialize;

use super::{Bench, can};
use crate::{
    Problem,
    program::{Client, built, run},
    statistics::median,
};

/// What `bench_caller::many` prints: see there.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Run {
    pub(super) cpu: f64,
    pub(super) wall: f64,
    pub(super) p50: f64,
    pub(super) p99: f64,
    pub(super) p999: f64,
    pub(super) max: f64,
    checksum: i64,
}

/// Runs of the clients, in the order of [`Client::ALL`]; as many of each that can make the call.
pub(super) struct Runs([Vec<Run>; 4]);

impl Runs {
    /// Makes so many rounds of so many calls, so many of them at a time. Each round begins with another client.
    pub(super) fn make(
        bench: &Bench,
        call: &str,
        rounds: usize,
        calls: usize,
        concurrent: usize,
    ) -> Result<Self, Problem> {
        let mut runs = Self(Default::default());
        let mut checksum = None;
        for round in 0..rounds {
            for place in (0..4).map(|place| (place + round) % 4) {
                let client = Client::ALL[place];
                if !can(client, call) {
                    continue;
                }
                let mut command = Command::new(built(&format!("many-{}", client.name()))?);
                let arguments = [&bench.server, call, &calls.to_string(), &concurrent.to_string()];
                let made: Run = serde_json::from_str(&run(command.args(arguments))?)?;
                if *checksum.get_or_insert(made.checksum) != made.checksum {
                    return Err(format!("the {} client has read another answer than the others", client.name()).into());
                }
                runs.0[place].push(made);
            }
        }
        Ok(runs)
    }

    /// The median of each client.
    pub(super) fn medians(&self, value: impl Fn(&Run) -> f64) -> [Option<f64>; 4] {
        std::array::from_fn(|place| median(self.0[place].iter().map(&value)))
    }

    /// The median of the ratios, round by round, of the generated client's to the guarded one's.
    pub(super) fn paired(&self, value: impl Fn(&Run) -> f64) -> Option<f64> {
        let [generated, guarded, ..] = &self.0;
        median(generated.iter().zip(guarded).map(|(generated, guarded)| value(generated) / value(guarded)))
    }
}
