//! Spans for `tracing`, behind the feature of that name: of each call, of each request, of each question for a job.
//!
//! A span says what was done and how it ended, and nothing of what was sent or answered: no address, no header, no body, no
//! name of a job.

#[cfg(feature = "tracing")]
#[path = "trace/spans.rs"]
mod spans;
#[cfg(not(feature = "tracing"))]
#[path = "trace/nothing.rs"]
mod spans;

use reqwest::StatusCode;

pub(crate) use self::spans::{call, poll, request};
use crate::{Error, Job, JobOperation, Outcome, Response, call::Raw};

/// What a span says of how something ended.
#[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "nobody asks"))]
pub(crate) trait Ended {
    /// The status of the answer.
    fn status(&self) -> Option<StatusCode>;

    /// What became of it, in a word or two.
    fn outcome(&self) -> &'static str;
}

impl<T: Ended> Ended for Result<T, Error> {
    fn status(&self) -> Option<StatusCode> {
        match self {
            Ok(ended) => ended.status(),
            Err(error) => error.status(),
        }
    }

    fn outcome(&self) -> &'static str {
        match self.as_ref().map_err(Error::outcome) {
            Ok(ended) => ended.outcome(),
            Err(Outcome::NotSent) => "not sent",
            Err(Outcome::Refused) => "refused",
            Err(Outcome::Failed) => "failed",
            Err(Outcome::Unknown) => "unknown",
        }
    }
}

/// The result of a call.
impl<T> Ended for Response<T> {
    fn status(&self) -> Option<StatusCode> {
        Some(Response::status(self))
    }

    fn outcome(&self) -> &'static str {
        "done"
    }
}

/// A job that the server has.
impl<O: JobOperation> Ended for Job<O> {
    fn status(&self) -> Option<StatusCode> {
        None
    }

    fn outcome(&self) -> &'static str {
        "accepted"
    }
}

impl<T: Ended> Ended for Box<T> {
    fn status(&self) -> Option<StatusCode> {
        T::status(self)
    }

    fn outcome(&self) -> &'static str {
        T::outcome(self)
    }
}

/// An answer, whatever it says.
impl Ended for Raw {
    fn status(&self) -> Option<StatusCode> {
        Some(self.status)
    }

    fn outcome(&self) -> &'static str {
        "answered"
    }
}

/// The answer to a question for a job.
impl<T: Ended> Ended for Option<T> {
    fn status(&self) -> Option<StatusCode> {
        self.as_ref().map_or(Some(StatusCode::ACCEPTED), Ended::status)
    }

    fn outcome(&self) -> &'static str {
        self.as_ref().map_or("running", |_| "done")
    }
}
