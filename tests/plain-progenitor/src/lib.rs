//! What progenitor makes of the document when nobody helps it: what this project is compared with.

#![allow(clippy::all, rustdoc::all)]

include!(concat!(env!("OUT_DIR"), "/client.rs"));
