//! Following a job to its end.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::{Job, JobOperation, Progress, patience::Patience, query};
use crate::{Error, ErrorKind, Response, call::Call, limits::LONGEST_POLL, retry::retry_after, trace};

/// How much of a call's time must be left for one more question.
const SHORTEST_LAST: Duration = Duration::from_millis(100);

impl<O: JobOperation> Job<O> {
    /// Asks for the job until it has ended, or the time is up: the call's, or the one that the server gives the job.
    pub(crate) async fn follow(&mut self, call: &Call<'_>) -> Result<Response<O::Answer>, Error> {
        if let Some(done) = self.take_done() {
            return Ok(done);
        }
        let mut pauses = call.poll.pauses();
        let mut unanswered = None;
        let mut patience = Patience::default();
        let mut is_last = false;
        loop {
            if self.is_fresh || self.questions > 0 {
                // A server that asks to be left alone for longer is.
                let asked_for = unanswered.as_ref().and_then(|error: &Error| retry_after(error.headers()));
                let pause = pauses.next().unwrap_or_default();
                let pause = asked_for.map_or(pause, |asked_for| asked_for.clamp(pause, LONGEST_POLL.max(pause)));
                let next = Instant::now() + pause;
                is_last =
                    self.sleep(call, next).await.map_err(|limit| self.unfinished(call, limit, unanswered.take()))?;
            }
            self.is_fresh = false;
            unanswered = match self.ask(call).await {
                Ok(Some(done)) => return Ok(done),
                Ok(None) => {
                    patience = Patience::default();
                    None
                }
                Err(error) if patience.asks_again(&error) => match error.kind() {
                    // What was cut off by the call's own limit says less than what was said before.
                    ErrorKind::Timeout => unanswered.or(Some(error)),
                    _ => Some(error),
                },
                Err(error) => {
                    self.repeat(call, error).await?;
                    if let Some(done) = self.take_done() {
                        return Ok(done);
                    }
                    (pauses, is_last) = (call.poll.pauses(), false);
                    None
                }
            };
            if is_last {
                return Err(self.unfinished(call, "the server's own time limit", unanswered));
            }
        }
    }

    /// Asks once.
    pub(super) async fn ask(&mut self, call: &Call<'_>) -> Result<Option<Response<O::Answer>>, Error> {
        self.questions = self.questions.saturating_add(1);
        let question = query::ask(call, O::JOB_QUERY, &self.uuid);
        let answer = trace::poll(call.operation.id, self.questions, question).await;
        let answer = answer.inspect_err(|error| self.note_expiry(error)).map_err(|error| match error.kind() {
            ErrorKind::UnknownJob => self.unread.take().map_or(error, Error::of_job_not_known),
            _ => error,
        });
        match answer? {
            Some(answer) => self.decode(*answer).map(Some),
            None => {
                if let Some(told) = &self.progress {
                    told(&self.progress());
                }
                Ok(None)
            }
        }
    }

    fn progress(&self) -> Progress {
        Progress {
            uuid: self.uuid.clone(),
            elapsed: self.begun.elapsed(),
            questions: self.questions,
            api_timeout: self.api_timeout,
        }
    }

    /// Sleeps until then, and says whether the next question is the last one, because the server's limit has passed. The
    /// call's own limit is an error at once: there is no time left to ask.
    async fn sleep(&self, call: &Call<'_>, next: Instant) -> Result<bool, &'static str> {
        let limit = self.api_timeout.and_then(|limit| self.begun.checked_add(limit));
        let is_last = limit.is_some_and(|limit| limit <= next);
        // After the server's limit there is a pause all the same: its caller may well wait in a loop.
        let next = limit.filter(|limit| *limit > Instant::now()).map_or(next, |limit| limit.min(next));
        match call.deadline {
            // Sooner then, as long as there is time for an answer.
            Some(deadline) if deadline <= next && deadline > Instant::now() + SHORTEST_LAST => {
                sleep_until(deadline - deadline.duration_since(Instant::now()) / 4).await;
                Ok(is_last && limit.is_some_and(|limit| limit <= Instant::now()))
            }
            Some(deadline) if deadline <= next => {
                sleep_until(deadline).await;
                Err("the time limit")
            }
            _ => {
                sleep_until(next).await;
                Ok(is_last)
            }
        }
    }

    fn unfinished(&mut self, call: &Call<'_>, limit: &str, unanswered: Option<Error>) -> Error {
        let last = unanswered.filter(|error| error.kind() != ErrorKind::Timeout).or_else(|| self.unread.take());
        Error::unfinished_job(call.operation, limit, last).of_job(&self.uuid)
    }

    /// Makes the call once more if the job has ended because its session had expired.
    async fn repeat(&mut self, call: &Call<'_>, error: Error) -> Result<(), Error> {
        match self.again.take() {
            Some(submission) if error.refuses_credentials() => self.submit_again(call, submission, error).await,
            _ => Err(error),
        }
    }
}
