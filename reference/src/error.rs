//! What is wrong with a source, and where.

use std::fmt;

/// What is wrong with a source: the file, the place in it, and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    file: String,
    place: String,
    message: String,
}

impl Error {
    pub(crate) fn new(file: &str, place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), place: place.into(), message: message.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", self.file)?;
        if !self.place.is_empty() {
            write!(formatter, "{}: ", self.place)?;
        }
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
