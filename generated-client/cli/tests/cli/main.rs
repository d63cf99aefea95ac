//! The command line as its users meet it, against the stand-in server.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may stop at the first surprise, as the tests may"
)]

mod arguments;
mod credentials;
mod document;
mod dry_run;
mod exit_codes;
#[cfg(unix)]
mod interrupted;
mod jobs;
mod operations;
mod pages;
mod proxies;
#[cfg(unix)]
mod readme;
mod restore;
#[cfg(unix)]
mod terminal;
