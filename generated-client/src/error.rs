//! What went wrong with a call.

use std::fmt;

use reqwest::{StatusCode, header::HeaderMap};

use crate::{ServerError, answer::DecodeError, operation::Operation};

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
    server: Option<ServerError>,
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

    /// What the server says went wrong, where it says so in the form that the document describes.
    pub fn server_error(&self) -> Option<&ServerError> {
        self.0.server.as_ref()
    }

    fn new(operation: &Operation, kind: ErrorKind, text: String) -> Self {
        Self(Box::new(Inner {
            operation: operation.id,
            kind,
            status: None,
            headers: HeaderMap::new(),
            server: None,
            text,
            source: None,
        }))
    }

    fn with_status(mut self, status: StatusCode, headers: HeaderMap) -> Self {
        self.0.status = Some(status);
        self.0.headers = headers;
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
            (true, true) => (ErrorKind::Connect, "connecting took longer than its limit; nothing was sent"),
            (true, false) => (ErrorKind::Connect, "no connection could be made; nothing was sent"),
            (false, true) => (
                ErrorKind::Timeout,
                "there was no answer within the time limit; the server may still act on the request",
            ),
            (false, false) => (
                ErrorKind::Interrupted,
                "the connection broke before the answer was complete; the server may still act on the request",
            ),
        };
        let problem = problem.without_url();
        Self::new(operation, kind, format!("{what} ({})", innermost(&problem))).with_source(problem)
    }

    pub(crate) fn redirect(operation: &Operation, status: StatusCode) -> Self {
        let text = format!(
            "the server answered {status}, a redirect; none is followed, since credentials would go along: use the final address as the base address"
        );
        Self::new(operation, ErrorKind::Redirect, text).with_status(status, HeaderMap::new())
    }

    pub(crate) fn too_large(operation: &Operation, status: StatusCode, limit: usize) -> Self {
        let text = format!(
            "the server answered {status} with a body larger than the limit of {limit} bytes; raise `max_answer_bytes` if that is to be expected"
        );
        Self::new(operation, ErrorKind::TooLarge, text).with_status(status, HeaderMap::new())
    }

    pub(crate) fn no_success(operation: &Operation, status: StatusCode, headers: HeaderMap, body: &[u8]) -> Self {
        let text = format!("the server answered {status}{}", said(body));
        Self::new(operation, ErrorKind::Status, text).with_status(status, headers)
    }

    pub(crate) fn decode(operation: &Operation, status: StatusCode, problem: DecodeError, body: &[u8]) -> Self {
        let path = problem.path().to_string();
        let place = if path == "." { String::new() } else { format!(" at `{path}`") };
        let text = format!(
            "the server answered {status}, and the body is not what the document describes{place}: {}{}",
            problem.inner(),
            said(body)
        );
        Self::new(operation, ErrorKind::Decode, text).with_status(status, HeaderMap::new()).with_source(problem)
    }

    pub(crate) fn failed(operation: &Operation, status: StatusCode, headers: HeaderMap, failure: ServerError) -> Self {
        let text = format!("the server answered {status}, and says that the operation failed: {failure}");
        let mut error = Self::new(operation, ErrorKind::Failed, text).with_status(status, headers);
        error.0.server = Some(failure);
        error
    }
}

/// The start of an answer's text, on one line.
fn said(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
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
        write!(formatter, "{}: {}", self.0.operation, self.0.text)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { operation, kind, status, server, text, source, headers: _ } = &*self.0;
        formatter
            .debug_struct("Error")
            .field("operation", operation)
            .field("kind", kind)
            .field("status", status)
            .field("server_error", server)
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
    use super::*;

    #[test]
    fn an_answer_is_repeated_on_one_line_and_cut_short() {
        assert_eq!(said(b" <html>\r\n<b> "), ": <html>  <b>");
        assert_eq!(said("ä".repeat(301).as_bytes()), format!(": {}…", "ä".repeat(300)));
        assert_eq!(said(b"\n"), " with no text");
    }
}
