//! Connections: made, served, broken off, and ended.

mod connection;
mod flood;
mod gate;
mod server;
mod stream;

use bytes::Bytes;
use http_body_util::{Either, Full};

pub(crate) use flood::Flood;
pub(crate) use server::Server;
pub(crate) use stream::{Act, Afterwards, Control, Ending, Part, Plan};

/// The body of an answer: held in memory, or made while it is sent.
pub(crate) type Payload = Either<Full<Bytes>, Flood>;
