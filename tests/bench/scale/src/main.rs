//! `bench-scale`: how making the client grows with the document. `cargo xtask bench` starts it.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use bench_scale::arguments::{self, HELP, Request, SIZES};
use bench_scale::measure::{self, Kind, Measured};
use bench_scale::{Problem, plot, report};

/// As in xtask.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let done = match arguments::read(std::env::args_os().skip(1)) {
        Ok(request) => answer(request),
        Err(error) => Err(Problem(format!("{error}\nSee `bench-scale --help`."))),
    };
    match done {
        Ok(text) => {
            // A reader that has gone away changes nothing about what was found.
            let _ = io::stdout().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Err(problem) => {
            let _ = writeln!(io::stderr(), "error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn answer(request: Request) -> Result<String, Problem> {
    let (sizes, json) = match request {
        Request::Help => return Ok(HELP.to_owned()),
        Request::One(_, times, _) => return measure::one(times),
        Request::Measure(sizes, json) => (sizes, json),
    };
    let mut figures: Vec<Measured> = Vec::new();
    for kind in Kind::ALL {
        for operations in sizes.as_deref().unwrap_or(&SIZES) {
            figures.push(measure::measure(*operations, kind)?);
        }
    }
    if let Some(path) = json {
        write(&path, &report::json(&figures))?;
    }
    if sizes.is_none() {
        write(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scale.svg"), &plot::draw(&figures))?;
    }
    Ok(report::table(&figures))
}

#[expect(clippy::disallowed_methods, reason = "a figure of a benchmark is no part of what regenerate makes")]
fn write(path: &Path, text: &str) -> Result<(), Problem> {
    std::fs::write(path, text).map_err(|error| Problem::new(&format!("{} can't be written", path.display()), error))
}
