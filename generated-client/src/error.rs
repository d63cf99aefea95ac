//! What went wrong with a call.

use std::fmt;

use reqwest::{StatusCode, header::HeaderMap};

use crate::{Outcome, ServerError, answer::DecodeError, operation::Operation, said::Said, secrets::Secrets};

/// How much of an answer's text an error repeats, in characters.
const EXCERPT: usize = 300;

/// A call that did not succeed.
///
/// Its text is one line: the operation, what happened, and what the server said. It never holds credentials or
/// addresses: ZStack's `url` parameter carries a password.
pub struct Error(Box<Inner>);

struct Inner {
    operation: &'static str,
    kind: ErrorKind,
    status: Option<StatusCode>,
    headers: HeaderMap,
    outcome: Outcome,
    said: Said,
    text: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A parameter is missing or can't be sent. Nothing was sent: mend the parameter and call again.
    InvalidRequest,
    /// No connection could be made. Nothing was sent.
    Connect,
    /// A time limit passed. Whether the server did what it was asked is unknown.
    Timeout,
    /// The connection broke before the answer was complete. Whether the server did what it was asked is unknown.
    Interrupted,
    /// The server pointed to another address, which was not asked.
    Redirect,
    /// The answer's body is larger than the limit.
    TooLarge,
    /// The answer's status is not one that the document calls a success.
    Status,
    /// The answer's status is a success, and its body is not what the document describes.
    Decode,
    /// The answer's status is a success, and its body says that the operation failed.
    Failed,
}

impl Error {
    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The `operationId` of the operation that was called.
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The headers of the answer; empty if there was none.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// What is known about the operation, which decides whether it may be sent again.
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// What the server says went wrong, where it says so in one of the known shapes.
    pub fn server_error(&self) -> Option<&ServerError> {
        self.0.said.error.as_ref()
    }

    /// The server's code for what went wrong, for example `SYS.1006` or `BackupService.2010`. Texts vary; codes do not.
    pub fn code(&self) -> Option<&str> {
        self.server_error()?.code()
    }

    /// The server's name for the request, to be quoted to its operators: `X-Request-Id`, or what the body says.
    pub fn request_id(&self) -> Option<&str> {
        let header = self.0.headers.get("x-request-id").and_then(|value| value.to_str().ok());
        header.or(self.0.said.request_id.as_deref())
    }

    /// Whether the credentials are not, or no longer, accepted: get new ones, and make the call with them.
    pub fn is_session_expired(&self) -> bool {
        self.0.status == Some(StatusCode::UNAUTHORIZED) || self.0.said.is_session_expired()
    }

    fn new(operation: &Operation, kind: ErrorKind, text: String) -> Self {
        Self(Box::new(Inner {
            operation: operation.id,
            kind,
            status: None,
            headers: HeaderMap::new(),
            outcome: Outcome::of(kind, None, &Said::default()),
            said: Said::default(),
            text,
            source: None,
        }))
    }

    fn with_answer(self, status: StatusCode, headers: HeaderMap) -> Self {
        self.with_words(status, headers, Said::default())
    }

    fn with_words(mut self, status: StatusCode, headers: HeaderMap, said: Said) -> Self {
        self.0.outcome = Outcome::of(self.0.kind, Some(status), &said);
        self.0.status = Some(status);
        self.0.headers = headers;
        self.0.said = said;
        self
    }

    fn with_source(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    pub(crate) fn invalid(operation: &Operation, problem: String) -> Self {
        Self::new(operation, ErrorKind::InvalidRequest, problem)
    }

    pub(crate) fn not_built(operation: &Operation, problem: reqwest::Error) -> Self {
        let problem = problem.without_url();
        Self::new(operation, ErrorKind::InvalidRequest, format!("the request can't be built: {problem}"))
            .with_source(problem)
    }

    pub(crate) fn interrupted(operation: &Operation, problem: reqwest::Error) -> Self {
        let (kind, what) = match (problem.is_connect(), problem.is_timeout()) {
            (true, true) => (ErrorKind::Connect, "connecting took longer than its limit"),
            (true, false) => (ErrorKind::Connect, "no connection could be made"),
            (false, true) => (ErrorKind::Timeout, "there was no answer within the time limit"),
            (false, false) => (ErrorKind::Interrupted, "the connection broke before the answer was complete"),
        };
        let problem = problem.without_url();
        Self::new(operation, kind, format!("{what} ({})", innermost(&problem))).with_source(problem)
    }

    pub(crate) fn redirect(operation: &Operation, status: StatusCode, headers: HeaderMap) -> Self {
        let text = format!(
            "the server answered {status}, a redirect; none is followed, since credentials would go along: use the final \
             address as the base address"
        );
        Self::new(operation, ErrorKind::Redirect, text).with_answer(status, headers)
    }

    pub(crate) fn too_large(operation: &Operation, status: StatusCode, headers: HeaderMap, limit: usize) -> Self {
        let text = format!(
            "the server answered {status} with a body larger than the limit of {limit} bytes; raise `max_answer_bytes` if \
             that is to be expected"
        );
        Self::new(operation, ErrorKind::TooLarge, text).with_answer(status, headers)
    }

    pub(crate) fn no_success(
        operation: &Operation,
        status: StatusCode,
        headers: HeaderMap,
        body: &[u8],
        secrets: &Secrets,
    ) -> Self {
        let mut said = Said::read(body);
        said.error = said.error.map(|error| error.without(secrets));
        let words = match &said.error {
            Some(error) => format!(": {error}"),
            None => excerpt(body, secrets),
        };
        let text = format!("the server answered {status}{words}");
        Self::new(operation, ErrorKind::Status, text).with_words(status, headers, said)
    }

    pub(crate) fn decode(
        operation: &Operation,
        status: StatusCode,
        headers: HeaderMap,
        problem: &DecodeError,
        body: &[u8],
        secrets: &Secrets,
    ) -> Self {
        let path = problem.path().to_string();
        // A body that ends early has a next field that nobody knows.
        let path = path.trim_end_matches(".?");
        let place = if matches!(path, "." | "?") { String::new() } else { format!(" at `{path}`") };
        // serde repeats the value that it minds.
        let problem = secrets.hide(&problem.inner().to_string());
        let excerpt = excerpt(body, secrets);
        let text = format!(
            "the server answered {status}, and the body is not what the document describes{place}: {problem}{excerpt}"
        );
        Self::new(operation, ErrorKind::Decode, text).with_answer(status, headers)
    }

    /// The failure's texts must not hold secrets any more.
    pub(crate) fn failed(operation: &Operation, status: StatusCode, headers: HeaderMap, failure: ServerError) -> Self {
        let text = format!("the server answered {status}, and says that the operation failed: {failure}");
        Self::new(operation, ErrorKind::Failed, text).with_words(status, headers, Said::of(failure))
    }
}

/// The start of an answer's text, on one line.
fn excerpt(body: &[u8], secrets: &Secrets) -> String {
    // Before it is cut: half a secret would not be found.
    let text = secrets.hide_in_start(body);
    let text = text.trim();
    if text.is_empty() {
        return " with no text".to_owned();
    }
    let one_line: String = text.chars().take(EXCERPT).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let more = if text.chars().nth(EXCERPT).is_some() { "…" } else { "" };
    format!(": {one_line}{more}")
}

/// The cause at the end of the chain, which is the one that says something.
fn innermost(problem: &dyn std::error::Error) -> String {
    let mut innermost = problem;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { operation, text, outcome, .. } = &*self.0;
        write!(formatter, "{operation}: {text} ({outcome})")
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { operation, kind, status, outcome, said, text, source, headers: _ } = &*self.0;
        formatter
            .debug_struct("Error")
            .field("operation", operation)
            .field("kind", kind)
            .field("status", status)
            .field("outcome", outcome)
            .field("server_error", &said.error)
            .field("text", text)
            .field("source", source)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn an_answer_is_repeated_on_one_line_and_cut_short() {
        let url = reqwest::Url::parse("http://zstack.example/").unwrap();
        let excerpt = |body: &[u8]| excerpt(body, &Secrets::of(&url, &HeaderValue::from_static("OAuth 5a7d")));
        assert_eq!(excerpt(b" <html>\r\n<b> "), ": <html>  <b>");
        assert_eq!(excerpt("ä5a7d".repeat(30).as_bytes()), format!(": {}", "ä[hidden]".repeat(30)));
        assert_eq!(excerpt("ä".repeat(301).as_bytes()), format!(": {}…", "ä".repeat(300)));
        assert_eq!(excerpt(b"\n"), " with no text");
    }
}
