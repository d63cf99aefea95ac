//! One call of an operation: until when it may take, and the requests that it is made of.

use std::time::Duration;

use reqwest::{
    Request, StatusCode,
    header::{HeaderMap, HeaderValue},
};
use tokio::{
    sync::Semaphore,
    time::{Instant, sleep, timeout_at},
};

use crate::{
    CallOptions, Error, ErrorKind, Outcome, Response, Retries,
    answer::Answer,
    credentials::{Current, header},
    limits::Poll,
    operation::Operation,
    retry,
    said::Said,
    secrets::Secrets,
    trace,
    transport::Transport,
};

/// The most that is kept of a call's time to ask for its job.
const MOST_TIME_TO_ASK: Duration = Duration::from_secs(30);

/// A call while it is made.
#[derive(Clone)]
pub(crate) struct Call<'a> {
    pub(crate) transport: &'a Transport,
    pub(crate) operation: &'static Operation,
    pub(crate) poll: Poll,
    pub(crate) retries: Retries,
    http: reqwest::Client,
    /// When the call's time is up; never, if the limit is beyond all time.
    pub(crate) deadline: Option<Instant>,
    max_answer_bytes: usize,
}

/// A request while it may have to be sent again: each time it is a copy that is sent. What can't be copied is sent once.
pub(crate) struct Sendable {
    request: Option<Request>,
    is_copied: bool,
}

impl Sendable {
    pub(crate) fn new(request: Request) -> Self {
        // A stream can't.
        let is_copied = request.body().is_none_or(|body| body.as_bytes().is_some());
        Self { request: Some(request), is_copied }
    }

    /// The same, which is sent once: no copy is made of it.
    pub(crate) fn once(self) -> Self {
        Self { is_copied: false, ..self }
    }

    /// Whether sending it changes nothing.
    fn is_read(&self) -> bool {
        self.request.as_ref().is_some_and(|request| request.method().is_safe())
    }

    /// Whether it can be sent (again).
    pub(crate) fn is_there(&self) -> bool {
        self.request.is_some()
    }

    /// The request, if it can be sent more than once.
    pub(crate) fn copyable(&mut self) -> Option<&mut Request> {
        self.request.as_mut().filter(|_| self.is_copied)
    }

    /// What is sent next. None if it is gone.
    fn next(&mut self) -> Option<Request> {
        let copy = if self.is_copied { self.request.as_ref()?.try_clone() } else { None };
        copy.or_else(|| self.request.take())
    }
}

/// An answer before it is decoded.
pub(crate) struct Raw {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// What is left of it: the address that was asked, which an error must not repeat.
    response: reqwest::Response,
    /// Nor these.
    secrets: Sensitive,
}

/// Values of headers that are secrets. Hardly ever are there more than two: the credentials, and the name of a job.
#[derive(Default)]
struct Sensitive {
    first: [Option<HeaderValue>; 2],
    more: Vec<HeaderValue>,
}

impl Sensitive {
    fn of(headers: &HeaderMap) -> Self {
        let mut sensitive = Self::default();
        headers.values().filter(|value| value.is_sensitive()).for_each(|value| sensitive.add(value.clone()));
        sensitive
    }

    fn add(&mut self, value: HeaderValue) {
        match self.first.iter_mut().find(|place| place.is_none()) {
            Some(place) => *place = Some(value),
            None => self.more.push(value),
        }
    }

    fn all(&self) -> Vec<HeaderValue> {
        self.first.iter().flatten().chain(&self.more).cloned().collect()
    }
}

impl<'a> Call<'a> {
    /// Begins a call: its time runs from here.
    pub(crate) fn begin(
        transport: &'a Transport,
        operation: &'static Operation,
        options: &CallOptions,
    ) -> Result<Self, Error> {
        let limits = transport.limits();
        Ok(Self {
            transport,
            operation,
            poll: options.poll.unwrap_or(limits.poll),
            retries: options.retries.unwrap_or(limits.retries),
            http: transport.http_for(operation, options)?,
            deadline: Instant::now().checked_add(options.timeout.unwrap_or(limits.timeout)),
            max_answer_bytes: options.max_answer_bytes.unwrap_or(limits.max_answer_bytes),
        })
    }

    /// What the generated code has built.
    pub(crate) fn built<T>(&self, built: reqwest::Result<T>) -> Result<T, Error> {
        built.map_err(|problem| Error::not_built(self.operation, problem))
    }

    /// The credentials for the next request.
    pub(crate) async fn credentials(&self) -> Result<Current, Error> {
        if let Some(credentials) = self.transport.credentials().at_hand() {
            return Ok(credentials);
        }
        let credentials = self.in_time(self.transport.credentials().current()).await;
        let credentials = credentials.ok_or_else(|| Error::out_of_time(self.operation))?;
        credentials.map_err(|problem| Error::no_credentials(self.operation, problem))
    }

    /// Other credentials, after the server has refused these with this error; the error, if there are none.
    pub(crate) async fn renewed(&self, error: Error, refused: &Current) -> Result<Current, Error> {
        match self.in_time(self.transport.credentials().renewed(refused)).await {
            None | Some(None) => Err(error),
            Some(Some(Err(problem))) => Err(error.not_renewed(problem)),
            Some(Some(Ok(renewed))) => Ok(renewed),
        }
    }

    /// What the future gives, if it does so before the call's time is up.
    async fn in_time<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        match self.deadline {
            Some(deadline) => timeout_at(deadline, future).await.ok(),
            None => Some(future.await),
        }
    }

    /// How much of the call's time is left.
    pub(crate) fn time_left(&self) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }

    /// Sends a request, and reads its answer whole. Again, where that can't do anything twice.
    pub(crate) async fn exchange(&self, request: &mut Sendable, credentials: &Current) -> Result<Raw, Error> {
        self.transport.budget().earn();
        let is_read = request.is_read();
        let mut limits = self.retries.limits();
        let mut attempt = 1;
        let mut before = None;
        loop {
            let answer = said_before(before.take(), self.exchange_once(request, credentials, attempt).await);
            let asked_for = match &answer {
                Ok(answer) if is_read && answer.is_passing(self.operation) => retry::retry_after(&answer.headers),
                Err(error) if error.kind() == ErrorKind::Connect || (is_read && error.is_passing()) => None,
                _ => return answer,
            };
            let Some(limit) = limits.next().filter(|_| request.is_there()) else { return answer };
            let pause = retry::pause(limit).max(asked_for.unwrap_or_default());
            if !self.may_send_again(pause).await {
                return answer;
            }
            attempt += 1;
            before = Some(answer);
        }
    }

    /// The same call, which ends no later than then.
    pub(crate) fn until(&self, deadline: Instant) -> Self {
        let deadline = self.deadline.map_or(deadline, |own| own.min(deadline));
        Self { deadline: Some(deadline), ..self.clone() }
    }

    /// The same call with less time, so that there is some left to ask what became of its request: a quarter of what there
    /// is now, and 30 seconds at most.
    pub(crate) fn with_time_to_ask(&self) -> Self {
        let kept = self.time_left().map(|left| (left / 4).min(MOST_TIME_TO_ASK));
        let deadline = self.deadline.zip(kept).map(|(deadline, kept)| deadline - kept);
        Self { deadline, ..self.clone() }
    }

    /// Waits before a request is sent again, if there is time for it and the budget allows it.
    pub(crate) async fn may_send_again(&self, pause: Duration) -> bool {
        let is_in_time = self.time_left().is_none_or(|left| pause < left);
        let may = is_in_time && self.transport.budget().pay();
        if may {
            sleep(pause).await;
        }
        may
    }

    /// Sends a request once, and reads its answer whole. `attempt` is how often it was sent, this time included.
    pub(crate) async fn exchange_once(
        &self,
        request: &mut Sendable,
        credentials: &Current,
        attempt: u32,
    ) -> Result<Raw, Error> {
        let exchanged = self.exchanged(request, credentials, self.transport.turns());
        trace::request(self.operation.id, attempt, exchanged).await
    }

    /// Sends a question for a job once, and reads its answer whole. Requests that stand still do not keep it from its turn.
    pub(crate) async fn ask_once(&self, request: &mut Sendable, credentials: &Current) -> Result<Raw, Error> {
        let exchanged = self.exchanged(request, credentials, self.transport.turns_to_ask());
        trace::request(self.operation.id, 1, exchanged).await
    }

    async fn exchanged(&self, request: &mut Sendable, credentials: &Current, turns: &Semaphore) -> Result<Raw, Error> {
        let operation = self.operation;
        // Never closed: there is a turn for everybody who can wait so long. Most need not wait, nor have their time watched.
        let _turn = match turns.try_acquire() {
            Ok(turn) => Ok(turn),
            Err(_) => self.in_time(turns.acquire()).await.ok_or_else(|| Error::out_of_time(operation))?,
        };
        let mut request = request.next().ok_or_else(|| Error::sent_already(operation))?;
        credentials.authenticate(&mut request).map_err(|problem| Error::invalid(operation, problem))?;
        if let Some(left) = self.time_left() {
            if left.is_zero() {
                return Err(Error::out_of_time(operation));
            }
            *request.timeout_mut() = Some(left);
        }
        let secrets = Sensitive::of(request.headers());
        let mut response =
            self.http.execute(request).await.map_err(|problem| Error::interrupted(operation, problem))?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        if is_redirect(status) {
            return Err(Error::redirect(operation, status, headers));
        }
        let limit = self.max_answer_bytes;
        if response.content_length().is_some_and(|announced| announced > limit as u64) {
            return Err(Error::too_large(operation, status, headers, limit));
        }
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(None) => break,
                Ok(Some(chunk)) if body.len() + chunk.len() > limit => {
                    return Err(Error::too_large(operation, status, headers, limit));
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Err(problem) => return Err(Error::interrupted_within(operation, status, headers, problem)),
            }
        }
        Ok(Raw { status, headers, body, response, secrets })
    }

    /// Sends a request, and decodes its answer.
    pub(crate) async fn answer<T: Answer>(
        &self,
        request: &mut Sendable,
        credentials: &Current,
    ) -> Result<Response<T>, Error> {
        self.exchange(request, credentials).await?.decode(self.operation)
    }
}

impl Raw {
    /// Whether it is one of the answers that the document calls a success.
    pub(crate) fn is_success(&self, operation: &Operation) -> bool {
        operation.success.contains(&self.status.as_u16())
    }

    /// Decodes a success; everything else is an error.
    pub(crate) fn decode<T: Answer>(self, operation: &'static Operation) -> Result<Response<T>, Error> {
        if !self.is_success(operation) {
            return Err(self.no_success(operation));
        }
        let ended = match T::decode(&self.body) {
            Ok(mut value) => match value.take_failure() {
                None => return Ok(Response::new(value, self.status, self.headers)),
                Some(failure) => Ok(failure),
            },
            Err(problem) => Err(problem),
        };
        // The failure as it was written, also where something in it is not what the document describes.
        let said = Said::read(operation, &self.body);
        let ended = said.error.filter(|_| said.is_zstack_error).map_or(ended, Ok);
        let secrets = self.secrets();
        Err(match ended {
            Ok(failure) => Error::failed(operation, self.status, self.headers, failure.without(&secrets)),
            Err(problem) => Error::decode(operation, self.status, self.headers, &problem, &self.body, &secrets),
        })
    }

    /// Whether it says nothing of the operation, and the same request may well be answered a moment later.
    fn is_passing(&self, operation: &Operation) -> bool {
        let is_last_word =
            || self.status == StatusCode::SERVICE_UNAVAILABLE && Said::read(operation, &self.body).is_zstack_error;
        retry::is_passing(self.status) && !is_last_word()
    }

    /// The error that an answer is which is no success.
    pub(crate) fn no_success(self, operation: &Operation) -> Error {
        let secrets = self.secrets();
        Error::no_success(operation, self.status, self.headers, &self.body, &secrets)
    }

    /// Keeps errors from repeating one more text.
    pub(crate) fn hiding(mut self, secret: &str) -> Self {
        if let Ok(secret) = header::secret("", secret) {
            self.secrets.add(secret);
        }
        self
    }

    fn secrets(&self) -> Secrets {
        Secrets::of(self.response.url(), &self.secrets.all())
    }
}

/// What came of a request that was sent again: where it was not sent this time, nothing of it makes what came before unsaid.
fn said_before(before: Option<Result<Raw, Error>>, answer: Result<Raw, Error>) -> Result<Raw, Error> {
    let Some(before) = before else { return answer };
    let was_sent = !matches!(&before, Err(error) if error.outcome() == Outcome::NotSent);
    match answer {
        Err(error) if error.outcome() == Outcome::NotSent && error.kind() == ErrorKind::Timeout => before,
        Err(error) if was_sent => Err(error.of_what_was_sent_before()),
        answer => answer,
    }
}

/// The statuses that ask for the same request at another address.
fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}
