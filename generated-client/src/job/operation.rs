//! What an operation that is a job has to say of itself, and what a call may say of its job.

use std::{fmt, sync::Arc, time::Duration};

use super::{JobUuid, Progress};
use crate::{answer::Answer, list::List, operation::Operation};

/// An operation that is a job: ZStack accepts it, carries it out afterwards, and is asked for the result.
///
/// The generated clients implement it for the types in their module `operation`. It can't be implemented elsewhere.
#[allow(dead_code, reason = "a document without jobs has no such operation")]
pub trait JobOperation: 'static {
    /// The client whose operation it is.
    type Client;
    /// What the operation answers when it is done.
    type Answer: Answer + Clone;
    #[doc(hidden)]
    const OPERATION: &'static Operation;
    /// The path of the query for jobs, up to the job's name.
    #[doc(hidden)]
    const JOB_QUERY: &'static str;
}

/// Is told the name of a job before the request is sent.
pub(crate) type Told = Arc<dyn Fn(&JobUuid) + Send + Sync>;

/// Is told that a job is running.
pub(crate) type Watch = Arc<dyn Fn(&Progress) + Send + Sync>;

/// What a call says of its job. What is not set is the client's or the server's to choose.
#[derive(Clone, Default)]
#[allow(dead_code, reason = "filled by the generated builders of jobs")]
pub(crate) struct Settings {
    /// The caller's own name for the job.
    pub(crate) uuid: Option<JobUuid>,
    /// How long the server may let it run.
    pub(crate) api_timeout: Option<Duration>,
    /// Whether the server only validates.
    pub(crate) validation_only: bool,
    /// Is told the name before the request is sent.
    pub(crate) told: Option<Told>,
    /// Is told of each answer that says that the job is running.
    pub(crate) progress: Option<Watch>,
}

impl fmt::Debug for Settings {
    /// Prints no values.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Settings").finish_non_exhaustive()
    }
}

/// The list of tags with one more, if it is wanted and not in it.
#[allow(dead_code, reason = "called by the generated builders of jobs that can be validated only")]
pub(crate) fn with_tag(tags: List<String>, tag: &str, wanted: bool) -> List<String> {
    if !wanted {
        return tags;
    }
    let mut tags = match tags {
        List::Items(tags) => tags,
        List::Absent | List::Null => Vec::new(),
    };
    if !tags.iter().any(|known| known == tag) {
        tags.push(tag.to_owned());
    }
    List::Items(tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_that_is_wanted_stands_once_behind_the_others() {
        let list = |tags: &[&str]| List::Items(tags.iter().map(|&tag| tag.to_owned()).collect());
        assert_eq!(with_tag(List::Absent, "validationOnly", true), list(&["validationOnly"]));
        assert_eq!(with_tag(list(&["a"]), "validationOnly", true), list(&["a", "validationOnly"]));
        assert_eq!(with_tag(list(&["validationOnly"]), "validationOnly", true), list(&["validationOnly"]));
        assert_eq!(with_tag(List::Null, "validationOnly", false), List::Null);
    }
}
