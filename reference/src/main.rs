//! `reference`: writes the reference as one page. `cargo xtask docs` starts it.

mod files;
mod write;

use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::Arg::{Long, Short};

const HELP: &str = "\
Makes the reference of the five operations, one page of HTML, from the documents,
the overlay, the ledger and the recorded examples.

Usage: reference [--out FILE] [--open]

Options:
      --out FILE  Write the page here, relative to the current folder
                  [default: target/reference.html of the workspace]
      --open      Show it in the browser afterwards
  -h, --help      Print this help

Exit codes: 0 if the page was written, 1 if not.
";

struct Options {
    out: Option<PathBuf>,
    open: bool,
}

fn main() -> ExitCode {
    match parse().and_then(|options| options.map_or_else(|| Ok(HELP.to_owned()), |options| run(&options))) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Nothing if the help is wanted.
fn parse() -> Result<Option<Options>, String> {
    let unclear = |error: lexopt::Error| format!("{error}\n\n{HELP}");
    let mut parser = lexopt::Parser::from_env();
    let mut options = Options { out: None, open: false };
    while let Some(argument) = parser.next().map_err(unclear)? {
        match argument {
            Short('h') | Long("help") => return Ok(None),
            Long("open") => options.open = true,
            Long("out") => {
                let path = PathBuf::from(parser.value().map_err(unclear)?);
                if path.as_os_str().is_empty() || options.out.replace(path).is_some() {
                    return Err(unclear("--out needs one path".into()));
                }
            }
            other => return Err(unclear(other.unexpected())),
        }
    }
    Ok(Some(options))
}

fn run(options: &Options) -> Result<String, String> {
    let root = files::workspace()?;
    let page = reference::page(&files::read(&root)?).map_err(|error| error.to_string())?;
    let out = options.out.clone().unwrap_or_else(|| root.join("target/reference.html"));
    write::write(&out, &page).map_err(|error| format!("{} can't be written: {error}", out.display()))?;
    if options.open {
        opener::open(&out).map_err(|error| {
            format!("the page is written, and {} can't be shown: {error}; open it by hand", out.display())
        })?;
    }
    Ok(format!("{}: {} kB\n", out.display(), page.len().div_ceil(1_000)))
}
