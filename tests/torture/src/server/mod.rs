//! The server that is called: the stand-in server, in a process of its own that can be killed.
//!
//! The two processes talk over the child's standard input and output, a line at a time. What the child has written
//! before a kill arrives, and a child whose parent is gone ends, since its input ends.
//!
//! | line | who says it | meaning |
//! |---|---|---|
//! | `listening` | the child | calls can come |
//! | `taken TEXT` | the child | somebody else has the port; it ends |
//! | `exchange NAME…` | the child | it has passed through an exchange, and these faults have met it |
//! | `quiet` | the parent | no more faults; answered by `quiet` when no exchange is under way |
//! | `truth` | the parent | asks how often what was carried out; answered by `truth JSON` |

mod child;
mod serve;
mod stock;

use std::path::PathBuf;

pub use child::{Counts, Server};
pub use serve::serve;

/// How a server is set up.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// How many calls of [`crate::plan::calls`] it has resources for.
    pub calls: usize,
    /// The seed of the calls and of the faults.
    pub seed: u64,
    /// The share of exchanges that faults meet.
    pub rate: f64,
    /// Where it keeps what it remembers; `None`: in itself.
    pub state: Option<PathBuf>,
    /// Whether no fault makes it forget a job.
    pub keeps_jobs: bool,
}
