//! Where the time of `regenerate` goes: `--timings`.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use crate::generator::{Generator, Input, Made, STAGES};

/// How many times the files are made, in memory, to tell times.
pub const RUNS: usize = 20;

/// The times of several runs.
#[derive(Debug, Default)]
pub struct Timings {
    /// The runs that have ended.
    runs: Mutex<Vec<Run>>,
    /// The run that is on.
    current: Mutex<Run>,
    /// When each thread began the stage that it is at.
    begun: Mutex<HashMap<ThreadId, Instant>>,
}

/// The times of one run.
#[derive(Debug, Default, Clone)]
struct Run {
    /// The time of each stage, of all threads together.
    stages: HashMap<&'static str, Duration>,
    /// From the beginning to the end.
    whole: Duration,
}

impl Timings {
    /// Lets a generator make the same files [`RUNS`] times, and gives what it makes.
    ///
    /// # Errors
    /// Those of the generator.
    pub fn measure(&self, generator: Generator<'_>, input: &Input<'_>) -> Result<Made, Box<dyn Error>> {
        let watched = Input { timings: Some(self), ..*input };
        loop {
            let started = Instant::now();
            let made = generator(&watched)?;
            let mut run = std::mem::take(&mut *lock(&self.current));
            run.whole = started.elapsed();
            let mut runs = lock(&self.runs);
            runs.push(run);
            if runs.len() >= RUNS {
                return Ok(made);
            }
        }
    }

    /// A stage begins on this thread.
    pub fn begins(&self) {
        lock(&self.begun).insert(thread::current().id(), Instant::now());
    }

    /// The stage that has begun on this thread ends.
    pub fn ends(&self, stage: &'static str) {
        let ended = Instant::now();
        if let Some(begun) = lock(&self.begun).remove(&thread::current().id()) {
            *lock(&self.current).stages.entry(stage).or_default() += ended.duration_since(begun);
        }
    }

    /// The table: the least and the median of each stage, in milliseconds. Nothing if nothing was made.
    pub fn table(&self) -> String {
        let runs = lock(&self.runs);
        if runs.is_empty() {
            return String::new();
        }
        let mut text =
            format!("made {} times in memory, in milliseconds:\n{:<12}{:>9}{:>9}\n", runs.len(), "", "least", "median");
        for stage in STAGES {
            let times = runs.iter().map(|run| run.stages.get(stage).copied().unwrap_or_default());
            line(&mut text, stage, times.collect());
        }
        line(&mut text, "from start", runs.iter().map(|run| run.whole).collect());
        text.push_str("Stages run at the same time on several threads, and are summed up over them.\n");
        text
    }
}

fn line(text: &mut String, name: &str, mut times: Vec<Duration>) {
    times.sort();
    let milliseconds = |place: usize| times.get(place).copied().unwrap_or_default().as_secs_f64() * 1e3;
    // Writing to a text does not fail.
    let _ = writeln!(text, "{name:<12}{:>9.2}{:>9.2}", milliseconds(0), milliseconds(times.len() / 2));
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
