//! Cells that end in one of several ways, all of them true.

use generated_client::{ErrorKind, Outcome};
use simulator::{Fault, Mishap, Phase};

use crate::{
    cell::Reported,
    column::{Column, Nature},
    row::{Row, Times},
};

/// A race between the server and the client.
pub struct Race {
    /// How it can end.
    pub ends: Vec<Reported>,
}

/// The race that a cell is, if it is one.
///
/// There is one fault that can be: a connection that is reset when it was hardly made. The client may learn of the reset
/// before it knows of the connection (nothing was sent, and it tries again) or afterwards (it may have been sent).
pub fn of(row: &Row, column: Column) -> Option<Race> {
    let is_reset = row.mishap() == Some(&Mishap { phase: Phase::Connecting, fault: Fault::Reset });
    let afterwards = Err((Outcome::Unknown, ErrorKind::Interrupted));
    let ends = match (row.times, column.nature()) {
        (Times::Once, Nature::Job | Nature::Restore) => vec![Ok(()), afterwards],
        (Times::Always, Nature::Job | Nature::Restore) => {
            vec![Err((Outcome::NotSent, ErrorKind::Connect)), afterwards]
        }
        // It is tried again: the last try may have had no connection where one before had.
        (Times::Always, Nature::Read) => {
            let both = Err((Outcome::Unknown, ErrorKind::Connect));
            vec![Err((Outcome::NotSent, ErrorKind::Connect)), afterwards, both]
        }
        // Asked again in either case.
        (Times::Once, Nature::Read) | (_, Nature::Question) => return None,
    };
    is_reset.then_some(Race { ends })
}
