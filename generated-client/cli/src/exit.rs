//! Exit codes.

use std::process::ExitCode;

use generated_client::Outcome;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done; of CBR's restore, accepted.
    Done,
    /// Anything that no other code is for; nothing was sent.
    Other,
    /// Wrong arguments, as clap has it.
    Usage,
    /// [`Outcome::NotSent`].
    NotSent,
    /// [`Outcome::Refused`].
    Refused,
    /// [`Outcome::Failed`].
    Failed,
    /// [`Outcome::Unknown`].
    Unknown,
    /// Done, or accepted, and nobody could be told what came of it.
    Unprinted,
    /// Ctrl-C.
    Interrupted,
}

/// All of them, with what they mean. The README has the same.
const ALL: [(Exit, &str); 9] = [
    (Exit::Done, "done; of `restore-backup`: accepted; of `job show`: answered, it may be running"),
    (
        Exit::Other,
        "not begun: no credentials, not confirmed, a bad address; or an answer that changes nothing could not be printed",
    ),
    (Exit::Usage, "wrong arguments"),
    (Exit::NotSent, "not sent: nothing reached the server, it can be tried again"),
    (Exit::Refused, "refused: the server will not begin, mend the cause (an expired session, for example)"),
    (Exit::Failed, "failed: the server says so, look at what it left"),
    (Exit::Unknown, "unknown: it may have happened; ask for its job, or look, before sending it again"),
    (Exit::Unprinted, "done, or accepted, but the result could not be printed: do not send it again"),
    (Exit::Interrupted, "interrupted by Ctrl-C: a job goes on, and how to take it up again is said"),
];

impl Exit {
    /// The number.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Other => 1,
            Self::Usage => 2,
            Self::NotSent => 3,
            Self::Refused => 4,
            Self::Failed => 5,
            Self::Unknown => 6,
            Self::Unprinted => 7,
            Self::Interrupted => 130,
        }
    }
}

impl From<Outcome> for Exit {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::NotSent => Self::NotSent,
            Outcome::Refused => Self::Refused,
            Outcome::Failed => Self::Failed,
            // An outcome of a later client must not pass for one that allows to send again.
            _ => Self::Unknown,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

/// What `--help` says of them.
pub(crate) fn help() -> String {
    let lines = ALL.iter().map(|(exit, meaning)| format!("  {:<4} {meaning}\n", exit.code()));
    format!("Exit codes:\n{}", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_has_the_same_exit_codes_as_the_help() {
        let readme = include_str!("../README.md");
        for (exit, meaning) in ALL {
            let row = format!("| {} | {meaning} |", exit.code());
            assert!(readme.contains(&row), "{row}");
        }
    }
}
