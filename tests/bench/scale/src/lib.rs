//! How making the client grows with the document: time computed, time elapsed and memory, for documents of 50, 500 and
//! 5,000 operations that are made from the five.
//!
//! | module | its job |
//! |---|---|
//! | [`made`] | the documents |
//! | [`measure`] | one size, in a process of its own |
//! | [`report`] | the table, and the same as JSON |
//! | [`plot`] | the picture, `scale.svg` |
//! | [`arguments`] | the command line |

pub mod arguments;
pub mod made;
pub mod measure;
pub mod plot;
pub mod report;

use std::fmt;

/// Why nothing could be measured, as a sentence without its full stop.
#[derive(Debug)]
pub struct Problem(pub String);

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Problem {}

impl Problem {
    /// What went wrong, and why.
    pub fn new(what: &str, why: impl fmt::Display) -> Self {
        Self(format!("{what}: {why}"))
    }
}
