//! What is hand-written of ZStack: the file of `generated-client`.

#[path = "../../../../generated-client/src/service/zstack.rs"]
mod hand_written;

pub use hand_written::*;
