//! Sends what the generated code has built, and reads what comes back: the one place that knows about sending.

use std::{fmt, sync::Arc};

use reqwest::{Request, StatusCode, Url, header::HeaderMap};

use crate::{
    CallOptions, Error, Response, answer::Answer, base_url::BaseUrl, credentials::Credentials, http, limits::Limits,
    operation::Operation, secrets::Secrets,
};

/// A service's address and credentials, and the connections to it.
pub(crate) struct Transport<C> {
    shared: Arc<Shared>,
    credentials: C,
}

struct Shared {
    base_url: BaseUrl,
    http: Http,
    limits: Limits,
}

/// The HTTP client below.
pub(crate) enum Http {
    /// Made here.
    Own { client: reqwest::Client, environment_proxies: bool },
    /// Brought by the caller.
    Brought(reqwest::Client),
}

/// An answer before it is decoded.
struct Raw {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl<C> Transport<C> {
    pub(crate) fn new(base_url: BaseUrl, credentials: C, http: Http, limits: Limits) -> Self {
        Self { shared: Arc::new(Shared { base_url, http, limits }), credentials }
    }
}

impl<C: Credentials> Transport<C> {
    /// The address that every path is appended to, without a slash at its end.
    pub(crate) fn base_url(&self) -> &str {
        self.shared.base_url.as_str()
    }

    /// What requests are built with.
    pub(crate) fn http(&self) -> &reqwest::Client {
        match &self.shared.http {
            Http::Own { client, .. } | Http::Brought(client) => client,
        }
    }

    /// Sends a request once, and decodes its answer.
    pub(crate) async fn send<T: Answer>(
        &self,
        operation: &'static Operation,
        options: &CallOptions,
        request: reqwest::Result<Request>,
    ) -> Result<Response<T>, Error> {
        let request = self.complete(options, request.map_err(|problem| Error::not_built(operation, problem))?);
        let url = request.url().clone();
        let secrets = || Secrets::of(&url, &self.credentials.header().1);
        let Raw { status, headers, body } = self.exchange(operation, options, &url, request).await?;
        if !operation.success.contains(&status.as_u16()) {
            return Err(Error::no_success(operation, status, headers, &body, &secrets()));
        }
        let mut value = match T::decode(&body) {
            Ok(value) => value,
            Err(problem) => return Err(Error::decode(operation, status, headers, &problem, &body, &secrets())),
        };
        match value.take_failure() {
            None => Ok(Response::new(value, status, headers)),
            Some(failure) => Err(Error::failed(operation, status, headers, failure.without(&secrets()))),
        }
    }

    /// Adds what the generated code does not know: the credentials and the time limit.
    fn complete(&self, options: &CallOptions, mut request: Request) -> Request {
        let (name, value) = self.credentials.header();
        request.headers_mut().insert(name, value);
        *request.timeout_mut() = Some(options.timeout.unwrap_or(self.shared.limits.timeout));
        request
    }

    /// Sends a request to the address `asked` once, and reads its answer whole.
    async fn exchange(
        &self,
        operation: &'static Operation,
        options: &CallOptions,
        asked: &Url,
        request: Request,
    ) -> Result<Raw, Error> {
        let http = self.http_for(operation, options)?;
        let mut response = http.execute(request).await.map_err(|problem| Error::interrupted(operation, problem))?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        if response.url() != asked || is_redirect(status) {
            return Err(Error::redirect(operation, status, headers));
        }
        let limit = options.max_answer_bytes.unwrap_or(self.shared.limits.max_answer_bytes);
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|problem| Error::interrupted(operation, problem))? {
            if body.len() + chunk.len() > limit {
                return Err(Error::too_large(operation, status, headers, limit));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Raw { status, headers, body })
    }

    /// The HTTP client for one call: the shared one, unless the call has a limit for connecting.
    fn http_for(&self, operation: &Operation, options: &CallOptions) -> Result<reqwest::Client, Error> {
        match (&self.shared.http, options.connect_timeout) {
            (Http::Own { client, .. } | Http::Brought(client), None) => Ok(client.clone()),
            (Http::Own { environment_proxies, .. }, Some(limit)) => http::builder(limit, *environment_proxies)
                .build()
                .map_err(|problem| Error::not_built(operation, problem)),
            (Http::Brought(_), Some(_)) => Err(Error::invalid(
                operation,
                "`connect_timeout` can't be set for a single call with an HTTP client that was brought along; set it on \
                 that client"
                    .to_owned(),
            )),
        }
    }
}

/// The statuses that ask for the same request at another address.
fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

impl<C: Clone> Clone for Transport<C> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), credentials: self.credentials.clone() }
    }
}

impl<C> fmt::Debug for Transport<C> {
    /// Prints no values.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Transport").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::zstack::Session;

    fn transport(http: Http) -> Transport<Session> {
        let base_url = "http://zstack.example".parse().unwrap();
        Transport::new(base_url, Session::new("5a7d").unwrap(), http, Limits::default())
    }

    fn brought() -> Http {
        Http::Brought(reqwest::Client::new())
    }

    #[test]
    fn a_call_has_thirty_minutes_unless_it_is_set() {
        let transport = transport(brought());
        let request = || transport.http().get("http://zstack.example/").build().unwrap();
        let limit = |options| *transport.complete(&options, request()).timeout().unwrap();
        assert_eq!(limit(CallOptions::new()), Duration::from_secs(1800));
        assert_eq!(limit(CallOptions::new().timeout(Duration::from_secs(5))), Duration::from_secs(5));
    }

    #[test]
    fn a_call_can_not_change_how_a_client_that_was_brought_connects() {
        let operation = Operation { id: "It", success: &[200] };
        let options = CallOptions::new().connect_timeout(Duration::from_secs(1));
        let error = transport(brought()).http_for(&operation, &options).unwrap_err();
        assert!(error.to_string().starts_with("It: `connect_timeout` can't be set for a single call"), "{error}");
    }
}
