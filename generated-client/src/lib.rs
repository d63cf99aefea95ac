//! Clients for five operations that bring cloud data back: four of ZStack Cloud ([`zstack`]) and one of Cloud Backup
//! and Recovery ([`cbr`]).
//!
//! ```no_run
//! use generated_client::{Outcome, zstack};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! // Connect: with ZSTACK_URL and ZSTACK_SESSION of the environment. `Client::new` takes both as values.
//! let zstack = zstack::Client::builder_from_env()?
//!     .allow_plain_http(true) // all that ZStack documents; who listens reads the session
//!     .build()?;
//!
//! // Restore: sent once, followed to its end.
//! let volume = "70820c8ead5144ebaf603b88e63a4d17";
//! match zstack.recover_data_volume().uuid(volume).send().await {
//!     Ok(answer) => println!("{:?}", answer.inventory),
//!     // What a failure means for sending it again.
//!     Err(error) if error.outcome().nothing_was_done() => println!("mend the cause: {error}"),
//!     Err(error) if error.outcome() == Outcome::Failed => println!("it was begun: {error}"),
//!     // Unknown: whoever has the name of its job can ask for it.
//!     Err(error) => match error.job_uuid() {
//!         Some(job) => println!("it may have happened: ask for the job {job}"),
//!         None => println!("it may have happened: {error}"),
//!     },
//! }
//! # Ok(())
//! # }
//! ```
//!
//! | operation | what it does |
//! |---|---|
//! | [`recover_data_volume`](zstack::Client::recover_data_volume) | brings back a data volume that was deleted |
//! | [`recover_backup_from_image_store_backup_storage`](zstack::Client::recover_backup_from_image_store_backup_storage) | copies a volume's backup from one backup storage to another |
//! | [`sync_database_backup_from_image_store_backup_storage`](zstack::Client::sync_database_backup_from_image_store_backup_storage) | the same for a backup of the management node's database |
//! | [`get_database_backup_from_image_store`](zstack::Client::get_database_backup_from_image_store) | lists the database backups of an image store |
//! | [`restore_backup`](cbr::Client::restore_backup) | restores a disk or a server from a backup, over what is there |
//!
//! To test without a cloud: the package `simulator`, which comes with this one, is a stand-in server that fails on demand and
//! counts what was really carried out.
//!
//! ```ignore
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
//! # A restore of CBR
//!
//! ```no_run
//! use generated_client::cbr;
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let token = cbr::Token::new(&std::env::var("CBR_TOKEN")?)?;
//! let cbr = cbr::Client::new("https://cbr.example", token)?;
//! let accepted = cbr
//!     .restore_backup()
//!     .project_id("f841e01fd2b14e7fa41b6ae7aa6b0594")
//!     .backup_id("a5200268-74a5-4806-acc6-95793ab0228b")
//!     .server_id("94eba8b2-acc9-4d82-badc-127144cc5526")
//!     // Each disk's backup, and the disk.
//!     .mappings([("5d822633-2bbf-4af8-a16e-5ab1c7705235", "eccbcfdd-f843-4bbb-b2c0-a5ce861f9376")])
//!     .power_on(false)
//!     .send()
//!     .await?;
//! // Accepted, which is not finished.
//! println!("{:?}", accepted.job_id);
//! # Ok(())
//! # }
//! ```
//!
//! # What is sent
//!
//! What is set, and nothing else: a parameter that was not set is left out, and `false`, `""` and an empty list are
//! sent when they were set (but for empty lists in a query, which has no way to say so). The server's defaults stay the
//! server's. Credentials travel in their header alone.
//!
//! # What comes back
//!
//! [`Response`], which reads like the value in it. The pages print integers as `1.073741824E9`, so integers are read in
//! any notation as long as they are whole and fit. Dates are kept as text, and read on demand ([`Timestamp`]). An
//! optional list keeps apart whether it was absent, null or empty ([`List`]).
//!
//! # Jobs
//!
//! ZStack carries three of its operations out as jobs: it accepts them, and is asked for the result afterwards. `send`
//! does all of that and returns the result, whether the server answered at once or not; `submit` returns a [`Job`], to be
//! polled or waited for, and the client's `job` takes one up again by its name after a crash ([`JobUuid`]). The builders'
//! `on_job` tells the name before anything is sent, `on_progress` that the job is running.
//!
//! Dropping a call stops the asking and not the job. Whoever may be cancelled keeps the name beforehand:
//!
//! ```no_run
//! # async fn run(zstack: generated_client::zstack::Client) -> Result<(), Box<dyn std::error::Error>> {
//! use generated_client::{JobUuid, zstack::operation::RecoverDataVolume};
//!
//! let job = JobUuid::random()?;
//! // … write it down, then:
//! let call = zstack.recover_data_volume().uuid("70820c8ead5144ebaf603b88e63a4d17").job_uuid(job.clone()).send();
//! if tokio::time::timeout(std::time::Duration::from_secs(5), call).await.is_err() {
//!     // The job goes on. Later:
//!     let answer = zstack.job::<RecoverDataVolume>(job).wait().await?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Waiting for a restore of CBR
//!
//! CBR's 202 says that a restore was accepted, not that it is done, and there is no name to send along: it is sent once at
//! most. Where the service hands out a `job_id`, its end comes from an operation that is not among these five:
//!
//! ```no_run
//! # async fn run(accepted: generated_client::cbr::types::AcceptedRestore) -> Result<(), Box<dyn std::error::Error>> {
//! let http = generated_client::http_builder().build()?;
//! let job = accepted.job_id.ok_or("this service hands out no job_id: look at the disk's own state")?;
//! let log = format!("https://cbr.example/v3/f841e01fd2b14e7fa41b6ae7aa6b0594/operation-logs/{job}");
//! loop {
//!     let answer = http.get(&log).header("X-Auth-Token", std::env::var("CBR_TOKEN")?).send().await?;
//!     let log: serde_json::Value = answer.error_for_status()?.json().await?;
//!     match log["operation_log"]["status"].as_str() {
//!         Some("success") => break,
//!         Some("waiting" | "running") => tokio::time::sleep(std::time::Duration::from_secs(5)).await,
//!         other => return Err(format!("the restore ended as {other:?}").into()), // skipped, failed, timeout
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Credentials
//!
//! A fixed [`Session`](zstack::Session) or [`Token`](cbr::Token), a ZStack access key, or a [`Provider`] that fetches
//! them when they are needed, and again when they have expired.
//!
//! # What can go wrong
//!
//! [`Error`] says in one line which operation failed, why, and what to do. [`Error::outcome`] says whether the operation
//! may have happened all the same, which decides whether it may be sent again ([`Outcome`]); [`Error::code`] is the
//! server's own code. A 200 whose body has an `error` is an [`Error`] as well.
//!
//! Nothing that may have reached the server is sent twice by this crate, with two exceptions. A call that the server has
//! refused because its session or token has expired is made once more when a [`Provider`] has others. And a caller may want
//! the request of a job to be sent again when the server does not know the job ([`Retries::unknown_jobs`]); by default an
//! answer that was lost on its way is no reason for that: the client asks for the job that it named. Reads, and requests
//! that no connection could be made for, are sent again up to three times ([`Retries`]). No redirect is followed.
//!
//! # Limits
//!
//! Connecting takes at most 10 seconds, a whole call at most 30 minutes, its job included, and an answer has at most
//! 16 MiB. A job is asked for after 200 ms, then ever more seldom, and every 5 seconds at most. All of it can be set for a
//! client ([`ClientBuilder`]) and for a single call ([`CallOptions`]). A client has at most 256 requests under way at the
//! same time, and 64 questions for jobs; calls beyond that wait for their turn.
//!
//! # Two truths
//!
//! The published pages are wrong about the servers in places. This client does what the servers do, as far as there is
//! evidence: the source of the server and of SDKs, and requests captured from the vendors' own clients. No live server was
//! asked. `Correction: NAME` in the docs of an item is the entry of that name in `spec/as-served.overlay.yaml` of this
//! crate's repository, which has the evidence. What the page says otherwise stands in the docs of the item, with the page's
//! own words, so that a search for them leads there.
//!
//! # Features
//!
//! - `rustls` (default): TLS by rustls, with aws-lc-rs for its cryptography.
//! - `rustls-no-provider`: TLS by rustls, with the cryptography that the program installs.
//! - Neither: plain HTTP only, for services inside a data centre. An `https` address is then refused when a client is made.
//!   (Plain HTTP to another machine has to be allowed in any case: [`ClientBuilder::allow_plain_http`].)
//! - `blocking`: `blocking::Block`, whose `block()` waits for any call without `async`.
//! - `tracing`: a span of each call, of each request, and of each question for a job, with operation, attempt, status, outcome
//!   and duration (`duration_ms`). Nothing that was sent or answered is in them. (A parameter that can't be sent ends a call
//!   before it has a span.)
//! - `access-keys`: `zstack::AccessKey`, which signs each request to ZStack.

#![deny(missing_docs)]
// Names in generated code are those of the document, in whichever script they are written.
#![allow(uncommon_codepoints, confusable_idents, mixed_script_confusables)]

mod answer;
mod base_url;
#[cfg(feature = "blocking")]
pub mod blocking;
mod call;
mod client;
mod credentials;
mod environment;
mod error;
mod generated;
mod http;
mod integer;
mod job;
mod limits;
mod list;
mod operation;
mod outcome;
mod parameter;
mod path_id;
#[cfg(test)]
mod properties;
mod query;
mod response;
mod retry;
mod said;
mod secrets;
mod server_error;
mod timestamp;
mod trace;
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
