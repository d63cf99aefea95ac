//! Jobs: sent under a name, followed to their end.

use std::time::Duration;

use reqwest::{RequestBuilder, StatusCode, header::HeaderValue};
use serde_json::Value;
use tokio::time::{Instant, sleep_until};
use uuid::Uuid;

use crate::{
    error::{Error, Outcome},
    exchange::{Exchange, MayHaveFailed, Raw},
};

/// The most that is kept of a call's time to ask for its job.
const MOST_TIME_TO_ASK: Duration = Duration::from_secs(30);

/// How many questions in a row may go wrong.
const MOST_FAILED: u32 = 5;

impl Exchange {
    /// Sends the request of a job, and follows the job to its end.
    pub(crate) async fn run<T: MayHaveFailed>(&self, request: RequestBuilder) -> Result<T, Error> {
        let deadline = self.deadline();
        let name = Uuid::new_v4().simple().to_string();
        let mut request = request.build().map_err(Error::interrupted)?;
        let mut header = HeaderValue::try_from(&name).map_err(|_| Error::invalid("the job's name"))?;
        header.set_sensitive(true);
        request.headers_mut().insert("x-job-uuid", header);
        let time_to_ask = (deadline.saturating_duration_since(Instant::now()) / 4).min(MOST_TIME_TO_ASK);
        let mut limit = deadline;
        match self.send(request, deadline - time_to_ask).await {
            Ok(answer) if answer.status == StatusCode::ACCEPTED => limit = limit.min(time_of(&answer, deadline)),
            Ok(answer) if is_duplicate(&answer) => {}
            Ok(answer) => return answer.decode(StatusCode::OK),
            Err(error) if error.outcome == Outcome::Unknown => {}
            Err(error) => return Err(error),
        }
        self.follow(&name, limit).await?.decode(StatusCode::OK)
    }

    /// Asks for a job until it has ended, or the time is up.
    async fn follow(&self, name: &str, limit: Instant) -> Result<Raw<'_>, Error> {
        let (mut pause, longest) = self.limits.poll;
        let mut failed = 0;
        loop {
            let next = Instant::now() + pause;
            if next >= limit {
                return Err(Error::new(Outcome::Unknown, "the job has not ended within the time limit"));
            }
            sleep_until(next).await;
            pause = (pause * 2).min(longest);
            let url = format!("{}/zstack/v1/api-jobs/{name}", self.base_url);
            let request = self.http.get(url).build().map_err(Error::interrupted)?;
            let problem = match self.ask(request, limit).await {
                Ok(answer) if answer.status == StatusCode::ACCEPTED => {
                    failed = 0;
                    continue;
                }
                Ok(answer) if answer.status == StatusCode::OK => return Ok(answer),
                Ok(answer) if answer.status == StatusCode::NOT_FOUND => {
                    Error::new(Outcome::Unknown, "the server does not know the job")
                }
                Ok(answer) => answer.no_success(),
                Err(error) => error,
            };
            failed += 1;
            if problem.outcome == Outcome::Failed || failed == MOST_FAILED {
                return Err(problem);
            }
        }
    }
}

/// Until when the server lets the job run.
fn time_of(answer: &Raw<'_>, deadline: Instant) -> Instant {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let milliseconds = body.get("apiTimeout").and_then(Value::as_f64).filter(|limit| *limit >= 1.0);
    let limit = milliseconds.and_then(|limit| Duration::try_from_secs_f64(limit / 1000.0).ok());
    limit.and_then(|limit| Instant::now().checked_add(limit)).unwrap_or(deadline)
}

/// The server has the job already.
fn is_duplicate(answer: &Raw<'_>) -> bool {
    answer.status == StatusCode::BAD_REQUEST && answer.body.windows(18).any(|text| text == b"Duplicate job uuid")
}
