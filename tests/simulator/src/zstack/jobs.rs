//! ZStack's jobs: how a PUT is accepted, how its job runs, is asked for, and is purged.

use serde::{Deserialize, Serialize};

use super::dispatch::Call;
use super::error_code::ErrorCode;
use super::inventory::Inventory;
use super::{actions, answers};
use crate::clock::milliseconds;
use crate::exchange::Answer;
use crate::operation::Operation;
use crate::settings::{Pace, PutAnswer};
use crate::turn::Turn;

/// A job that ZStack knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Job {
    /// What it carries out.
    pub operation: Operation,
    /// The uuid of the resource of its path.
    pub resource: String,
    /// How far it is.
    pub progress: JobProgress,
    /// When it finished, in milliseconds since 1970. `None`: it runs, or nobody has seen it finished yet.
    pub finished_at: Option<u64>,
    /// What a query is answered with when it is finished.
    pub outcome: JobOutcome,
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum JobProgress {
    /// So many more queries find it running.
    Polls(u32),
    /// It runs until this time, in milliseconds since 1970.
    Until(u64),
}

/// How a job ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum JobOutcome {
    /// 200 with the inventory.
    Inventory(Box<Inventory>),
    /// 200 with `{}`: only validated, because of the system tag `validationOnly`.
    Validated,
    /// 503 with the error.
    Failed(ErrorCode),
}

impl Job {
    /// A job that the next query finds finished. Change [`Job::progress`] for one that runs.
    #[must_use]
    pub fn new(operation: Operation, resource: impl Into<String>, outcome: JobOutcome) -> Self {
        Self { operation, resource: resource.into(), progress: JobProgress::Polls(0), finished_at: None, outcome }
    }
}

/// Accepts a PUT: carries the operation out, and answers with its job, or at once.
pub(super) fn accept(turn: &mut Turn<'_>, operation: Operation, resource: &str, call: &Call) -> Answer {
    if turn.settings.put_answer == PutAnswer::AtOnce {
        let outcome = actions::carry_out(turn, operation, resource, call, call.job_uuid.clone());
        return answers::outcome(turn.settings, &outcome);
    }
    let uuid = call.job_uuid.clone().unwrap_or_else(|| turn.state.make_id());
    let mut outcome = actions::carry_out(turn, operation, resource, call, Some(uuid.clone()));
    let timeout = call.timeout.unwrap_or_else(|| milliseconds(turn.settings.api_timeout));
    let progress = match turn.settings.job_pace {
        Pace::Polls(polls) => JobProgress::Polls(polls),
        Pace::Time(time) if milliseconds(time) > timeout => {
            let details = format!("the operation has not finished within {timeout} ms");
            outcome = JobOutcome::Failed(ErrorCode::new("SYS.1001", details));
            JobProgress::Until(turn.now.saturating_add(timeout))
        }
        Pace::Time(time) => JobProgress::Until(turn.now.saturating_add(milliseconds(time))),
    };
    let job = Job { progress, ..Job::new(operation, resource, outcome) };
    turn.state.zstack.jobs.insert(uuid.clone(), job);
    answers::accepted(turn.settings, &uuid, timeout)
}

/// Answers a query for a job. No credentials are looked at: the uuid is the secret (server source).
pub(super) fn query(turn: &mut Turn<'_>, uuid: &str) -> Answer {
    let Some(job) = turn.state.zstack.jobs.get_mut(uuid) else {
        return Answer::plain(404, "the job has been expired");
    };
    match job.progress {
        JobProgress::Polls(polls @ 1..) => {
            job.progress = JobProgress::Polls(polls - 1);
            return answers::running(turn.settings);
        }
        JobProgress::Until(end) if turn.now < end => return answers::running(turn.settings),
        JobProgress::Polls(0) => job.finished_at = job.finished_at.or(Some(turn.now)),
        JobProgress::Until(end) => job.finished_at = Some(end),
    }
    answers::outcome(turn.settings, &job.outcome)
}

/// Forgets the jobs that finished long ago.
pub(super) fn purge(turn: &mut Turn<'_>) {
    let kept_for = milliseconds(turn.settings.job_kept_for);
    let now = turn.now;
    turn.state.zstack.jobs.retain(|_, job| {
        let finished_at = match job.progress {
            JobProgress::Until(end) => Some(end),
            JobProgress::Polls(_) => job.finished_at,
        };
        finished_at.is_none_or(|at| at.saturating_add(kept_for) > now)
    });
}
