//! What a server says went wrong.

use std::fmt;

use crate::{error::one_line, secrets::Secrets};

/// An error as the server tells it: a code, texts, and perhaps the error that led to it.
///
/// Match on the code. The texts follow the server's language settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerError {
    code: Option<String>,
    texts: Vec<String>,
    cause: Option<Box<ServerError>>,
}

/// What a service calls an error (the type of the field that `x-error-property` names), as a [`ServerError`].
///
/// Generated code asks for it; what a code and a text are differs from service to service, and is said by hand.
#[diagnostic::on_unimplemented(
    message = "nothing says what a `ServerError` is made of in `{Self}`",
    label = "the document's `x-error-property` names a field of this type",
    note = "implement `crate::server_error::IntoServerError` for it in the service's own file, \
            generated-client/src/service/<tag>.rs"
)]
#[allow(dead_code, reason = "used by generated code when an answer has an `x-error-property`")]
pub(crate) trait IntoServerError {
    /// Takes the error apart.
    fn into_server_error(self) -> ServerError;
}

#[allow(dead_code, reason = "called where a service says what its errors are made of")]
impl ServerError {
    pub(crate) fn new(
        code: Option<String>,
        texts: impl IntoIterator<Item = Option<String>>,
        cause: Option<ServerError>,
    ) -> Self {
        let texts = texts.into_iter().flatten().filter(|text| !text.trim().is_empty()).collect();
        Self { code, texts, cause: cause.map(Box::new) }
    }

    /// The same error with texts that hold no secrets.
    pub(crate) fn without(self, secrets: &Secrets) -> Self {
        let hide = |text: String| secrets.hide(&text);
        Self {
            code: self.code.map(hide),
            texts: self.texts.into_iter().map(hide).collect(),
            cause: self.cause.map(|cause| Box::new(cause.without(secrets))),
        }
    }

    /// The code, for example `SYS.1006`.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// What the server says in words, the short text first.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }

    /// The error that led to this one.
    pub fn cause(&self) -> Option<&ServerError> {
        self.cause.as_deref()
    }
}

impl fmt::Display for ServerError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&one_line(self.code.as_deref().unwrap_or("no code")))?;
        for text in &self.texts {
            write!(formatter, ": {}", one_line(text))?;
        }
        match &self.cause {
            Some(cause) => write!(formatter, ", caused by {cause}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_goes_down_to_the_first_cause() {
        let cause = ServerError::new(Some("HOST.1001".to_owned()), [Some("host\nis gone".to_owned())], None);
        let error = ServerError::new(Some("SYS.1006".to_owned()), [Some("failed".to_owned()), None], Some(cause));
        assert_eq!(error.to_string(), "SYS.1006: failed, caused by HOST.1001: host is gone");
    }

    #[test]
    fn a_code_does_not_break_the_line() {
        let error = ServerError::new(Some("SYS.1006\nok".to_owned()), [], None);
        assert_eq!(error.to_string(), "SYS.1006 ok");
    }
}
