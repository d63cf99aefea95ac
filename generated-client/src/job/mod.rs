//! Jobs: operations that a server accepts, carries out afterwards, and is asked for the result of.
//!
//! ```text
//! send   ─ submission ─ 202 ─ follow ─ query ─ query ─ … ─ result
//! submit ─ submission ─ 202 ─ Job, which is polled or waited for
//! job    ─                    Job, taken up again under its name
//! ```

mod follow;
mod operation;
mod patience;
mod query;
mod settle;
mod since;
mod submission;
mod uuid;

use std::{fmt, marker::PhantomData, sync::Arc, time::Duration};

use tokio::time::Instant;

pub(crate) use self::operation::Settings;
#[allow(unused_imports, reason = "a document without jobs has no tags for them")]
pub(crate) use self::operation::with_tag;
pub(crate) use self::submission::Asked;
use self::submission::{Begun, Submission};
pub use self::{
    operation::JobOperation,
    uuid::{InvalidJobUuid, JobUuid},
};
use crate::{
    CallOptions, Error, Response,
    call::{Call, Raw},
    credentials::Current,
    trace,
    transport::Transport,
};

/// An operation that the server carries out by itself: a job, typed by its operation.
///
/// It comes from a builder's `submit`, or, after a crash, from the client's `job` under the name that was kept:
///
/// ```no_run
/// # async fn run(zstack: generated_client::zstack::Client, volume: &str) -> Result<(), Box<dyn std::error::Error>> {
/// use generated_client::zstack::operation::RecoverDataVolume;
///
/// let job = zstack.recover_data_volume().uuid(volume).submit().await?;
/// std::fs::write("job", job.uuid().as_str())?;
///
/// // Later, perhaps in another process:
/// let uuid = std::fs::read_to_string("job")?.parse()?;
/// let answer = zstack.job::<RecoverDataVolume>(uuid).wait().await?;
/// # Ok(())
/// # }
/// ```
///
/// Dropping it, or a future of it, stops the asking and not the job: the server goes on, and the result can be asked for
/// by the job's name for about three hours after its end.
///
/// Evidence: the server's own code, and requests of the vendor's SDK; no live server was asked.
pub struct Job<O: JobOperation> {
    transport: Transport,
    options: CallOptions,
    uuid: JobUuid,
    progress: Option<operation::Watch>,
    api_timeout: Option<Duration>,
    begun: Instant,
    questions: u32,
    /// Whether the server has only just got it, and there is no result to be expected yet.
    is_fresh: bool,
    /// What it was sent with, if it was sent here.
    credentials: Option<Current>,
    /// How the call is made again if the job says that the session has expired.
    again: Option<Submission>,
    done: Option<Box<Response<O::Answer>>>,
    /// What was wrong with an answer of the operation's own that could not be read: told if the server does not know the
    /// job.
    unread: Option<Error>,
    /// Whether its request was sent a second time, which can't be made again under another name any more.
    was_sent_again: bool,
    operation: PhantomData<fn() -> O>,
}

/// When a call is made again after its credentials were refused, under a new name for its job.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// Nobody holds the job's name yet.
    Freely,
    /// Only where the caller is told the new name.
    WhenTold,
}

/// What is known of a job that is running.
#[derive(Clone)]
#[non_exhaustive]
pub struct Progress {
    /// The job's name.
    pub uuid: JobUuid,
    /// How long ago the server accepted it; of a job that was taken up again, how long it has been followed.
    pub elapsed: Duration,
    /// How often it was asked for.
    pub questions: u32,
    /// How long the server lets it run, if it has said so.
    pub api_timeout: Option<Duration>,
}

impl<O: JobOperation> Job<O> {
    /// Sends the request of a job.
    pub(crate) async fn begin(
        call: &Call<'_>,
        options: CallOptions,
        asked: reqwest::Result<Box<Asked>>,
        repeat: Repeat,
    ) -> Result<Self, Error> {
        let asked = call.built(asked)?;
        let credentials = call.credentials().await?;
        let mut job = Self {
            transport: call.transport.clone(),
            options,
            uuid: asked.settings.new_uuid(call.operation)?,
            progress: asked.settings.progress.clone(),
            api_timeout: None,
            begun: Instant::now(),
            questions: 0,
            is_fresh: true,
            credentials: None,
            again: None,
            done: None,
            unread: None,
            was_sent_again: false,
            operation: PhantomData,
        };
        let mut submission = Submission { asked, credentials };
        let may_be_repeated = submission.asked.settings.uuid.is_none() && call.transport.credentials().renews();
        match job.submit(call, &mut submission).await {
            Ok(()) => {}
            Err(refused) if may_be_repeated && !job.was_sent_again && refused.refuses_credentials() => {
                Box::pin(job.submit_again(call, submission, refused)).await?;
                return Ok(job);
            }
            Err(error) => return Err(error),
        }
        if may_be_repeated
            && !job.was_sent_again
            && (repeat == Repeat::Freely || submission.asked.settings.told.is_some())
        {
            job.again = Some(submission);
        }
        Ok(job)
    }

    /// A job of which only the name is known.
    pub(crate) fn known(transport: Transport, uuid: JobUuid) -> Self {
        Self {
            transport,
            options: CallOptions::new(),
            uuid,
            progress: None,
            api_timeout: None,
            begun: Instant::now(),
            questions: 0,
            is_fresh: false,
            credentials: None,
            again: None,
            done: None,
            unread: None,
            was_sent_again: false,
            operation: PhantomData,
        }
    }

    /// Sends the request under the job's name, and takes in what the server says to it.
    async fn submit(&mut self, call: &Call<'_>, submission: &mut Submission) -> Result<(), Error> {
        (self.begun, self.is_fresh) = (Instant::now(), true);
        self.credentials = Some(submission.credentials.clone());
        let begun = submission.send(call, O::JOB_QUERY, &self.uuid, &mut self.was_sent_again).await;
        match begun.inspect_err(|error| self.note_expiry(error))? {
            Begun::Accepted { uuid, api_timeout } => {
                (self.uuid, self.api_timeout, self.begun) = (uuid, api_timeout, Instant::now());
            }
            Begun::Answered(answer) => match self.decode(*answer) {
                Ok(done) => self.done = Some(Box::new(done)),
                // What was spoilt on its way can be asked for.
                Err(error) if error.is_spoilt() => self.unread = Some(error),
                Err(error) if self.was_sent_again => return Err(error.of_second_request(&self.uuid)),
                Err(error) => return Err(error),
            },
        }
        Ok(())
    }

    /// Makes the call once more after its credentials were refused, with others and under a new name.
    async fn submit_again(&mut self, call: &Call<'_>, mut submission: Submission, refused: Error) -> Result<(), Error> {
        submission.credentials = call.renewed(refused, &submission.credentials).await?;
        self.uuid = submission.asked.settings.new_uuid(call.operation)?;
        self.submit(call, &mut submission).await
    }

    /// A call that asks for it: one that can't be begun says nothing of the job.
    fn call<'a>(&self, transport: &'a Transport) -> Result<Call<'a>, Error> {
        Call::begin(transport, O::OPERATION, &self.options).map_err(|error| error.of_job(&self.uuid))
    }

    /// The result that an answer is.
    fn decode(&self, answer: Raw) -> Result<Response<O::Answer>, Error> {
        let decoded = answer.decode(O::OPERATION).map_err(|error| error.of_job(&self.uuid));
        decoded.inspect_err(|error| self.note_expiry(error))
    }

    /// Lets no further call be made with credentials that were refused, where others can be had.
    fn note_expiry(&self, error: &Error) {
        if let Some(refused) = self.credentials.as_ref().filter(|_| error.refuses_credentials()) {
            self.transport.credentials().refuse(refused);
        }
    }

    /// The job's name. Keep it, and the result can still be had after a crash; keep it as a secret, since the server asks
    /// for no credentials when it is asked for a job.
    pub fn uuid(&self) -> &JobUuid {
        &self.uuid
    }

    /// The result, if the server gave it at once.
    pub(crate) fn take_done(&mut self) -> Option<Response<O::Answer>> {
        self.done.take().map(|done| *done)
    }

    /// Whether the result is here: [`poll`](Self::poll) and [`wait`](Self::wait) return it without asking. A server may give
    /// it at once.
    pub fn is_done(&self) -> bool {
        self.done.is_some()
    }

    /// How long the server lets the job run, in whole milliseconds, if it has said so.
    pub fn api_timeout(&self) -> Option<Duration> {
        self.api_timeout
    }

    /// Sets the limits of [`poll`](Self::poll) and [`wait`](Self::wait), as of a call.
    #[must_use]
    pub fn options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Calls `progress` after each answer that says that the job is running. It must return at once.
    #[must_use]
    pub fn on_progress(mut self, progress: impl Fn(&Progress) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(progress));
        self
    }

    /// Asks once: the result, or `None` while the job is running.
    ///
    /// # Errors
    /// When the job failed ([`Outcome::Failed`](crate::Outcome::Failed), or `Refused` if its session had expired), and
    /// when nothing is known: no answer, or a server that does not know the job
    /// ([`ErrorKind::UnknownJob`](crate::ErrorKind::UnknownJob)). The job may run all the same then; it can be asked for
    /// again.
    pub async fn poll(&mut self) -> Result<Option<Response<O::Answer>>, Error> {
        trace::call(O::OPERATION.id, Box::pin(self.polled())).await
    }

    async fn polled(&mut self) -> Result<Option<Response<O::Answer>>, Error> {
        if let Some(done) = &self.done {
            return Ok(Some((**done).clone()));
        }
        let transport = self.transport.clone();
        let call = self.call(&transport)?;
        let done = self.ask(&call).await?;
        self.done = done.clone().map(Box::new);
        Ok(done)
    }

    /// Waits for the end: asks again and again, 200 ms after the server has accepted the job and then ever more seldom,
    /// every 5 seconds at most ([`CallOptions::poll_interval`]). Questions that are not answered are asked again.
    ///
    /// # Errors
    /// As [`poll`](Self::poll); and when the time limit of the call passes, or the server's own
    /// ([`api_timeout`](Self::api_timeout)). The job may run all the same then, and can be waited for again.
    pub async fn wait(&mut self) -> Result<Response<O::Answer>, Error> {
        trace::call(O::OPERATION.id, Box::pin(self.waited_for())).await
    }

    async fn waited_for(&mut self) -> Result<Response<O::Answer>, Error> {
        let transport = self.transport.clone();
        let call = self.call(&transport)?;
        let done = self.follow(&call).await?;
        self.done = Some(Box::new(done.clone()));
        Ok(done)
    }
}

impl<O: JobOperation> fmt::Debug for Job<O> {
    /// Prints no values: the job's name is a secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Job").field("operation", &O::OPERATION.id).finish_non_exhaustive()
    }
}

impl fmt::Display for Progress {
    /// How long it has been running, in whole seconds, and how long it may at most if the server has said so: "running for
    /// 12 s of at most 1800 s".
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "running for {} s", self.elapsed.as_secs())?;
        match self.api_timeout {
            Some(limit) => write!(formatter, " of at most {} s", limit.as_secs()),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { uuid: _, elapsed, questions, api_timeout } = self;
        formatter
            .debug_struct("Progress")
            .field("elapsed", elapsed)
            .field("questions", questions)
            .field("api_timeout", api_timeout)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_in_seconds_and_without_the_name() {
        let (uuid, elapsed) = (JobUuid::random().unwrap(), Duration::from_millis(12_900));
        let progress = Progress { uuid, elapsed, questions: 3, api_timeout: Some(Duration::from_secs(1800)) };
        assert_eq!(progress.to_string(), "running for 12 s of at most 1800 s");
        assert_eq!(Progress { api_timeout: None, ..progress }.to_string(), "running for 12 s");
    }
}
