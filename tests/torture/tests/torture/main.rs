//! The torture as a program: small runs of it, with the guard and without.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise, its helpers too")]

mod guard;
mod program;
mod reads;
