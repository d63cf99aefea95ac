//! A stand-in server that behaves as ZStack Cloud's and CBR's servers do, for tests without them.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), simulator::Error> {
//! use simulator::{Simulator, sample};
//!
//! let simulator = Simulator::start().await?;
//! // Point a client at simulator.url(), with sample::SESSION or sample::TOKEN, and let it recover sample::VOLUME.
//! assert_eq!(simulator.executions(sample::VOLUME), 0);
//! assert!(simulator.requests().is_empty());
//! simulator.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! # What it can be trusted for
//!
//! Statuses, texts and the order in which things are checked come from the ZStack server's public source, from its
//! vendor's SDKs, from CBR's machine-readable definition, and from requests captured from other vendors' clients; the
//! items say which. No live server was asked. Where the evidence ends, the docs of the item say so.
//!
//! # What can be set
//!
//! - [`State`]: what the servers remember. [`State::sample`] is the default; [`sample`] names what is in it.
//! - [`Settings`]: how they behave: how long jobs run, how 202 looks, in which form timestamps are written…
//! - [`FaultRule`]: what goes wrong, by operation and phase; [`Mishap::all`] is the catalogue of it.
//! - [`Chaos`]: what goes wrong by rate, drawn from a seed.
//! - [`Simulator::stop_listening`], [`Simulator::restart`]: outages. [`Builder::state_file`] keeps the state through them,
//!   and through the end of the process.
//! - [`Simulator::advance`]: time, without sleeping.
//!
//! # What can be asked
//!
//! - [`Simulator::executions`]: how often an operation was carried out on a resource; [`Simulator::execution_log`]: which
//!   ones, as which job, and when.
//! - [`Simulator::fates`]: of each request what it met, and whether it was carried out.
//! - [`Simulator::requests`]: what was sent.
//! - [`Simulator::misfits`]: where that does not fit the document. The document decides nothing about answers.

// An error code is data of the server's here, made once for a request. How large it is depends on serde_json's features,
// which other packages of a workspace turn on.
#![allow(clippy::result_large_err)]

pub mod cbr;
pub mod sample;
pub mod zstack;

mod clock;
mod document;
mod error;
mod exchange;
mod execution;
mod fault;
mod json;
mod mix;
mod operation;
mod passage;
mod play;
mod schema;
mod settings;
mod simulator;
mod state;
mod store;
mod timestamp;
mod turn;
mod wire;
mod world;

pub use document::Misfit;
pub use error::Error;
pub use exchange::{Exchange, RecordedRequest};
pub use execution::{Execution, Fate};
pub use fault::{Chaos, Fault, FaultRule, Garbled, Host, Mishap, Phase};
pub use operation::Operation;
pub use settings::{AcceptedBody, FailureStatus, Pace, PutAnswer, Settings, TokenRefusal};
pub use simulator::{Builder, Simulator};
pub use state::{CbrState, Session, State, ZStackState};
pub use timestamp::{Timestamp, TimestampForm};

/// The document that requests are checked against by default: what the servers do, in OpenAPI 3.0.
pub const SERVED_DOCUMENT: &str = include_str!("../data/openapi.as-served.yaml");
