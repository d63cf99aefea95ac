//! The command line.

use std::ffi::OsString;
use std::str::FromStr;

use crate::report::Format;
use crate::run::Torture;
use crate::server::Setup;

/// What `--help` prints. `cargo xtask` prints its own, so that it takes no build.
pub const HELP: &str = "\
Calls all operations through the client, many at once, against a stand-in server
that meets every fault there is and is killed again and again, and compares what
each caller was told with what the server did.

Usage: torture [--calls N] [--seed N] [--concurrency N] [--rate R] [--kills N]
               [--guard on|off | --send-again] [--format text|json]
       torture --reads N [--format text|json]

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

/// What the command line asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// The help.
    Help,
    /// A torture.
    Torture(Torture, Format),
    /// So many reads at once.
    Reads(usize, Format),
    /// The server, as a child of a run, on this port.
    Serve(u16, Setup),
}

/// Reads the command line, without the program's name.
///
/// # Errors
/// An argument is unknown, or its value is not what it needs.
pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, lexopt::Error> {
    use lexopt::prelude::*;

    let mut torture =
        Torture { calls: 10_000, seed: 1, concurrency: 100, rate: 0.2, kills: 5, guard: true, send_again: false };
    let (mut format, mut reads) = (Format::Text, None);
    let (mut serves, mut port, mut state, mut keeps_jobs) = (false, 0, None, false);
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Value(word) if word == "serve" => serves = true,
            Long("port") if serves => port = parser.value()?.parse()?,
            Long("state") if serves => state = Some(parser.value()?.into()),
            Long("keep-jobs") if serves => keeps_jobs = true,
            Long("calls") => torture.calls = parser.value()?.parse()?,
            Long("seed") => torture.seed = parser.value()?.parse()?,
            Long("concurrency") => torture.concurrency = parser.value()?.parse_with(at_least_one)?,
            Long("rate") => torture.rate = parser.value()?.parse_with(rate)?,
            Long("kills") => torture.kills = parser.value()?.parse()?,
            Long("guard") => torture.guard = parser.value()?.parse_with(on_or_off)?,
            Long("send-again") => torture.send_again = true,
            Long("reads") => reads = Some(parser.value()?.parse_with(at_least_one)?),
            Long("format") => format = parser.value()?.parse_with(text_or_json)?,
            Short('h') | Long("help") => return Ok(Request::Help),
            other => return Err(other.unexpected()),
        }
    }
    if torture.send_again && !torture.guard {
        return Err("--send-again is for the client, which --guard off leaves out".into());
    }
    let Torture { calls, seed, rate, .. } = torture;
    Ok(match reads {
        _ if serves => Request::Serve(port, Setup { calls, seed, rate, state, keeps_jobs }),
        Some(reads) => Request::Reads(reads, format),
        None => Request::Torture(torture, format),
    })
}

fn at_least_one(text: &str) -> Result<usize, &'static str> {
    usize::from_str(text).ok().filter(|number| *number > 0).ok_or("it is a whole number from 1")
}

fn rate(text: &str) -> Result<f64, &'static str> {
    text.parse().ok().filter(|rate| (0.0..=1.0).contains(rate)).ok_or("a rate is a number from 0 to 1")
}

fn on_or_off(text: &str) -> Result<bool, &'static str> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("it is `on` or `off`"),
    }
}

fn text_or_json(text: &str) -> Result<Format, &'static str> {
    match text {
        "text" => Ok(Format::Text),
        "json" => Ok(Format::Json),
        _ => Err("it is `text` or `json`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &str) -> Result<Request, String> {
        read(words.split_whitespace().map(OsString::from)).map_err(|error| error.to_string())
    }

    #[test]
    fn options_come_in_any_order() {
        let torture =
            Torture { calls: 5, seed: 2, concurrency: 3, rate: 0.5, kills: 1, guard: false, send_again: false };
        for line in [
            "--calls 5 --seed 2 --concurrency 3 --rate 0.5 --kills 1 --guard off --format json",
            "--format=json --guard=off --kills=1 --rate=0.5 --concurrency=3 --seed=2 --calls=5",
        ] {
            assert_eq!(words(line), Ok(Request::Torture(torture.clone(), Format::Json)));
        }
        assert_eq!(words("--reads 10"), Ok(Request::Reads(10, Format::Text)));
    }

    #[test]
    fn what_means_nothing_is_refused() {
        for line in [
            "--call 5",
            "--calls",
            "--calls x",
            "--concurrency 0",
            "--rate 1.5",
            "--guard maybe",
            "now",
            "--port 1",
            "--guard off --send-again",
        ] {
            assert!(words(line).is_err(), "{line}");
        }
    }
}
