//! The five operations, called with the client against the stand-in server, shown as a person would want to read them.
//!
//! [`run`] is what `cargo xtask demo` does: for each operation it says what it does and what it overwrites, shows the Rust
//! call, every request and answer as they happen, and the result as the client hands it out; then it shows failures that
//! the client tells apart, and what the server counted. Each step checks what it shows.
//!
//! ```text
//! main ─ tour ─ operations, failures ─ generated-client ─ HTTP ─ simulator
//!                    │                                               │
//!                  screen ────── watch ─ exchange ───────────────────┘
//! ```
//!
//! Credentials are not shown: neither a session, nor a token, nor the password in an image store's address.

mod exchange;
mod failures;
mod operations;
mod paint;
mod screen;
mod secrets;
mod spinner;
mod step;
mod summary;
mod surprise;
mod text;
mod tour;
mod watch;

pub use screen::Screen;
pub use tour::run;
