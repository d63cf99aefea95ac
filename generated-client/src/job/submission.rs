//! The request that makes a job: sent under a name, so that a lost answer can be settled by asking for the job.

use std::time::Duration;

use reqwest::{Request, StatusCode, header::HeaderValue};
use serde_json::Value;
use tokio::time::sleep;

use super::{JobUuid, Settings, query};
use crate::{
    Error, ErrorKind, Outcome,
    call::{Call, Raw},
    credentials::Current,
    operation::Operation,
};

/// The name of a job, chosen by the caller.
const JOB_UUID: &str = "x-job-uuid";

/// How long the server may let a job run, in seconds.
const API_TIMEOUT: &str = "x-api-timeout";

/// A request that makes a job, and with what it is sent.
pub(super) struct Submission {
    /// As the generated code has built it.
    pub(super) request: Request,
    pub(super) settings: Settings,
    pub(super) credentials: Current,
}

/// What became of a request that was not refused.
pub(super) enum Begun {
    /// The server has the job.
    Accepted { uuid: JobUuid, api_timeout: Option<Duration> },
    /// The job is done.
    Answered(Raw),
}

impl Settings {
    /// The name for the next request.
    pub(super) fn new_uuid(&self, operation: &Operation) -> Result<JobUuid, Error> {
        match &self.uuid {
            Some(uuid) => Ok(uuid.clone()),
            None => JobUuid::random().map_err(|problem| {
                Error::invalid(operation, format!("there are no random numbers for the name of the job: {problem}"))
            }),
        }
    }
}

impl Submission {
    /// Sends the request once, under this name.
    pub(super) async fn send(&self, call: &Call<'_>, query: &str, uuid: &JobUuid) -> Result<Begun, Error> {
        let request = self.named(call.operation, uuid)?;
        self.tell(uuid);
        let lost = match call.exchange(request, &self.credentials).await {
            Ok(answer) if answer.status == StatusCode::ACCEPTED => return Ok(self.accepted(&answer, uuid)),
            Ok(answer) if answer.is_success(call.operation) => return Ok(Begun::Answered(answer)),
            Ok(answer) if is_duplicate(&answer) => {
                return Ok(Begun::Accepted { uuid: uuid.clone(), api_timeout: None });
            }
            Ok(answer) => answer.no_success(call.operation),
            Err(error) => error,
        };
        match lost.outcome() {
            Outcome::Unknown => settle(call, query, uuid, lost.of_job(uuid)).await,
            _ => Err(lost),
        }
    }

    /// The request with the headers that are the job's.
    fn named(&self, operation: &Operation, uuid: &JobUuid) -> Result<Request, Error> {
        let unsendable =
            || Error::invalid(operation, "the request can't be copied, to be sent under a name".to_owned());
        let mut request = self.request.try_clone().ok_or_else(unsendable)?;
        let mut name = HeaderValue::from_str(uuid.as_str()).map_err(|_| unsendable())?;
        name.set_sensitive(true);
        request.headers_mut().insert(JOB_UUID, name);
        if let Some(limit) = self.settings.api_timeout {
            let seconds = limit.as_secs().saturating_add(u64::from(limit.subsec_nanos() > 0));
            request.headers_mut().insert(API_TIMEOUT, seconds.into());
        }
        Ok(request)
    }

    fn tell(&self, uuid: &JobUuid) {
        if let Some(told) = &self.settings.told {
            told(uuid);
        }
    }

    /// What a 202 says. The server's own name for the job counts, should it be another.
    fn accepted(&self, answer: &Raw, asked: &JobUuid) -> Begun {
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let location = body.get("location").and_then(Value::as_str).unwrap_or_default();
        let segment = location.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        let uuid: JobUuid = segment.parse().unwrap_or_else(|_| asked.clone());
        if uuid != *asked {
            self.tell(&uuid);
        }
        // The pages print integers as `1.8E6`, and the server may do so too.
        let milliseconds = body.get("apiTimeout").and_then(Value::as_f64).filter(|limit| *limit >= 1.0);
        let api_timeout = milliseconds.and_then(|limit| Duration::try_from_secs_f64(limit / 1000.0).ok());
        Begun::Accepted { uuid, api_timeout }
    }
}

/// `Duplicate job uuid[…]`: the job is there already.
fn is_duplicate(answer: &Raw) -> bool {
    answer.status == StatusCode::BAD_REQUEST && answer.body.windows(18).any(|text| text == b"Duplicate job uuid")
}

/// Finds out what became of a request whose answer was lost, by asking for the job that it named.
///
/// A server that does not know the job may never have got the request, or may be about to begin: it is asked once more
/// after a pause. What stays unknown is the error that was lost.
async fn settle(call: &Call<'_>, query: &str, uuid: &JobUuid, lost: Error) -> Result<Begun, Error> {
    let mut was_unknown = false;
    for pause in call.poll.pauses() {
        if call.deadline.is_some_and(|deadline| deadline <= tokio::time::Instant::now() + pause) {
            break;
        }
        sleep(pause).await;
        match query::ask(call, query, uuid).await {
            Ok(None) => return Ok(Begun::Accepted { uuid: uuid.clone(), api_timeout: None }),
            Ok(Some(answer)) => return Ok(Begun::Answered(answer)),
            Err(error) if error.kind() == ErrorKind::UnknownJob && !was_unknown => was_unknown = true,
            Err(error) if error.is_passing() => {}
            Err(error) if error.kind() == ErrorKind::UnknownJob => break,
            Err(error) => return Err(error),
        }
    }
    Err(lost)
}
