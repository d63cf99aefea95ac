//! Arguments in.

use std::ffi::OsString;

use lexopt::Arg::{Long, Short, Value};

use crate::{
    Problem,
    figure::{FIGURES, Figure},
};

/// What `--help` prints.
pub const HELP: &str = "\
Measures the client beside what one writes by hand on reqwest: see tests/bench.

Usage: cargo xtask bench [--quick] [--only NAME…]
       cargo xtask bench --serve

Options:
      --quick      Counts only: crates, lines, bytes, allocations
      --only NAME  This figure; several names, or the option several times, for more:
                   tree, lines, size, allocations, instructions, decode, cpu,
                   throughput, check, scale
      --serve      Start the server that is called, print its address, and wait
  -h, --help       Print this help

Without --quick and --only it writes BENCHMARKS.md.
";

/// What the arguments ask for.
pub enum Request {
    /// The help.
    Help,
    /// The server alone.
    Serve,
    /// These figures; all of them, or some.
    Measure {
        /// Which.
        figures: Vec<Figure>,
        /// Whether they are all there are.
        is_all: bool,
    },
}

/// Reads the arguments.
///
/// # Errors
/// What is wrong with them.
pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, Problem> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut is_quick, mut only) = (false, Vec::new());
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Request::Help),
            Long("serve") => return Ok(Request::Serve),
            Long("quick") => is_quick = true,
            Long("only") => {
                for name in parser.values()? {
                    only.push(name.to_string_lossy().into_owned());
                }
            }
            Value(_) | Short(_) | Long(_) => return Err(argument.unexpected().into()),
        }
    }
    if let Some(name) = only.iter().find(|name| FIGURES.iter().all(|figure| figure.name != name.as_str())) {
        return Err(format!("there is no figure {name:?}").into());
    }
    let is_wanted = |figure: &Figure| {
        (only.is_empty() || only.iter().any(|name| name == figure.name)) && (figure.is_quick || !is_quick)
    };
    let is_all = !is_quick && only.is_empty();
    Ok(Request::Measure { figures: FIGURES.into_iter().filter(is_wanted).collect(), is_all })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &str) -> (Vec<&'static str>, bool) {
        match read(words.split_whitespace().map(OsString::from)) {
            Ok(Request::Measure { figures, is_all }) => (figures.iter().map(|figure| figure.name).collect(), is_all),
            _ => panic!("{words}"),
        }
    }

    #[test]
    fn quick_leaves_the_counts() {
        assert_eq!(names("--quick"), (vec!["tree", "lines", "size", "allocations"], false));
    }

    #[test]
    fn only_takes_one_name_or_more() {
        assert_eq!(names("--only cpu tree"), (vec!["tree", "cpu"], false));
        assert_eq!(names("--only cpu --only tree --quick"), (vec!["tree"], false));
    }

    #[test]
    fn all_figures_are_measured_unless_some_are_asked_for() {
        assert_eq!(names(""), (FIGURES.iter().map(|figure| figure.name).collect(), true));
    }

    #[test]
    fn a_figure_that_there_is_none_of_is_refused() {
        assert!(read(["--only".into(), "speed".into()]).is_err());
    }
}
