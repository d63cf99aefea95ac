//! Documents that are not ours, and what becomes of them.
//!
//! A generator is judged by the documents that it meets. Each document of `documents/` attacks one thing, and is either
//! made into a client that compiles without a warning, or gets a report that names place, reason and remedy. The
//! README beside this crate says which.

#![deny(missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "nothing but tests")]

mod copied;
mod documents;
mod grown;
mod mutation;
mod outcome;

pub use copied::copy_folder;
pub use documents::{Document, all, folder};
pub use mutation::{Change, Mutation, mutations};
pub use outcome::{Outcome, outcome};
