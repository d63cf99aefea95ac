//! The demo as its readers meet it: through a pipe, in a terminal, in the README, and when something goes wrong.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise, its helpers too")]

mod captured;
mod otherwise;
mod picture;
mod piped;
mod runs;
#[cfg(unix)]
mod terminal;
