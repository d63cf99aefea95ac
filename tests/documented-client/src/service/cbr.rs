//! What is hand-written of CBR: the file of `generated-client`.

#[path = "../../../../generated-client/src/service/cbr.rs"]
mod hand_written;

pub use hand_written::*;
