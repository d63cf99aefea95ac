//! What goes to stdout: data, in the form that was asked for.

mod table;

use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;
use serde_json::Value;

use crate::failure::Failure;

/// The form of what is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Table,
    /// For programs: the names and values that the server sent, as far as they are known
    Json,
    /// The same as YAML
    Yaml,
}

/// An answer as data, under the names of the document.
pub(crate) fn value(answer: &impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(answer).map_err(|problem| unprintable(&problem))
}

/// Prints data.
pub(crate) fn print(value: &Value, format: Format) -> Result<(), Failure> {
    let text = match format {
        Format::Table => table::table(value),
        Format::Json => serde_json::to_string_pretty(value).map_err(|problem| unprintable(&problem))? + "\n",
        Format::Yaml => serde_yaml::to_string(value).map_err(|problem| unprintable(&problem))?,
    };
    raw(text.as_bytes())
}

/// Prints bytes as they are.
pub(crate) fn raw(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|problem| unprintable(&problem))
}

fn unprintable(problem: &dyn std::error::Error) -> Failure {
    Failure::other(format!("the output could not be written: {problem}"))
}
