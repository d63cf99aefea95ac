//! What can go wrong with the simulator itself.

use std::path::PathBuf;
use std::{fmt, io};

/// Why a simulator could not start, or start again.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The port could not be listened on: it is taken, or not allowed.
    Listen {
        /// The port that was asked for; 0 stands for any.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// The document that requests are to be checked against cannot be used.
    Document {
        /// Where in the document, as a JSON pointer; empty if it could not be read at all.
        place: String,
        /// What is wrong there.
        message: String,
    },
    /// The state file cannot be read or written, or is damaged before its end.
    StateFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: io::Error,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen { port: 0, .. } => write!(formatter, "no port of 127.0.0.1 can be listened on"),
            Self::Listen { port, .. } => {
                write!(formatter, "port {port} of 127.0.0.1 cannot be listened on: is it taken?")
            }
            Self::Document { place, message } if place.is_empty() => {
                write!(formatter, "the document cannot be read: {message}")
            }
            Self::StateFile { path, source } => write!(formatter, "the state file {}: {source}", path.display()),
            Self::Document { place, message } => write!(formatter, "the document cannot be used: {place}: {message}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Listen { source, .. } | Self::StateFile { source, .. } => Some(source),
            Self::Document { .. } => None,
        }
    }
}
