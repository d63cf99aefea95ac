//! The tests of what is hand-written, once more with the client that others import: the same files, on the client that is
//! made of document and overlay. What it sends is another matter; `tests/as-served` holds it to the servers.

use generated_client as client;

#[path = "../client/call.rs"]
mod call;
#[path = "../client/environment.rs"]
mod environment;
#[path = "../client/listener.rs"]
mod listener;
#[path = "../client/paths.rs"]
mod paths;
#[path = "../client/responses.rs"]
mod responses;
#[path = "../client/secrets.rs"]
mod secrets;
#[path = "../client/transport.rs"]
mod transport;
