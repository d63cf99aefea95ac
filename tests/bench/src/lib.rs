//! Measures the client beside what one writes by hand: `cargo xtask bench`.
//!
//! ```text
//! figure   what is measured, one module each ─ table ─ report: BENCHMARKS.md
//!    ├─ program    the programs in `calls/`, built one package at a time
//!    └─ server     what they call, in this process
//! budget   the counts that `tests/` holds the client to
//! ```

pub mod arguments;
pub mod budget;
pub mod figure;
pub mod lines;
pub mod machine;
pub mod program;
pub mod recorded;
pub mod report;
pub mod server;
mod statistics;
pub mod table;
pub mod tree;

/// What stopped a measurement.
pub type Problem = Box<dyn std::error::Error + Send + Sync>;
