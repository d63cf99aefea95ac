//! What becomes of each document: a client that compiles, or a report.

#![allow(clippy::disallowed_methods, reason = "reports that are written anew are read in the diff")]

mod compiles;
mod copy;
mod made_or_reported;
mod table;
mod tags;
