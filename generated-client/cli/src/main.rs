//! `restore`: see the library of this package.

use std::process::ExitCode;

fn main() -> ExitCode {
    restore_cli::main()
}
