//! The command line `restore`: the five operations that bring cloud data back, for operators.
//!
//! The library is there for the program and its tests. What the program does on the wire is `generated-client`'s; here is
//! what a person needs around it:
//!
//! | module | what it is |
//! |---|---|
//! | `args` | subcommands and flags, held to the served document by a test |
//! | `run` | from arguments to an exit code, and what Ctrl-C does |
//! | `zstack`, `cbr`, `job` | the operations |
//! | `credentials` | environment, file, prompt; never an argument |
//! | `confirm` | the question before anything is overwritten |
//! | `dry_run`, `record`, `curl` | the request as a curl line, without sending it |
//! | `output` | answers on stdout: table, JSON, YAML |
//! | `voice`, `spinner`, `terminal` | everything else, on stderr |
//! | `failure`, `exit` | what went wrong, what to do, and the exit code |
//! | `take_up` | the line that takes a job up again |
//! | `pages` | shell completions and man pages |

mod args;
mod cbr;
mod confirm;
mod credentials;
mod curl;
mod dry_run;
mod exit;
mod failure;
mod job;
mod job_call;
mod output;
mod pages;
mod record;
mod run;
mod spinner;
mod take_up;
mod terminal;
mod text;
mod voice;
mod zstack;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

/// The whole command line as clap has it: subcommands, flags, helps.
#[must_use]
pub fn command() -> clap::Command {
    args::Cli::command()
}

/// Reads the process's arguments, does what they ask for, and says how it ended. Wrong arguments end the process here,
/// with clap's exit code 2.
#[must_use]
pub fn main() -> ExitCode {
    run::main(args::Cli::parse())
}
