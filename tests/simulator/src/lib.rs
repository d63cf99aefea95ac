//! A stand-in server that behaves as ZStack Cloud's and CBR's servers do, for tests without them.
//!
//! ```toml
//! [dependencies]
//! generated-client = { path = "…/generated-client" }
//!
//! [dev-dependencies]
//! simulator = { path = "…/tests/simulator" }
//! tokio = { version = "1", features = ["macros", "rt"] }
//! ```
//!
//! A test of one's own, with the client (any other client of these services will do as well):
//!
//! ```ignore
//! use generated_client::zstack;
//! use simulator::{Simulator, sample};
//!
//! #[tokio::test]
//! async fn a_volume_is_recovered_once() -> Result<(), Box<dyn std::error::Error>> {
//!     let simulator = Simulator::start().await?;
//!     let zstack = zstack::Client::new(simulator.url(), zstack::Session::new(sample::SESSION)?)?;
//!     zstack.recover_data_volume().uuid(sample::VOLUME).send().await?;
//!     assert_eq!(simulator.executions(sample::VOLUME), 1);
//!     Ok(())
//! }
//! ```
//!
//! What goes wrong is played before the call:
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), simulator::Error> {
//! use simulator::{Fault, FaultRule, Operation, Phase, Simulator, sample, zstack::ErrorCode};
//!
//! let simulator = Simulator::start().await?;
//! // An answer that is lost: the next volume is recovered, and the client is not told.
//! simulator.add_fault(FaultRule::once(Operation::RecoverDataVolume, Phase::BeforeAnswering, Fault::Reset));
//! // A session that has expired, and what a login would then bring.
//! simulator.expire_credentials();
//! let session = simulator.new_session();
//! // A job that fails: whatever is done to this volume ends in this error.
//! let error = ErrorCode::new("SYS.1006", "there is no room left");
//! simulator.with_state(|state| state.zstack.failures.insert(sample::VOLUME.to_owned(), error));
//! # let _ = session;
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
//! - [`Simulator::expire_credentials`], [`Simulator::new_session`], [`Simulator::new_token`]: credentials that come and go.
//! - [`Chaos`]: what goes wrong by rate, drawn from a seed.
//! - [`Simulator::stop_listening`], which refuses new connections, and [`Simulator::restart`]: outages.
//!   [`Builder::state_file`] keeps the state through them, and through the end of the process.
//! - [`Simulator::advance`]: time, without sleeping.
//!
//! # What can be asked
//!
//! - [`Simulator::executions`]: how often an operation was carried out on a resource; [`Simulator::execution_log`]: which
//!   ones, as which job, and when.
//! - [`Simulator::fates`]: of each request what it met, and whether it was carried out.
//! - [`Simulator::requests`]: what was sent.
//! - [`Simulator::misfits`]: where that does not fit the document. The document decides nothing about answers.

#![deny(missing_docs)]
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
pub use state::{CbrState, State, ZStackState};
pub use timestamp::{Timestamp, TimestampForm};

/// The document that requests are checked against by default: what the servers do, in OpenAPI 3.0.
pub const SERVED_DOCUMENT: &str = include_str!("../data/openapi.as-served.yaml");
