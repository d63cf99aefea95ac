//! The five operations by hand on reqwest and serde, with the guards that the generated client has, as somebody would write
//! them who knows what these servers do:
//!
//! - no redirect is followed, nothing is sent again by reqwest, no proxy is taken from the environment;
//! - connecting has a limit, and so has a whole call, its job included;
//! - an answer's announced length is looked at before it is read, and its body is read up to a bound;
//! - failures are read in the servers' shapes, a 200 with an `error` among them, and say what may have happened;
//! - jobs are sent under a name (`X-Job-UUID`), followed to their end, and asked for when their answer was lost;
//! - reads, and what no connection could be made for, are sent again, with pauses and within a budget;
//! - so many requests at a time, others wait for their turn;
//! - credentials are marked as sensitive, and hidden in the texts that servers repeat;
//! - ids that are no single segment of a path are refused.

#[path = "../../by-hand/src/answers.rs"]
pub mod answers;
pub mod error;
mod exchange;
mod job;
mod operations;
#[path = "../../by-hand/src/requests.rs"]
pub mod requests;

pub use error::{Error, Outcome};
pub use exchange::Limits;
pub use operations::{Cbr, ZStack};
