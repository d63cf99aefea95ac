//! `torture`: many calls, faults and kills, and what came of each. `cargo xtask torture` starts it.

use std::io::{self, Write as _};
use std::process::ExitCode;

use torture::Problem;
use torture::arguments::{self, HELP, Request};
use torture::report::Report;
use torture::{reads, run, server};

/// Something was executed twice or wrongly reported, or a read was not answered.
const NOT_WELL: u8 = 4;

#[tokio::main]
async fn main() -> ExitCode {
    let request = match arguments::read(std::env::args_os().skip(1)) {
        Ok(request) => request,
        Err(error) => return refuse(&format!("{error}\nSee `cargo xtask torture --help`.")),
    };
    match answer(request).await {
        Ok(exit) => exit,
        Err(problem) => refuse(&problem.to_string()),
    }
}

async fn answer(request: Request) -> Result<ExitCode, Problem> {
    let (report, format) = match request {
        Request::Help => {
            say(HELP);
            return Ok(ExitCode::SUCCESS);
        }
        Request::Serve(port, setup) => {
            server::serve(port, &setup).await?;
            return Ok(ExitCode::SUCCESS);
        }
        Request::Torture(torture, format) => {
            let findings = run::run(&torture).await?;
            (Report::Torture(torture, findings), format)
        }
        Request::Reads(number, format) => (Report::Reads(reads::run(number, 1).await?), format),
    };
    say(&report.write(format));
    Ok(if report.is_well() { ExitCode::SUCCESS } else { ExitCode::from(NOT_WELL) })
}

/// A reader that has gone away, as `head` does, changes nothing about what was found.
fn say(text: &str) {
    let _ = io::stdout().write_all(text.as_bytes());
}

fn refuse(error: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "error: {error}");
    ExitCode::FAILURE
}
