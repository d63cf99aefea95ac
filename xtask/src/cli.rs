//! Arguments in, exit code out.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use lexopt::Arg::{Long, Short, Value};

use crate::generator;
use crate::package;
use crate::regenerate::{self, Options};
use crate::report::{Exit, Failure};
use crate::workspace::Workspace;
use crate::write::unwatched;

/// A command as the list of commands shows it.
struct Command {
    name: &'static str,
    job: &'static str,
    help: &'static str,
}

const COMMANDS: &[Command] = &[
    Command { name: "regenerate", job: "make the client and the served document, or --check them", help: REGENERATE },
    Command { name: "simulate", job: "start the stand-in server, to try a client against", help: SIMULATE },
    Command { name: "demo", job: "show the five operations, called against the stand-in server", help: DEMO },
    Command { name: "docs", job: "write the reference, one page of HTML", help: DOCS },
    Command { name: "torture", job: "show with faults and kills that nothing happens twice", help: TORTURE },
    Command { name: "bench", job: "measure the client beside what one writes by hand", help: BENCH },
    Command { name: "diff-spec", job: "say what changes of the documents mean for callers", help: DIFF_SPEC },
];

const REGENERATE: &str = "\
Makes the Rust client from the OpenAPI document, spec/openapi.yaml, and what
servers do otherwise, spec/as-served.overlay.yaml; and the document that the two
come to, spec/openapi.as-served.yaml (and the simulator's copy of it).

Usage: cargo xtask regenerate [--check] [--document FILE] [--no-overlay]
                              [--out DIR] [--timings]

Plans every file in memory, then writes those that differ and removes those that
are no longer made: all of it or nothing. A file that does not change keeps its
time stamp. What was written is read back and compared again.

Options:
      --check          Write nothing. Print what differs as a unified diff (at most
                       400 lines for each file), and the command that mends it
      --document FILE  Make it from this document, which has no overlay
                       [default: spec/openapi.yaml]
      --no-overlay     Make the client of what the document says, whatever servers
                       do. Needs --out: the workspace's own client has the overlay
      --out DIR        Write the client, and nothing else, to this folder, which may
                       hold generated files only
                       [default: generated-client/src/generated]
      --timings        Make it 20 times in memory, and print to stderr where the time
                       goes. Nothing else changes
  -h, --help           Print this help

FILE and DIR are relative to the current folder; the defaults are those of the
workspace.

Exit codes:
  0  fresh: the files are what the document makes (with --check: they were already)
  1  failed: bad arguments, a document that nothing can be made from, a file that
     cannot be read or written. Nothing was changed
  4  stale: --check found a file that is changed, missing, or not made from the
     document
";

const SIMULATE: &str = "\
Starts a stand-in server that behaves as ZStack Cloud's and CBR's servers do, on
this machine's loopback address, until Ctrl-C. It prints the ids and credentials
to use, and each request with its answer.

Usage: cargo xtask simulate [--port N] [--no-delay]

Options:
      --port N    Listen on this port; without it, on any that is free
      --no-delay  Nothing takes time: a job is found running once, then it is done
  -h, --help      Print this help

Exit codes: those of the server. 0 after Ctrl-C; another if it failed, for bad
arguments or a port that is taken.
";

const DEMO: &str = "\
Calls the five operations with the client against a stand-in server on this
machine's loopback address, and shows each request and answer as they happen,
then some failures. It takes about ten seconds. No cloud is touched.

Usage: cargo xtask demo

Options:
  -h, --help  Print this help

Colours and a spinner are for terminals only; NO_COLOR turns the colours off.

Exit codes:
  0  everything went as shown
  1  something did not, and was told
";

const DOCS: &str = "\
Makes the reference of the five operations, one page of HTML, from the documents,
the overlay, the ledger and the recorded examples. The page needs nothing but
itself: no network, and no script to be read.

Usage: cargo xtask docs [--out FILE] [--open]

Options:
      --out FILE  Write the page here, relative to the current folder
                  [default: target/reference.html of the workspace]
      --open      Show it in the browser afterwards
  -h, --help      Print this help

Exit codes:
  0  the page was written
  1  failed: bad arguments, a source that no page can be made from, a file that
     cannot be read or written. A page that was there stays as it was
";

const TORTURE: &str = "\
Calls all operations through the client, many at once, against a stand-in server
on this machine's loopback address that meets every fault there is and is killed
again and again, and compares what each caller was told with what the server did.
10,000 calls take about a minute.

Usage: cargo xtask torture [--calls N] [--seed N] [--concurrency N] [--rate R]
                           [--kills N] [--guard on|off | --send-again]
                           [--format text|json]
       cargo xtask torture --reads N [--format text|json]

Options:
      --calls N        How many calls [default: 10000]
      --seed N         What calls and faults are drawn from [default: 1]
      --concurrency N  How many callers call at the same time [default: 100]
      --rate R         The share of exchanges that faults meet, 0 to 1 [default: 0.2]
      --kills N        How often the server is killed [default: 5]
      --guard on|off   off: call without the client, as most people would write it, to
                       see that this finds what it looks for [default: on]
      --send-again     Let the client send the request of a job again when the server
                       does not know the job. No fault then makes it forget one:
                       where it does, sending again is documented as not safe
      --reads N        Instead: so many reads at the same time, and nothing goes wrong
      --format FORMAT  text or json [default: text]
  -h, --help           Print this help

Exit codes:
  0  nothing was executed twice, nothing wrongly reported; each read was answered
  1  failed: bad arguments, a server that can't be started
  4  something was executed twice or wrongly reported; a read was not answered
";

const BENCH: &str = "\
Measures the client beside what one writes by hand on reqwest: crates, bytes,
instructions, allocations, time computed, builds; and how the making of clients
grows with documents. Prints a table of figures and goals, and writes it to
BENCHMARKS.md. All of it takes about half an hour.

Usage: cargo xtask bench [--quick] [--only NAME…]
       cargo xtask bench --serve

Options:
      --quick      Counts only: crates, lines, bytes, allocations. Writes nothing
      --only NAME  This figure, and writes nothing. Several names, or the option
                   several times, for more: tree, lines, size, allocations,
                   instructions, decode, cpu, throughput, check, scale
      --serve      Start the server that is called, print its address, and wait
  -h, --help       Print this help

instructions and decode need valgrind, check needs Linux. Let nothing else run
meanwhile.

Exit codes:
  0  each budget was kept; whether goals were met is in the table
  1  failed: bad arguments, something that does not build, a call that failed
  4  a budget was exceeded
";

const DIFF_SPEC: &str = "\
Says what the changes of the OpenAPI documents since a revision mean for callers:
what breaks them, what does not, and why.

Usage: cargo xtask diff-spec [--base REV] [--document FILE]
                             [--format text|json] [--words]

Options:
      --base REV       Compare with this revision of git [default: HEAD]
      --document FILE  Compare this document only [default: spec/openapi.yaml and
                       spec/openapi.as-served.yaml]
      --format FORMAT  text or json [default: text]
      --words          List changes of words too, in place of their number
  -h, --help           Print this help

FILE is relative to the current folder. Each kind of change, with its verdict and
the reason for it, is in spec-diff/README.md.

Exit codes:
  0  nothing changed that breaks callers
  1  failed: bad arguments, no repository, an unknown revision, a document that
     cannot be read
  4  something changed that breaks callers
";

/// What the arguments ask for.
#[derive(Debug, PartialEq, Eq)]
enum Request {
    Help(String),
    Regenerate(Options),
    Simulate(Vec<OsString>),
    Demo(Vec<OsString>),
    Docs(Vec<OsString>),
    Torture(Vec<OsString>),
    Bench(Vec<OsString>),
    DiffSpec(Vec<OsString>),
}

/// Runs the program: what it has to say goes to stdout, failures go to stderr.
pub fn main(arguments: impl IntoIterator<Item = OsString>, started: Instant) -> ExitCode {
    let done = parse(arguments).and_then(|request| match request {
        Request::Help(text) => Ok((text, Exit::Fresh)),
        Request::Regenerate(options) => {
            regenerate::run(&options, &Workspace::find()?, &generator::codegen, started, &mut unwatched).map(|done| {
                let _ = io::stderr().write_all(done.timings.as_bytes());
                (done.text, done.exit)
            })
        }
        Request::Simulate(arguments) => run_package("simulator", &arguments),
        Request::Demo(arguments) => run_package("demo", &arguments),
        Request::Docs(arguments) => run_package("reference", &arguments),
        Request::Torture(arguments) => run_package("torture", &arguments),
        Request::Bench(arguments) => run_package("bench", &arguments),
        Request::DiffSpec(arguments) => run_package("spec-diff", &arguments),
    });
    // A reader that has gone away, as `head` does, changes nothing about what was done.
    let exit = match done {
        Ok((text, exit)) => {
            let _ = io::stdout().write_all(text.as_bytes());
            exit
        }
        Err(failure) => {
            // A report on a document says so of each of its problems.
            let failure = failure.to_string();
            let prefix = if failure.starts_with("error: ") { "" } else { "error: " };
            let _ = writeln!(io::stderr(), "{prefix}{failure}");
            Exit::Failed
        }
    };
    ExitCode::from(exit.code())
}

fn run_package(name: &str, arguments: &[OsString]) -> Result<(String, Exit), Failure> {
    package::run(name, arguments, &Workspace::find()?).map(|exit| (String::new(), exit))
}

fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, Failure> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let unclear = |error: lexopt::Error| Failure::new(format!("{error}\nSee `cargo xtask --help`."));
    match parser.next().map_err(unclear)? {
        None | Some(Short('h') | Long("help")) => Ok(Request::Help(overview())),
        Some(Value(name)) => match name.to_str() {
            Some("help") => help(&mut parser),
            Some("regenerate") => parse_regenerate(&mut parser),
            Some("simulate") => parse_package(&mut parser, SIMULATE, Request::Simulate),
            Some("demo") => parse_package(&mut parser, DEMO, Request::Demo),
            Some("docs") => parse_package(&mut parser, DOCS, Request::Docs),
            Some("torture") => parse_package(&mut parser, TORTURE, Request::Torture),
            Some("bench") => parse_package(&mut parser, BENCH, Request::Bench),
            Some("diff-spec") => parse_package(&mut parser, DIFF_SPEC, Request::DiffSpec),
            _ => Err(unknown(&name.to_string_lossy())),
        },
        Some(other) => Err(unclear(other.unexpected())),
    }
}

fn help(parser: &mut lexopt::Parser) -> Result<Request, Failure> {
    let Ok(Some(Value(topic))) = parser.next() else {
        return Ok(Request::Help(overview()));
    };
    COMMANDS
        .iter()
        .find(|command| topic == command.name)
        .map(|command| Request::Help(command.help.to_owned()))
        .ok_or_else(|| unknown(&topic.to_string_lossy()))
}

fn parse_regenerate(parser: &mut lexopt::Parser) -> Result<Request, Failure> {
    let unclear = |error: lexopt::Error| Failure::new(format!("{error}\nSee `cargo xtask regenerate --help`."));
    let mut options = Options::default();
    while let Some(argument) = parser.next().map_err(unclear)? {
        match argument {
            Short('h') | Long("help") => return Ok(Request::Help(REGENERATE.to_owned())),
            Long("check") => options.check = true,
            Long("no-overlay") => options.no_overlay = true,
            Long("timings") => options.timings = true,
            Long(name @ ("document" | "out")) => {
                let name = name.to_owned();
                let path = PathBuf::from(parser.value().map_err(unclear)?);
                let place = if name == "out" { &mut options.out } else { &mut options.document };
                if path.as_os_str().is_empty() {
                    return Err(unclear(format!("--{name} needs a path").into()));
                }
                if place.replace(path).is_some() {
                    return Err(unclear(format!("--{name} was given twice").into()));
                }
            }
            other => return Err(unclear(other.unexpected())),
        }
    }
    Ok(Request::Regenerate(options))
}

/// The package reads its own arguments; only the help is ours, since it must not take a build to print it.
fn parse_package(
    parser: &mut lexopt::Parser,
    help: &str,
    request: impl FnOnce(Vec<OsString>) -> Request,
) -> Result<Request, Failure> {
    let arguments: Vec<OsString> = parser.raw_args().map_err(|error| Failure::new(error.to_string()))?.collect();
    let wants_help = arguments.iter().any(|argument| argument == "-h" || argument == "--help");
    Ok(if wants_help { Request::Help(help.to_owned()) } else { request(arguments) })
}

fn unknown(name: &str) -> Failure {
    Failure::new(format!("there is no command {name:?}\n\n{}", list_of_commands()))
}

fn overview() -> String {
    format!(
        "The commands of this workspace.\n\n\
         Usage: cargo xtask COMMAND [OPTIONS]\n\n\
         {}\n\
         `cargo xtask COMMAND --help` tells more about a command.\n",
        list_of_commands()
    )
}

fn list_of_commands() -> String {
    let mut text = String::from("Commands:\n");
    for Command { name, job, .. } in COMMANDS {
        text.push_str(&format!("  {name:<12} {job}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_words(words: &str) -> Result<Request, String> {
        parse(words.split_whitespace().map(OsString::from)).map_err(|failure| failure.to_string())
    }

    #[test]
    fn no_command_and_help_list_the_commands() {
        for words in ["", "--help", "-h", "help"] {
            let Ok(Request::Help(text)) = parse_words(words) else {
                panic!("{words:?}");
            };
            for command in COMMANDS {
                assert!(text.contains(command.name) && text.contains(command.job));
            }
        }
    }

    #[test]
    fn each_command_has_help_with_its_exit_codes() {
        for command in COMMANDS {
            for words in [format!("help {}", command.name), format!("{} --help", command.name)] {
                assert_eq!(parse_words(&words), Ok(Request::Help(command.help.to_owned())));
            }
            assert!(command.help.contains("Exit codes:"));
        }
    }

    #[test]
    fn regenerate_takes_its_options_in_any_order() {
        let (document, out) = (Some("a.yaml".into()), Some("b".into()));
        let options = Options { check: true, no_overlay: true, document, out, timings: true };
        for words in [
            "regenerate --check --no-overlay --document a.yaml --out b --timings",
            "regenerate --timings --out=b --document=a.yaml --no-overlay --check",
        ] {
            assert_eq!(parse_words(words), Ok(Request::Regenerate(options.clone())));
        }
    }

    #[test]
    fn packages_read_their_own_arguments() {
        let words = || vec![OsString::from("--port"), OsString::from("1")];
        assert_eq!(parse_words("simulate --port 1"), Ok(Request::Simulate(words())));
        assert_eq!(parse_words("demo --port 1"), Ok(Request::Demo(words())));
        assert_eq!(parse_words("demo"), Ok(Request::Demo(Vec::new())));
        assert_eq!(parse_words("docs --port 1"), Ok(Request::Docs(words())));
        assert_eq!(parse_words("torture --port 1"), Ok(Request::Torture(words())));
        assert_eq!(parse_words("bench --port 1"), Ok(Request::Bench(words())));
        assert_eq!(parse_words("diff-spec --port 1"), Ok(Request::DiffSpec(words())));
    }

    #[test]
    fn wrong_arguments_are_told_and_lead_to_the_help() {
        for (words, told) in [
            ("regnerate", "there is no command \"regnerate\""),
            ("help regnerate", "there is no command \"regnerate\""),
            ("--check", "invalid option '--check'"),
            ("regenerate --chekc", "invalid option '--chekc'"),
            ("regenerate --out", "missing argument for option '--out'"),
            ("regenerate --out a --out b", "--out was given twice"),
            ("regenerate --out=", "--out needs a path"),
            ("regenerate --check=yes", "unexpected argument for option '--check'"),
            ("regenerate now", "unexpected argument \"now\""),
        ] {
            let error = parse_words(words).unwrap_err();
            assert!(error.starts_with(told), "{words:?}: {error}");
            assert!(error.contains("--help") || error.contains("Commands:"), "{words:?}: {error}");
        }
    }
}
