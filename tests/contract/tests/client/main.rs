//! Holds the client to the document, on the wire: every test talks to a real HTTP listener on loopback.

use documented_client as client;

mod answers;
mod call;
mod captures;
mod environment;
mod listener;
mod paths;
mod requests;
mod responses;
mod secrets;
mod transport;
