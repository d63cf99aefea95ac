//! `demo`: the five operations, shown in the terminal. `cargo xtask demo` starts it.

use std::process::ExitCode;

use demo::Screen;
use lexopt::Arg::{Long, Short};

const HELP: &str = "\
Calls the five operations with the client against a stand-in server on this
machine's loopback address, and shows each request and answer. It takes about ten
seconds. No cloud is touched.

Usage: demo

  -h, --help  this text

Exit codes: 0 if everything went as shown, 1 if not.
";

#[tokio::main]
async fn main() -> ExitCode {
    match lexopt::Parser::from_env().next() {
        Ok(None) => {}
        Ok(Some(Short('h') | Long("help"))) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Ok(Some(other)) => return refuse(&other.unexpected()),
        Err(error) => return refuse(&error),
    }
    if demo::run(Screen::stdout(), |_| {}).await { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn refuse(error: &lexopt::Error) -> ExitCode {
    eprintln!("error: {error}\n\n{HELP}");
    ExitCode::FAILURE
}
