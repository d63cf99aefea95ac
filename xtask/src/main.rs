//! `cargo xtask …`: see the library beside this file.

use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let started = Instant::now();
    xtask::cli::main(std::env::args_os().skip(1), started)
}
