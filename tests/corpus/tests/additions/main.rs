//! What it takes to add an operation, and to add a service.

#![allow(clippy::disallowed_methods, reason = "the copies are thrown away, and nobody reads them half-written")]

mod operation;
mod service;
mod workspace;
