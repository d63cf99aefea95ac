//! ZStack's credentials, and its errors.

use std::fmt;

use reqwest::{
    Request,
    header::{AUTHORIZATION, HeaderValue},
};

use crate::{
    ClientBuilder, ConfigError, InvalidCredentials, Provider, ServerError,
    credentials::{self, Authenticate, Keeper},
    environment::Variables,
    server_error::IntoServerError,
    zstack::{Client, types::ErrorCode},
};

#[cfg(feature = "access-keys")]
#[path = "zstack/access_key.rs"]
mod access_key;
#[cfg(feature = "access-keys")]
pub use access_key::AccessKey;

/// What a client of ZStack is made with: a [`Session`], what a [`Provider`] fetches, or an `AccessKey` (with the feature
/// `access-keys`).
///
/// Cheap to clone. Clones, and the clients made with them, share what was fetched.
#[derive(Clone)]
pub struct Credentials(Keeper);

impl Credentials {
    /// Sessions that a provider fetches when they are needed, and again when one has expired; nothing is fetched yet.
    /// [`Provider`] has an example.
    pub fn fetched(provider: impl Provider<Session>) -> Self {
        Self(Keeper::fetched(provider))
    }
}

const VARIABLES: Variables =
    Variables { url: "ZSTACK_URL", secret: "ZSTACK_SESSION", what: "the UUID of a session of ZStack" };

impl Client {
    /// Makes a client with the default limits from two environment variables: `ZSTACK_URL`, as the base address, and
    /// `ZSTACK_SESSION`, the UUID of a [`Session`].
    ///
    /// # Errors
    /// When one of them is not set or can't be used, which names it; and as [`new`](Self::new).
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::builder_from_env()?.build()
    }

    /// The same for a client whose limits, proxies and HTTP client can be set first, and plain HTTP allowed.
    ///
    /// # Errors
    /// When one of the variables is not set or can't be used, which names it.
    pub fn builder_from_env() -> Result<ClientBuilder<Credentials>, ConfigError> {
        VARIABLES.builder(Session::new)
    }
}

impl From<Session> for Credentials {
    /// This session, for as long as the client lives. The server keeps a session for two hours after its last call, unless
    /// it is set otherwise.
    fn from(session: Session) -> Self {
        Self(Keeper::fixed(session))
    }
}

#[cfg(feature = "access-keys")]
impl From<AccessKey> for Credentials {
    /// This access key, with which each request is signed.
    fn from(key: AccessKey) -> Self {
        Self(Keeper::fixed(key))
    }
}

impl From<Credentials> for Keeper {
    fn from(credentials: Credentials) -> Self {
        credentials.0
    }
}

impl fmt::Debug for Credentials {
    /// Prints no values.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Credentials").finish_non_exhaustive()
    }
}

/// A session of ZStack, sent as `Authorization: OAuth {sessionUuid}`.
///
/// Logging in, which gives the session's UUID, is not among the operations of this crate.
///
/// The memory that holds it is zeroed when the last of its clones is dropped, those in clients and in requests included. Not
/// zeroed are the buffers of HTTP and TLS that it was written through, and the text that it was made from.
#[derive(Clone)]
pub struct Session(HeaderValue);

impl Session {
    /// The session with this UUID.
    ///
    /// # Errors
    /// When the text can't stand in a header. The error does not repeat it.
    pub fn new(uuid: &str) -> Result<Self, InvalidCredentials> {
        credentials::sensitive("the session's UUID", "OAuth ", uuid).map(Self)
    }
}

impl Authenticate for Session {
    fn authenticate(&self, request: &mut Request) -> Result<(), String> {
        request.headers_mut().insert(AUTHORIZATION, self.0.clone());
        Ok(())
    }
}

impl fmt::Debug for Session {
    /// Prints no values.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Session").finish_non_exhaustive()
    }
}

impl IntoServerError for ErrorCode {
    fn into_server_error(self) -> ServerError {
        let cause = self.cause.map(|cause| cause.into_server_error());
        ServerError::new(self.code, [self.description, self.details], cause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_prints_no_values() {
        let session = Session::new("5a7d").unwrap();
        assert_eq!(format!("{session:?}"), "Session { .. }");
        assert_eq!(format!("{:?}", Credentials::from(session.clone())), "Credentials { .. }");
        let fetched = Credentials::fetched(move || std::future::ready(Ok(session.clone())));
        assert_eq!(format!("{fetched:?}"), "Credentials { .. }");
    }
}
