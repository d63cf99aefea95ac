//! What the compiler says of generated code: beside its hand-written half, without it, and for other documents.

#![allow(clippy::disallowed_methods, reason = "the copies are thrown away, and nobody reads them half-written")]

mod compiles;
mod copy;
mod downstream;
mod needs_its_hand_written_half;
