//! What went wrong, and what to do.

use std::error::Error as _;

use generated_client::{ConfigError, Error, ErrorKind, Outcome};

use crate::{exit::Exit, take_up::TakeUp};

/// How a run ended that did not do what it was asked for.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    /// One line: what went wrong.
    pub(crate) text: String,
    /// What to do about it.
    pub(crate) hints: Vec<String>,
}

/// What was called, as far as advice depends on it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Called<'a> {
    /// An operation of ZStack that only reads.
    Read,
    /// An operation of ZStack that is a job.
    Job(&'a TakeUp),
    /// CBR's restore.
    Restore,
}

impl Failure {
    /// Something that is wrong before anything is sent.
    pub(crate) fn other(text: impl Into<String>) -> Self {
        Self { exit: Exit::Other, text: text.into(), hints: Vec::new() }
    }

    /// The same, with what to do about it.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same, where what was asked for has happened all the same: nothing is to be sent again.
    pub(crate) fn after(self, happened: &str) -> Self {
        Self { exit: Exit::Unprinted, text: format!("{happened}, but {}", self.text), hints: self.hints }
            .hint("Do not send it again.")
    }

    /// A client that can't be made so.
    pub(crate) fn config(problem: &ConfigError) -> Self {
        let failure = match problem {
            ConfigError::PlainHttp => {
                let text = "the address is plain http to another machine: others on the way can read the credentials";
                return Self::other(text).hint(
                    "Take an https address; or, in a network where nobody else listens, add --allow-plain-http.",
                );
            }
            problem => Self::other(problem.to_string()),
        };
        let causes = std::iter::successors(problem.source(), |cause| (*cause).source());
        let causes = causes.map(ToString::to_string).filter(|cause| *cause != problem.to_string());
        causes.fold(failure, Self::hint)
    }

    /// A call that did not succeed.
    pub(crate) fn call(error: &Error, called: Called<'_>) -> Self {
        let mut failure = Self { exit: error.outcome().into(), text: error.to_string(), hints: Vec::new() };
        if error.is_session_expired() {
            failure = failure.hint(called.renew());
        } else if error.kind() == ErrorKind::Connect {
            failure = failure.hint("Is the address right (--url), and is the server up?");
        }
        if let Some(request) = error.request_id() {
            failure = failure.hint(format!("The service's operators know the request as {request}."));
        }
        match (error.outcome(), called) {
            (Outcome::NotSent | Outcome::Refused | Outcome::Failed, _) => failure,
            // The server has just been asked for it.
            (_, Called::Job(_)) if error.is_job_unknown() => {
                failure.hint("Look at the volume or the backup itself before anything is sent again.")
            }
            (_, Called::Job(take_up)) => match error.job_uuid() {
                Some(job) => {
                    failure.hint(format!("Ask for its job before anything is sent again:\n  {}", take_up.command(job)))
                }
                None => failure,
            },
            (_, Called::Restore) => {
                failure.hint("Look at the target before it is sent again: it may be overwritten now.")
            }
            (_, Called::Read) => failure.hint("It only reads: it can be asked again."),
        }
    }
}

impl Called<'_> {
    /// How new credentials are given.
    fn renew(self) -> &'static str {
        match self {
            Self::Read | Self::Job(_) => {
                "The session is not accepted, or no longer: log in again, and give the new one as ZSTACK_SESSION."
            }
            Self::Restore => "The token is not accepted, or no longer: get another one, and give it as CBR_TOKEN.",
        }
    }
}
