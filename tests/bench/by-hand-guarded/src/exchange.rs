//! Requests and their answers, within limits.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use reqwest::{
    Client, Request, Response, StatusCode, Url,
    header::{HeaderName, HeaderValue},
    redirect,
};
use serde::de::DeserializeOwned;
use tokio::{
    sync::Semaphore,
    time::{Instant, sleep, timeout_at},
};

use crate::{
    answers::ErrorCode,
    error::{Error, Outcome},
};

/// What a call may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub connect: Duration,
    /// A whole call, its job included.
    pub call: Duration,
    /// Bytes of an answer's body.
    pub answer: usize,
    /// Requests at a time.
    pub requests: usize,
    /// The first pause before a job is asked for, and the longest.
    pub poll: (Duration, Duration),
    /// How often what can't do anything twice is sent again.
    pub retries: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            call: Duration::from_secs(30 * 60),
            answer: 16 << 20,
            requests: 256,
            poll: (Duration::from_millis(200), Duration::from_secs(5)),
            retries: 3,
        }
    }
}

/// Connections to one service.
pub(crate) struct Exchange {
    pub(crate) http: Client,
    pub(crate) base_url: String,
    pub(crate) limits: Limits,
    header: HeaderName,
    credentials: HeaderValue,
    /// The credentials without their prefix.
    secret: String,
    turns: Semaphore,
    turns_to_ask: Semaphore,
    /// Tenths of sendings that may still be made again.
    budget: AtomicU32,
}

/// An answer before it is decoded.
pub(crate) struct Raw<'a> {
    pub(crate) status: StatusCode,
    pub(crate) body: Vec<u8>,
    /// Kept for its address, which errors need.
    response: Response,
    secret: &'a str,
}

/// An answer that may say under a 200 that the operation failed.
pub(crate) trait MayHaveFailed: DeserializeOwned {
    fn take_error(&mut self) -> Option<ErrorCode>;
}

impl Exchange {
    pub(crate) fn new(
        base_url: &str,
        limits: Limits,
        header: HeaderName,
        prefix: &str,
        secret: &str,
    ) -> Result<Self, Error> {
        let base: Url = base_url.parse().map_err(|_| Error::invalid("the base address is none"))?;
        if !matches!(base.scheme(), "http" | "https") || !base.username().is_empty() || base.password().is_some() {
            return Err(Error::invalid("the base address can't be used"));
        }
        let mut credentials = HeaderValue::try_from(format!("{prefix}{secret}"))
            .map_err(|_| Error::invalid("the credentials can't stand in a header"))?;
        credentials.set_sensitive(true);
        let http = Client::builder()
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .connect_timeout(limits.connect)
            .build()
            .map_err(Error::interrupted)?;
        Ok(Self {
            http,
            base_url: base_url.trim_end_matches('/').to_owned(),
            limits,
            header,
            credentials,
            secret: secret.to_owned(),
            turns: Semaphore::new(limits.requests),
            turns_to_ask: Semaphore::new(limits.requests / 4),
            budget: AtomicU32::new(100),
        })
    }

    pub(crate) fn deadline(&self) -> Instant {
        Instant::now() + self.limits.call
    }

    /// Sends a request; again, where that can't do anything twice.
    pub(crate) async fn send(&self, request: Request, deadline: Instant) -> Result<Raw<'_>, Error> {
        let _ = self.budget.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |saved| Some((saved + 1).min(100)));
        let is_read = request.method().is_safe();
        let mut pause = Duration::from_millis(200);
        for _ in 0..self.limits.retries {
            let Some(copy) = request.try_clone() else { break };
            let answer = self.send_once(copy, deadline, &self.turns).await;
            let again = match &answer {
                Ok(answer) => is_read && matches!(answer.status.as_u16(), 408 | 429 | 500..=599),
                Err(error) => error.is_connect || (is_read && error.is_passing),
            };
            let pay = || self.budget.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |saved| saved.checked_sub(10));
            if !again || Instant::now() + pause >= deadline || pay().is_err() {
                return answer;
            }
            sleep(pause).await;
            pause *= 2;
        }
        self.send_once(request, deadline, &self.turns).await
    }

    /// Asks for a job: requests that stand still do not keep it from its turn.
    pub(crate) async fn ask(&self, request: Request, deadline: Instant) -> Result<Raw<'_>, Error> {
        self.send_once(request, deadline, &self.turns_to_ask).await
    }

    async fn send_once(&self, mut request: Request, deadline: Instant, turns: &Semaphore) -> Result<Raw<'_>, Error> {
        let out_of_time = || Error { is_passing: true, ..Error::new(Outcome::NotSent, "the time limit") };
        let _turn = timeout_at(deadline, turns.acquire()).await.map_err(|_| out_of_time())?;
        request.headers_mut().insert(self.header.clone(), self.credentials.clone());
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(out_of_time());
        }
        *request.timeout_mut() = Some(left);
        let mut response = self.http.execute(request).await.map_err(Error::interrupted)?;
        let status = response.status();
        if status.is_redirection() {
            return Err(Error {
                status: Some(status),
                ..Error::new(Outcome::Refused, "a redirect, which is not followed")
            });
        }
        let body = self.body(&mut response).await?;
        Ok(Raw { status, body, response, secret: &self.secret })
    }

    /// A body, up to the bound.
    async fn body(&self, response: &mut Response) -> Result<Vec<u8>, Error> {
        let too_large = || Error::new(Outcome::Unknown, "the answer is too large");
        if response.content_length().is_some_and(|announced| announced > self.limits.answer as u64) {
            return Err(too_large());
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(Error::interrupted)? {
            if body.len() + chunk.len() > self.limits.answer {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

impl Raw<'_> {
    /// The value of a success with this status; all else is an error.
    pub(crate) fn decode<T: MayHaveFailed>(self, success: StatusCode) -> Result<T, Error> {
        if self.status != success {
            return Err(self.no_success());
        }
        let body: &[u8] = if self.body.trim_ascii().is_empty() { b"{}" } else { &self.body };
        let mut value: T = serde_json::from_slice(body).map_err(|problem| Error::decode(self.status, &problem))?;
        match value.take_error() {
            None => Ok(value),
            Some(error) => Err(Error::failed(self.status, error, &self.secrets())),
        }
    }

    pub(crate) fn no_success(&self) -> Error {
        Error::no_success(self.status, &self.body, &self.secrets())
    }

    /// What an error must not repeat.
    fn secrets(&self) -> Vec<String> {
        let passwords = self.response.url().query_pairs().filter_map(|(_, value)| {
            let value: Url = value.parse().ok()?;
            value.password().map(str::to_owned)
        });
        passwords.chain([self.secret.to_owned()]).collect()
    }
}
