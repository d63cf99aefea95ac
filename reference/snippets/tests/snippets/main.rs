//! Everything that the reference shows is run against the stand-in server.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may stop at the first surprise, as the tests may"
)]

mod environment;
mod outcomes;
mod run_as_shown;
