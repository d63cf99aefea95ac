//! The client of the document alone: what the pages say, and nothing of the corrections.
//!
//! Its generated half is made by `cargo xtask regenerate --no-overlay --out tests/documented-client/src/generated`; its
//! hand-written half is that of `generated-client`, file for file. The contract tests hold it to the pages.

#![allow(dead_code, unused_imports, reason = "the document alone has no jobs, and says less than the servers do")]

#[path = "../../../generated-client/src/answer.rs"]
mod answer;
#[path = "../../../generated-client/src/base_url.rs"]
mod base_url;
#[path = "../../../generated-client/src/call.rs"]
mod call;
#[path = "../../../generated-client/src/client.rs"]
mod client;
#[path = "../../../generated-client/src/credentials/mod.rs"]
mod credentials;
#[path = "../../../generated-client/src/environment.rs"]
mod environment;
#[path = "../../../generated-client/src/error/mod.rs"]
mod error;
mod generated;
#[path = "../../../generated-client/src/http.rs"]
mod http;
#[path = "../../../generated-client/src/integer.rs"]
mod integer;
#[path = "../../../generated-client/src/job/mod.rs"]
mod job;
#[path = "../../../generated-client/src/limits.rs"]
mod limits;
#[path = "../../../generated-client/src/list.rs"]
mod list;
#[path = "../../../generated-client/src/operation.rs"]
mod operation;
#[path = "../../../generated-client/src/outcome.rs"]
mod outcome;
#[path = "../../../generated-client/src/parameter.rs"]
mod parameter;
#[path = "../../../generated-client/src/path_id.rs"]
mod path_id;
#[path = "../../../generated-client/src/query.rs"]
mod query;
#[path = "../../../generated-client/src/response.rs"]
mod response;
#[path = "../../../generated-client/src/retry.rs"]
mod retry;
#[path = "../../../generated-client/src/said.rs"]
mod said;
#[path = "../../../generated-client/src/secrets.rs"]
mod secrets;
#[path = "../../../generated-client/src/server_error.rs"]
mod server_error;
#[path = "../../../generated-client/src/timestamp.rs"]
mod timestamp;
#[path = "../../../generated-client/src/trace.rs"]
mod trace;
#[path = "../../../generated-client/src/transport.rs"]
mod transport;

pub use jiff;
pub use reqwest;

pub use base_url::InvalidBaseUrl;
pub use client::{ClientBuilder, ConfigError};
pub use credentials::{InvalidCredentials, Provider};
pub use environment::InvalidVariable;
pub use error::{Error, ErrorKind};
pub use generated::*;
pub use http::http_builder;
pub use job::{InvalidJobUuid, Job, JobOperation, JobUuid, Progress};
pub use limits::{
    CallOptions, DEFAULT_CONNECT_TIMEOUT, DEFAULT_FIRST_POLL, DEFAULT_LONGEST_POLL, DEFAULT_MAX_ANSWER_BYTES,
    DEFAULT_MAX_CONCURRENT_REQUESTS, DEFAULT_TIMEOUT,
};
pub use list::List;
pub use outcome::Outcome;
pub use path_id::{InvalidPathId, PathId};
pub use response::Response;
pub use retry::Retries;
pub use server_error::ServerError;
pub use timestamp::{InvalidTimestamp, Timestamp};
