//! What authenticates a request.
//!
//! A client can't be made without credentials, nor with those of the other service:
//!
//! ```compile_fail,E0061
//! generated_client::zstack::Client::new("http://zstack.example");
//! ```
//!
//! ```compile_fail,E0277
//! let token = generated_client::cbr::Token::new("gAAAAABk").unwrap();
//! generated_client::zstack::Client::new("http://zstack.example", token);
//! ```
//!
//! ```compile_fail,E0277
//! let session = generated_client::zstack::Session::new("5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c").unwrap();
//! generated_client::cbr::Client::new("https://cbr.example", session);
//! ```
//!
//! Nor can a provider fetch those of the other service:
//!
//! ```compile_fail,E0271
//! let token = generated_client::cbr::Token::new("gAAAAABk").unwrap();
//! generated_client::zstack::Credentials::fetched(move || std::future::ready(Ok(token.clone())));
//! ```

mod fetched;
pub(crate) mod header;
mod keeper;
mod provider;
mod text;

pub(crate) use keeper::{Current, Keeper};
pub use provider::Provider;
pub(crate) use provider::ProviderError;
pub use text::InvalidCredentials;
#[cfg(feature = "access-keys")]
pub(crate) use text::check;
pub(crate) use text::sensitive;

/// A kind of credentials: a session, a token, an access key.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't authenticate requests",
    note = "each service's kinds of credentials, in `src/service/`, implement `crate::credentials::Authenticate`"
)]
pub(crate) trait Authenticate: Send + Sync + 'static {
    /// Adds to a request the headers that authenticate it. Each value that is a secret is marked as sensitive.
    ///
    /// # Errors
    /// What stands in the way, as of a clock's date that no header can say. The text has no secrets in it.
    fn authenticate(&self, request: &mut reqwest::Request) -> Result<(), String>;
}
