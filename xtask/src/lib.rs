//! The commands of this workspace.
//!
//! This is the only place that reads and writes files: `codegen` takes a document's text and gives
//! back source text, and what happens to that text on the disk is decided here. Nothing here
//! depends on the generated client, so that a client that does not compile can always be
//! regenerated; a command that needs the client is a package of its own, which a command here
//! starts with `cargo run -p …`.
//!
//! | module | its job |
//! |---|---|
//! | [`cli`] | arguments in, exit code out |
//! | [`regenerate`] | the command `regenerate`, from the document to the summary |
//! | [`generator`] | the door to `codegen` |
//! | [`timings`] | where the time of `regenerate` goes |
//! | [`package`] | starts a package of the workspace, for the commands that need the client or a server |
//! | [`plan`] | which files there should be, and how the disk differs from that |
//! | [`mod@write`] | carries a plan out: all of it or nothing |
//! | [`journal`] | what an interrupted run has to put back |
//! | [`lock`] | one run at a time |
//! | [`disk`] | the only code of the workspace that changes files |
//! | [`diff`], [`report`] | what a person reads |
//! | [`workspace`] | where the workspace is, and how paths are shown |

pub mod cli;
pub mod diff;
pub mod disk;
pub mod generator;
pub mod journal;
pub mod lock;
pub mod package;
pub mod plan;
pub mod regenerate;
pub mod report;
pub mod timings;
pub mod workspace;
pub mod write;
