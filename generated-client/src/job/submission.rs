//! The request that makes a job: sent under a name, so that a lost answer can be settled by asking for the job.

use std::time::Duration;

use reqwest::{Request, StatusCode};
use serde_json::Value;

use super::{
    JobUuid, Settings,
    settle::{Settled, settle},
    since::Since,
};
use crate::{
    Error, Outcome,
    call::{Call, Raw, Sendable},
    credentials::{Current, header},
    operation::Operation,
    retry,
};

/// The name of a job, chosen by the caller.
const JOB_UUID: &str = "x-job-uuid";

/// How long the server may let a job run, in seconds.
const API_TIMEOUT: &str = "x-api-timeout";

/// For how long after a request was sent the server can be relied on to know the job that it made of it: it keeps jobs for
/// about three hours after their end.
const KNOWN_FOR: Duration = Duration::from_secs(30 * 60);

/// A request that makes a job, and with what it is sent.
pub(super) struct Submission {
    pub(super) asked: Box<Asked>,
    pub(super) credentials: Current,
}

/// What a caller wants of a job. It is on the heap: a call's future would have a place for it wherever it is moved.
pub(crate) struct Asked {
    /// As the generated code has built it, with the headers of the job that it was sent for last.
    request: Sendable,
    pub(super) settings: Settings,
}

impl Asked {
    /// What the generated code has built.
    pub(crate) fn new(request: reqwest::Result<Request>, settings: Settings) -> reqwest::Result<Box<Self>> {
        request.map(|request| Box::new(Self { request: Sendable::new(request), settings }))
    }
}

/// What became of a request that was not refused.
pub(super) enum Begun {
    /// The server has the job.
    Accepted { uuid: JobUuid, api_timeout: Option<Duration> },
    /// The job is done.
    Answered(Box<Raw>),
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
    /// Sends the request under this name. Once; or again, if the caller wants that of jobs that the server does not know.
    ///
    /// Whether it was sent again is noted in `again`: nobody can say of it then that nothing was done.
    pub(super) async fn send(
        &mut self,
        call: &Call<'_>,
        query: &str,
        uuid: &JobUuid,
        again: &mut bool,
    ) -> Result<Begun, Error> {
        let since = Since::now();
        self.name(call.operation, uuid)?;
        self.tell(uuid);
        match self.send_once(call, uuid).await {
            Err(error) if error.outcome() == Outcome::Unknown => {
                // On the heap: hardly any call needs it.
                Box::pin(self.settle(call, query, uuid, again, since, error.of_job(uuid))).await
            }
            begun => begun,
        }
    }

    /// Settles what became of a request whose answer was lost, and sends it again where that is wanted and safe.
    async fn settle(
        &mut self,
        call: &Call<'_>,
        query: &str,
        uuid: &JobUuid,
        again: &mut bool,
        since: Since,
        mut lost: Error,
    ) -> Result<Begun, Error> {
        let mut pauses = call.retries.pauses_of_unknown_jobs();
        let mut had_it = false;
        loop {
            match settle(call, query, uuid).await? {
                Settled::Begun(begun) => return Ok(begun),
                Settled::Open => return Err(lost.of_job_not_asked_for()),
                Settled::NotKnown { was_known } => had_it |= was_known || lost.says_success(),
            }
            let pause = pauses.next().filter(|_| !had_it && since.is_within(KNOWN_FOR)).map(retry::pause);
            let Some(pause) = pause else { return Err(lost.of_job_not_known()) };
            if !call.may_send_again(pause).await || !since.is_within(KNOWN_FOR) {
                return Err(lost.of_job_not_known());
            }
            // Whatever it says now, the first request may still be on its way.
            *again = true;
            let call = call.until(since.plus(KNOWN_FOR));
            match self.send_once(&call, uuid).await.map_err(|error| (error.outcome(), error.of_second_request(uuid))) {
                Ok(begun) => return Ok(begun),
                Err((Outcome::Unknown, error)) => lost = error,
                Err((Outcome::NotSent, _)) => {}
                Err((_, error)) => return Err(error),
            }
        }
    }

    /// Sends the request once, under this name. An answer that does not come in time leaves some of it to ask for the job.
    async fn send_once(&mut self, call: &Call<'_>, uuid: &JobUuid) -> Result<Begun, Error> {
        let answer = call.with_time_to_ask().exchange(&mut self.asked.request, &self.credentials).await?;
        match answer.status {
            StatusCode::ACCEPTED => Ok(self.accepted(&answer, uuid)),
            _ if answer.is_success(call.operation) => Ok(Begun::Answered(Box::new(answer))),
            _ if is_duplicate(&answer) => Ok(Begun::Accepted { uuid: uuid.clone(), api_timeout: None }),
            _ => Err(answer.no_success(call.operation)),
        }
    }

    /// Gives the request the headers that are the job's.
    fn name(&mut self, operation: &Operation, uuid: &JobUuid) -> Result<(), Error> {
        let unsendable =
            || Error::invalid(operation, "the request can't be copied, to be sent under a name".to_owned());
        let request = self.asked.request.copyable().ok_or_else(unsendable)?;
        let name = header::secret("", uuid.as_str()).map_err(|_| unsendable())?;
        request.headers_mut().insert(JOB_UUID, name);
        if let Some(limit) = self.asked.settings.api_timeout {
            let seconds = limit.as_secs().saturating_add(u64::from(limit.subsec_nanos() > 0));
            request.headers_mut().insert(API_TIMEOUT, seconds.into());
        }
        Ok(())
    }

    fn tell(&self, uuid: &JobUuid) {
        if let Some(told) = &self.asked.settings.told {
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
