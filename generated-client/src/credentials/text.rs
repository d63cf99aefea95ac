//! Credentials as the texts that services hand out.

use std::fmt;

use reqwest::header::HeaderValue;

use super::header;

/// Credentials that can't be sent as they are.
///
/// The text does not repeat them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidCredentials {
    what: &'static str,
    problem: &'static str,
}

impl InvalidCredentials {
    /// `what` names the credentials, `problem` goes on from there: "is empty".
    pub(crate) fn new(what: &'static str, problem: &'static str) -> Self {
        Self { what, problem }
    }
}

impl fmt::Display for InvalidCredentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, problem } = self;
        write!(formatter, "{what} {problem}; give it as the service handed it out")
    }
}

impl std::error::Error for InvalidCredentials {}

/// Refuses what no service hands out: nothing, white space, and what can't stand in a header.
pub(crate) fn check(what: &'static str, secret: &str) -> Result<(), InvalidCredentials> {
    let problem = if secret.is_empty() {
        "is empty"
    } else if secret.chars().any(char::is_whitespace) {
        "has white space or a line break in it"
    } else if secret.chars().any(char::is_control) {
        "has control characters in it"
    } else if !secret.is_ascii() {
        "has characters outside of ASCII in it"
    } else {
        return Ok(());
    };
    Err(InvalidCredentials::new(what, problem))
}

/// The value of the header that credentials are sent in, as [`header::secret`] makes it.
///
/// `what` names the credentials in the error, `prefix` stands before them in the header.
pub(crate) fn sensitive(what: &'static str, prefix: &str, secret: &str) -> Result<HeaderValue, InvalidCredentials> {
    check(what, secret)?;
    header::secret(prefix, secret).map_err(|_| InvalidCredentials::new(what, "can't stand in a header"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_change_the_header_is_refused_without_being_repeated() {
        for secret in ["", "a b", "a\r\nX-Other: b", "a\u{7f}", "\u{e9}", "a\n"] {
            let error = sensitive("the token", "", secret).unwrap_err().to_string();
            assert!(error.starts_with("the token "), "{error}");
            assert!(secret.is_empty() || !error.contains(secret), "{error}");
        }
    }
}
