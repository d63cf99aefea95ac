//! Torture: thousands of calls through one client, faults at every corner, and a server that is killed again and again.
//! Afterwards what each caller was told is held against what the server did.
//!
//! ```text
//! main ─ arguments ─┬─ run ── plan ── caller ── HTTP ──┐
//!                   │   │                              │
//!                   │   └─ judge ── tally ── report    │
//!                   │                 │                │
//!                   └─ serve (a child, killed) ────────┘
//! ```
//!
//! - [`plan`] says what is called: each call has a resource of its own, so that what was done to the resource is what
//!   became of the call.
//! - [`caller`] makes the calls, with the client or (with the guard off) as most people would write it.
//! - [`server`] is both ends of the child process that answers.
//! - [`judge`] compares what a caller was told with what was done. It is the one place that says what is wrong.
//! - [`tally`] counts, [`report`] writes the counts down, for people and for programs.
//! - [`run`](mod@run) is the torture itself, [`reads`] many reads at once, and [`process`] what both cost.
//!
//! # What is the same in each run
//!
//! The calls, their resources and their order, how each is made, on which resources the server fails, and which fault
//! meets which request of a resource: all of it comes from the seed. Not the same: how the calls interleave, at which
//! point of which call a kill comes (it is due after so many calls, not at a time; the server counts a resource's requests
//! anew after it), whose connection a fault of connections meets, the names of jobs, and how long anything takes.

pub mod arguments;
pub mod caller;
pub mod judge;
pub mod plan;
pub mod process;
pub mod reads;
pub mod report;
pub mod run;
pub mod server;
pub mod tally;

/// Why a run could not be made: one sentence.
pub type Problem = Box<dyn std::error::Error + Send + Sync>;
