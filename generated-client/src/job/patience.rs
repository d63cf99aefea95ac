//! How long bad answers to questions for a job are put up with.

use crate::{Error, ErrorKind};

/// How many answers in a row may be spoilt before that is the error: a gateway's that is set up wrong always are.
const MOST_SPOILT: u32 = 5;

/// What the last answers were, of those that do not end the asking by themselves.
#[derive(Default)]
pub(super) struct Patience {
    spoilt: u32,
    was_unknown: bool,
}

impl Patience {
    /// Whether the job is to be asked for again after this answer; if not, it is the last word.
    pub(super) fn asks_again(&mut self, error: &Error) -> bool {
        if error.is_passing() {
            self.spoilt = 0;
            return true;
        }
        if error.kind() == ErrorKind::UnknownJob && !self.was_unknown {
            // Something in between may have said so, or the server is about to begin.
            self.was_unknown = true;
            return true;
        }
        self.spoilt += u32::from(error.is_spoilt());
        error.is_spoilt() && self.spoilt <= MOST_SPOILT
    }
}
