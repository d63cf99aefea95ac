//! What authenticates a request.
//!
//! A client can't be made without credentials, nor with those of the other service:
//!
//! ```compile_fail,E0061
//! generated_client::zstack::Client::new("http://zstack.example");
//! ```
//!
//! ```compile_fail,E0308
//! let token = generated_client::cbr::Token::new("gAAAAABk").unwrap();
//! generated_client::zstack::Client::new("http://zstack.example", token);
//! ```
//!
//! ```compile_fail,E0308
//! let session = generated_client::zstack::Session::new("5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c").unwrap();
//! generated_client::cbr::Client::new("https://cbr.example", session);
//! ```

use std::fmt;

use reqwest::header::{HeaderName, HeaderValue};

/// Credentials of one service. Each service has its own type, so that one's can't be given to the other.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't authenticate requests",
    note = "each service's `Credentials`, in `src/service/`, implements `crate::credentials::Credentials`"
)]
pub(crate) trait Credentials: Clone + Send + Sync + 'static {
    /// The header that every request carries.
    fn header(&self) -> (HeaderName, HeaderValue);
}

/// Credentials that can't be sent as they are.
///
/// The text does not repeat them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidCredentials {
    what: &'static str,
    problem: &'static str,
}

impl fmt::Display for InvalidCredentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, problem } = self;
        write!(formatter, "{what} {problem}; give it as the service handed it out")
    }
}

impl std::error::Error for InvalidCredentials {}

/// A header value that is marked as sensitive: nothing prints it, and HTTP/2 does not put it into its tables.
///
/// `what` names the credentials in the error, `prefix` stands before them in the header.
pub(crate) fn sensitive(what: &'static str, prefix: &str, secret: &str) -> Result<HeaderValue, InvalidCredentials> {
    let invalid = |problem| InvalidCredentials { what, problem };
    if secret.is_empty() {
        return Err(invalid("is empty"));
    }
    if secret.chars().any(char::is_whitespace) {
        return Err(invalid("has white space or a line break in it"));
    }
    let mut value =
        HeaderValue::try_from(format!("{prefix}{secret}")).map_err(|_| invalid("has control characters in it"))?;
    if value.to_str().is_err() {
        return Err(invalid("has characters outside of ASCII in it"));
    }
    value.set_sensitive(true);
    Ok(value)
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

    #[test]
    fn the_header_is_marked_as_sensitive() {
        let value = sensitive("the session", "OAuth ", "5a7d").unwrap();
        assert_eq!(format!("{value:?}"), "Sensitive");
        assert_eq!(value, "OAuth 5a7d");
    }
}
