//! Each example is run as its readers run it: as a program, with its settings in the environment, against the stand-in
//! server.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise, its helpers too")]

mod failures;
mod http_client;
mod lines;
mod listed;
mod own_code;
mod program;
mod recoveries;
mod restores;
mod session;
mod settings;
mod take_up;
mod way;
