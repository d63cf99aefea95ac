//! `public-surface`: the public items of a library, from the JSON that rustdoc has written of it, one on a line.
//! `tests/public-surface/run` starts it.

mod format;
mod surface;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(json), None) = (arguments.next(), arguments.next()) else {
        return refuse("usage: public-surface RUSTDOC_JSON");
    };
    match surface::lines(&json) {
        // A reader that has gone away is no reason to complain.
        Ok(lines) => {
            let _ = io::stdout().write_all(lines.as_bytes());
            ExitCode::SUCCESS
        }
        Err(error) => refuse(&format::explain(&json, &error)),
    }
}

fn refuse(error: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "error: {error}");
    ExitCode::FAILURE
}
