//! `cargo xtask …`: see the library beside this file.

use std::process::ExitCode;
use std::time::Instant;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let started = Instant::now();
    xtask::cli::main(std::env::args_os().skip(1), started)
}
