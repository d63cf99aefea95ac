//! `diff-spec`: what the changes of the documents since a revision mean for callers.

mod arguments;
mod documents;
mod git;

use std::io::{self, Write as _};
use std::process::ExitCode;

use arguments::{Arguments, Format, HELP};
use spec_diff::report::{Compared, Report};

/// Something changed that breaks callers.
const BREAKING: u8 = 4;

fn main() -> ExitCode {
    let done = match arguments::read(lexopt::Parser::from_env()) {
        Ok(Some(arguments)) => run(&arguments),
        Ok(None) => Ok((HELP.to_owned(), ExitCode::SUCCESS)),
        Err(error) => Err(format!("{error}\nSee `cargo xtask diff-spec --help`.")),
    };
    match done {
        Ok((text, exit)) => {
            // A reader that has gone away, as `head` does, changes nothing about what was found.
            let _ = io::stdout().write_all(text.as_bytes());
            exit
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(String, ExitCode), String> {
    let mut compared = Vec::new();
    for document in documents::chosen(arguments.document.as_deref())? {
        let tree = documents::parse(&document.name, &document.read()?)?;
        let (commit, text) = git::text_at(&document.path, &arguments.base)?;
        compared.push(match text {
            None => Compared::new(document.name, None, Vec::new()),
            Some(text) => {
                let base = documents::parse(&format!("{} in {}", document.name, arguments.base), &text)?;
                let changes =
                    spec_diff::compare(&base, &tree).map_err(|error| format!("{}: {error}", document.name))?;
                Compared::new(document.name, Some(commit), changes)
            }
        });
    }
    let report = Report { documents: compared };
    let text = match arguments.format {
        Format::Text => report.text(arguments.words),
        Format::Json => report.json().map_err(|error| error.to_string())?,
    };
    let exit = if report.is_breaking() { ExitCode::from(BREAKING) } else { ExitCode::SUCCESS };
    Ok((text, exit))
}
