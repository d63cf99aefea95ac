//! Arguments of the programs: `ADDRESS OPERATION CALLS [CONCURRENT]`.

use crate::{Operation, Problem};

/// What a program is to do.
pub(crate) struct Arguments {
    pub(crate) address: String,
    pub(crate) operation: Operation,
    pub(crate) calls: usize,
    pub(crate) concurrent: usize,
}

impl Arguments {
    pub(crate) fn read() -> Result<Self, Problem> {
        let mut words = std::env::args().skip(1);
        let mut next = |name: &str| words.next().ok_or_else(|| format!("{name} is missing"));
        Ok(Self {
            address: next("ADDRESS")?,
            operation: next("OPERATION")?.parse()?,
            calls: next("CALLS")?.parse()?,
            concurrent: next("CONCURRENT").map_or(Ok(1), |number| number.parse())?,
        })
    }
}
