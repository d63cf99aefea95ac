//! What the simulator does, seen from outside: one test for each behaviour, in one program, which links once.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise, its helpers too")]

mod captures;
mod cbr;
mod chaos;
mod common;
mod credentials;
mod document;
mod faults;
mod handle;
mod outages;
mod program;
mod raw;
mod readme;
mod state_file;
mod zstack_answers;
mod zstack_jobs;
