//! One size: in a process of its own, which reads the texts and makes the client some times.

use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};
use std::time::Instant;

use codegen::{Settings, Source};
use serde_json::{Value, json};

use crate::Problem;
use crate::made::{self, Texts};

/// What the client is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The document with the corrections in it.
    Served,
    /// The document, and the overlay with the corrections.
    WithOverlay,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Served, Self::WithOverlay];

    /// The name, as tables have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Served => "document",
            Self::WithOverlay => "with-overlay",
        }
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    fn texts(self, operations: usize) -> Result<Texts, Problem> {
        match self {
            Self::Served => made::served(operations),
            Self::WithOverlay => made::with_overlay(operations),
        }
    }
}

/// What was measured of one size.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// How many operations the document has.
    pub operations: usize,
    /// What the client was made of.
    pub kind: Kind,
    /// Milliseconds that the process computed, all threads together: the least of the runs.
    pub computed: f64,
    /// Milliseconds from beginning to end: the least of the runs.
    pub elapsed: f64,
    /// The most memory that the process had, in MiB, with the texts and all that was made.
    pub peak: f64,
}

impl Measured {
    /// Milliseconds that were computed for each operation.
    pub fn computed_each(&self) -> f64 {
        self.computed / self.operations as f64
    }

    /// Milliseconds that went by for each operation.
    pub fn elapsed_each(&self) -> f64 {
        self.elapsed / self.operations as f64
    }
}

/// How often the client of so many operations is made.
fn times(operations: usize) -> usize {
    (1000 / operations).clamp(1, 20)
}

/// Measures one size, in another process of this program.
///
/// # Errors
/// The process can't be started, or its client can't be made.
pub fn measure(operations: usize, kind: Kind) -> Result<Measured, Problem> {
    let failed =
        |error: &dyn std::fmt::Display| Problem::new(&format!("{operations} operations can't be measured"), error);
    let texts = kind.texts(operations)?;
    let program = std::env::current_exe().map_err(|error| failed(&error))?;
    let mut command = Command::new(program);
    command.args(["one", &operations.to_string(), &times(operations).to_string(), kind.name()]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(|error| failed(&error))?;
    let input = json!({"document": texts.document, "overlay": texts.overlay}).to_string();
    drop(texts);
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes()).map_err(|error| failed(&error))?;
    }
    drop(input);
    let output = child.wait_with_output().map_err(|error| failed(&error))?;
    let told: Value = serde_json::from_slice(&output.stdout).map_err(|error| failed(&error))?;
    let number = |key: &str| told[key].as_f64().ok_or_else(|| failed(&format!("no {key}")));
    let (computed, elapsed, peak) = (number("computed")?, number("elapsed")?, number("peak")?);
    Ok(Measured { operations, kind, computed, elapsed, peak })
}

/// What the other process does: makes the client of the texts on stdin so many times, and says what it took.
///
/// # Errors
/// The texts can't be read, or no client can be made of them.
pub fn one(times: usize) -> Result<String, Problem> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input).map_err(|error| Problem::new("stdin can't be read", error))?;
    let texts: Value = serde_json::from_str(&input).map_err(|error| Problem::new("stdin is not JSON", error))?;
    drop(input);
    let document = Source { name: "spec/openapi.yaml", text: texts["document"].as_str().unwrap_or_default() };
    let overlay = texts["overlay"].as_str().map(|text| Source { name: "spec/as-served.overlay.yaml", text });
    let (mut computed, mut elapsed) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..times {
        let (before, started) = (computed_until_now(), Instant::now());
        let made = codegen::generate(document, overlay, &Settings::default());
        elapsed = elapsed.min(started.elapsed().as_secs_f64() * 1e3);
        computed = computed.min(computed_until_now() - before);
        made.map_err(|report| Problem::new("no client can be made", report))?;
    }
    Ok(json!({"computed": computed, "elapsed": elapsed, "peak": peak()}).to_string())
}

/// How long this process has computed, in milliseconds, all threads together.
#[cfg(unix)]
fn computed_until_now() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

#[cfg(not(unix))]
fn computed_until_now() -> f64 {
    f64::NAN
}

/// The most memory that this process had, in MiB; nothing where the system does not say it as Linux does.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kibibytes / 1024.0)
}
