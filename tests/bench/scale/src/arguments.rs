//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::measure::Kind;

/// What `--help` prints.
pub const HELP: &str = "\
Measures how long making the client takes, and how much memory, for documents of
many operations, which are made from the five. Prints a table. With the default
sizes it draws the picture as well, tests/bench/scale/scale.svg.

Usage: bench-scale [--sizes N,N…] [--json FILE]

Options:
      --sizes N,N…  How many operations, each a multiple of 5 [default: 50,500,5000]
      --json FILE   Write the figures to this file, too
  -h, --help        Print this help

Build it with --release: the figures of another build say nothing. The largest
size takes about a minute, and 2 GB of memory in all.
";

/// The sizes that are measured unless others are asked for.
pub const SIZES: [usize; 3] = [50, 500, 5000];

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Request {
    /// The help.
    Help,
    /// The sizes, nothing for [`SIZES`], and a file for the figures.
    Measure(Option<Vec<usize>>, Option<PathBuf>),
    /// One size, as a child of another run: how many operations, how many times, and what is made.
    One(usize, usize, Kind),
}

/// Reads the command line, without the program's name.
///
/// # Errors
/// An argument is unknown, or its value is not what it needs.
pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, lexopt::Error> {
    use lexopt::prelude::*;

    let (mut sizes, mut json) = (None, None);
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Request::Help),
            Long("sizes") => sizes = Some(parser.value()?.parse_with(read_sizes)?),
            Long("json") => json = Some(parser.value()?.into()),
            Value(word) if word == "one" => {
                let (operations, times) = (parser.value()?.parse()?, parser.value()?.parse()?);
                let kind = parser.value()?.parse_with(|name| Kind::named(name).ok_or("no kind of document"))?;
                return Ok(Request::One(operations, times, kind));
            }
            other => return Err(other.unexpected()),
        }
    }
    Ok(Request::Measure(sizes, json))
}

fn read_sizes(text: &str) -> Result<Vec<usize>, String> {
    let size = |text: &str| match text.parse() {
        Ok(size) if size > 0 && size % 5 == 0 => Ok(size),
        _ => Err(format!("{text} is no multiple of 5")),
    };
    text.split(',').map(size).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_words(words: &str) -> Result<Request, String> {
        read(words.split_whitespace().map(OsString::from)).map_err(|error| error.to_string())
    }

    #[test]
    fn sizes_and_a_file_can_be_given() {
        let expected = Request::Measure(Some(vec![5, 50]), Some("a.json".into()));
        assert_eq!(read_words("--sizes 5,50 --json a.json"), Ok(expected));
        assert_eq!(read_words(""), Ok(Request::Measure(None, None)));
    }

    #[test]
    fn sizes_that_are_no_multiples_of_five_are_refused() {
        for words in ["--sizes 7", "--sizes 0", "--sizes five", "--size 5"] {
            assert!(read_words(words).is_err(), "{words}");
        }
    }
}
