//! What was carried out, and what became of each request: the truth that a client's account can be compared with.

use serde::{Deserialize, Serialize};

use crate::fault::Mishap;
use crate::operation::Operation;

/// An operation that was carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Execution {
    /// What was carried out.
    pub operation: Operation,
    /// On what: the id in the path; of a CBR restore the backup's.
    pub resource: String,
    /// The uuid of its job, whether the client or the server chose it. CBR's restores have none.
    pub job: Option<String>,
    /// When, in milliseconds since 1970.
    pub at: u64,
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fate {
    /// Number of the request, from 0, in the order of [`crate::Simulator::requests`].
    pub request: usize,
    /// The operation that its method and path mean.
    pub operation: Option<Operation>,
    /// The id in its path that the operation is about; of a query for a job `None`.
    pub resource: Option<String>,
    /// The uuid of the job that it names or asks for, or that was made for it.
    pub job: Option<String>,
    /// The faults that it met, in their order.
    pub met: Vec<Mishap>,
    /// Whether it was carried out. A query or a listing, which changes nothing, never is.
    pub executed: bool,
    /// Status of its answer; `None` if the connection was ended before one was begun. Whether the answer arrived is
    /// another matter.
    pub status: Option<u16>,
}
