//! The figures, one module each: what is measured, and how.

mod allocations;
mod check;
mod cpu;
mod decode;
mod instructions;
mod lines;
mod runs;
mod scale;
mod size;
mod throughput;
mod tree;

use std::path::{Path, PathBuf};

use crate::{Problem, program::Client, recorded::Recorded, table::Row};

/// What all figures need.
pub struct Bench {
    /// The workspace's folder.
    pub workspace: PathBuf,
    /// The recorded responses.
    pub recorded: Recorded,
    /// Where the server listens: `http://127.0.0.1:…`.
    pub server: String,
}

/// A figure, or several that are measured together.
#[derive(Clone, Copy)]
pub struct Figure {
    /// What `--only` calls it.
    pub name: &'static str,
    /// Whether it is a count, and needs nothing that every machine with a toolchain has not.
    pub is_quick: bool,
    /// How it was measured, in Markdown.
    pub how: &'static str,
    measure: fn(&Bench) -> Result<Measured, Problem>,
}

/// What came of a figure.
#[derive(Default)]
pub struct Measured {
    /// Rows of the table.
    pub rows: Vec<Row>,
    /// More to be read below the table, in Markdown, with its heading.
    pub notes: String,
}

impl Figure {
    /// Measures it.
    ///
    /// # Errors
    /// When something does not build, or a program fails.
    pub fn measure(self, bench: &Bench) -> Result<Measured, Problem> {
        (self.measure)(bench)
    }
}

impl From<Vec<Row>> for Measured {
    fn from(rows: Vec<Row>) -> Self {
        Self { rows, notes: String::new() }
    }
}

/// All figures, in the order in which they are measured: what takes longest comes last.
pub const FIGURES: [Figure; 10] = [
    Figure { name: "tree", is_quick: true, how: tree::HOW, measure: tree::measure },
    Figure { name: "lines", is_quick: true, how: lines::HOW, measure: lines::measure },
    Figure { name: "size", is_quick: true, how: size::HOW, measure: size::measure },
    Figure { name: "allocations", is_quick: true, how: allocations::HOW, measure: allocations::measure },
    Figure { name: "instructions", is_quick: false, how: instructions::HOW, measure: instructions::measure },
    Figure { name: "decode", is_quick: false, how: decode::HOW, measure: decode::measure },
    Figure { name: "cpu", is_quick: false, how: cpu::HOW, measure: cpu::measure },
    Figure { name: "throughput", is_quick: false, how: throughput::HOW, measure: throughput::measure },
    Figure { name: "scale", is_quick: false, how: scale::HOW, measure: scale::measure },
    Figure { name: "check", is_quick: false, how: check::HOW, measure: check::measure },
];

/// The value of every client for which there is one.
fn of_each(mut value: impl FnMut(Client) -> Result<Option<f64>, Problem>) -> Result<[Option<f64>; 4], Problem> {
    let [a, b, c, d] = Client::ALL;
    Ok([value(a)?, value(b)?, value(c)?, value(d)?])
}

/// Builds the programs of every client.
fn build_all(workspace: &Path) -> Result<(), Problem> {
    Client::ALL.iter().try_for_each(|client| crate::program::build(workspace, &format!("call-{}", client.name())))
}

/// What each call is, in the table.
const CALLS: [(&str, &str); 4] = [
    ("list", "list (a read)"),
    ("restore", "restore"),
    ("recover", "recover, answered at once"),
    ("job", "recover, as a job"),
];

/// Whether a client can make this call.
fn can(client: Client, call: &str) -> bool {
    call != "job" || client.knows_jobs()
}
