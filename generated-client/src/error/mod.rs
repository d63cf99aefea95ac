//! What went wrong with a call.

mod excerpt;
mod kind;
mod make;

use std::fmt;

use reqwest::{StatusCode, header::HeaderMap};

pub(crate) use self::excerpt::one_line;
pub use self::kind::ErrorKind;
use crate::{Outcome, ServerError, credentials::ProviderError, job::JobUuid, operation::Operation, said::Said};

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
    job: Option<JobUuid>,
    /// Whether the server was asked for that job, and does not know it.
    job_is_unknown: bool,
    text: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The `operationId` of the operation that was called; `blocking` where it was not called at all, because a thread that
    /// serves futures must not wait.
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

    /// The name of the job that the operation became, where the server may have it: ask for its result with the client's
    /// `job`, before anything is sent again. It is a secret: neither the text of an error nor its `Debug` shows it.
    pub fn job_uuid(&self) -> Option<&JobUuid> {
        self.0.job.as_ref()
    }

    /// Whether the server was asked for the [job](Self::job_uuid) and does not know it: it never got the request, or has
    /// forgotten the job. There is no more to be learnt by asking; look at what the operation was to change.
    pub fn is_job_unknown(&self) -> bool {
        self.0.job_is_unknown
    }

    /// Whether the credentials are not, or no longer, accepted: get new ones. Make the call with them if its
    /// [`outcome`](Self::outcome) is [`Outcome::Refused`]; if only a question for its job was refused, ask for the job again.
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
            job: None,
            job_is_unknown: false,
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
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { operation, kind, text, outcome, job, job_is_unknown, .. } = &*self.0;
        match (outcome, job) {
            (Outcome::NotSent, _) if *kind == ErrorKind::InvalidRequest => {
                write!(formatter, "{operation}: {text} (nothing was sent: mend it, then try again)")
            }
            (Outcome::Unknown, Some(_)) if !job_is_unknown => write!(
                formatter,
                "{operation}: {text} (it is not known whether it happened: ask for its job before sending it again)"
            ),
            _ => write!(formatter, "{operation}: {text} ({outcome})"),
        }
    }
}

impl fmt::Debug for Error {
    /// `{:?}` is its text, which a `main` that returns it prints; `{:#?}` has its parts.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !formatter.alternate() {
            return fmt::Display::fmt(self, formatter);
        }
        let Inner { operation, kind, status, outcome, said, job, job_is_unknown: _, text, source, headers: _ } =
            &*self.0;
        formatter
            .debug_struct("Error")
            .field("operation", operation)
            .field("kind", kind)
            .field("status", status)
            .field("outcome", outcome)
            .field("server_error", &said.error)
            .field("job_uuid", job)
            .field("text", text)
            .field("source", source)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.0.source.as_deref()?;
        // The provider's own error, which its caller may know by its type.
        Some(source.downcast_ref::<ProviderError>().map_or(source as _, |provider| &*provider.0 as _))
    }
}
