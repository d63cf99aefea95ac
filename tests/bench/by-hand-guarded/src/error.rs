//! What can go wrong, and what may have happened then.

use std::fmt;

use reqwest::StatusCode;
use serde_json::Value;

use crate::answers::ErrorCode;

/// What may have happened, which decides whether a call may be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing reached the server.
    NotSent,
    /// The server will not begin.
    Refused,
    /// The server began, and it failed.
    Failed,
    /// No final word.
    Unknown,
}

/// Why a call did not succeed.
#[derive(Debug)]
pub struct Error {
    pub outcome: Outcome,
    pub status: Option<StatusCode>,
    /// The server's own code, such as `SYS.1006`.
    pub code: Option<String>,
    /// In words, without any credentials.
    pub text: String,
    /// Whether no connection could be made: it may be sent again then.
    pub(crate) is_connect: bool,
    /// Whether the same request may be answered a moment later.
    pub(crate) is_passing: bool,
}

impl Error {
    pub(crate) fn new(outcome: Outcome, text: impl Into<String>) -> Self {
        Self { outcome, status: None, code: None, text: text.into(), is_connect: false, is_passing: false }
    }

    pub(crate) fn invalid(text: impl Into<String>) -> Self {
        Self::new(Outcome::NotSent, text)
    }

    /// No answer, or half of one.
    pub(crate) fn interrupted(problem: reqwest::Error) -> Self {
        let is_connect = problem.is_connect();
        let outcome = if is_connect || problem.is_builder() { Outcome::NotSent } else { Outcome::Unknown };
        // reqwest's texts have the address in them, with the password in its query.
        let text = problem.without_url().to_string();
        Self { is_connect, is_passing: true, ..Self::new(outcome, text) }
    }

    /// An answer that is no success.
    pub(crate) fn no_success(status: StatusCode, body: &[u8], secrets: &[String]) -> Self {
        let said: Value = serde_json::from_slice(body).unwrap_or_default();
        let inner = said.get("error").filter(|error| error.is_object()).unwrap_or(&said);
        let text = |name: &str| inner.get(name).and_then(Value::as_str).map(str::to_owned);
        let code = text("code").or_else(|| text("error_code"));
        let is_zstack = code.as_deref().is_some_and(|code| code.ends_with(|end: char| end.is_ascii_digit()));
        let outcome = match (code.as_deref(), status.as_u16()) {
            (Some("ID.1000" | "ID.1001" | "ID.1002" | "BackupService.9998" | "APIGW.0307"), _) => Outcome::Refused,
            (_, 408 | 303) => Outcome::Unknown,
            (_, 300..=499) => Outcome::Refused,
            (_, 503) if is_zstack => Outcome::Failed,
            _ => Outcome::Unknown,
        };
        let words = ["description", "details", "message", "error_msg"].into_iter().find_map(text);
        let words = words.unwrap_or_else(|| String::from_utf8_lossy(&body[..body.len().min(500)]).into_owned());
        let is_passing = matches!(status.as_u16(), 408 | 429 | 500..=599) && outcome == Outcome::Unknown;
        Self { status: Some(status), code, is_passing, ..Self::new(outcome, hide(&words, secrets)) }
    }

    /// A success that says that the operation failed.
    pub(crate) fn failed(status: StatusCode, error: ErrorCode, secrets: &[String]) -> Self {
        let words = error.details.or(error.description).unwrap_or_default();
        Self { status: Some(status), code: error.code, ..Self::new(Outcome::Failed, hide(&words, secrets)) }
    }

    /// A success that can't be read.
    pub(crate) fn decode(status: StatusCode, problem: &serde_json::Error) -> Self {
        Self { status: Some(status), ..Self::new(Outcome::Unknown, problem.to_string()) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({:?})", self.text, self.outcome)
    }
}

impl std::error::Error for Error {}

/// The text without these.
fn hide(text: &str, secrets: &[String]) -> String {
    secrets
        .iter()
        .filter(|secret| !secret.is_empty())
        .fold(text.to_owned(), |text, secret| text.replace(secret, "[hidden]"))
}
