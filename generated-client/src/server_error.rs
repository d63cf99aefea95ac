//! What a server says went wrong.

use std::fmt;

/// An error as the server tells it: a code, texts, and perhaps the error that led to it.
///
/// Match on the code. The texts follow the server's language settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerError {
    code: Option<String>,
    texts: Vec<String>,
    cause: Option<Box<ServerError>>,
}

impl ServerError {
    pub(crate) fn new(
        code: Option<String>,
        texts: impl IntoIterator<Item = Option<String>>,
        cause: Option<ServerError>,
    ) -> Self {
        let texts = texts.into_iter().flatten().filter(|text| !text.trim().is_empty()).collect();
        Self { code, texts, cause: cause.map(Box::new) }
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
        formatter.write_str(self.code.as_deref().unwrap_or("no code"))?;
        for text in &self.texts {
            let one_line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            write!(formatter, ": {one_line}")?;
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
}
