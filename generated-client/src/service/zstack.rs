//! ZStack's credentials, and its errors.

use std::fmt;

use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};

use super::zstack::types::ErrorCode;
use crate::{InvalidCredentials, ServerError, credentials, server_error::IntoServerError};

/// What a client of ZStack is made with.
pub type Credentials = Session;

/// A session of ZStack, sent as `Authorization: OAuth {sessionUuid}`.
///
/// Logging in, which gives the session's UUID, is not among the operations of this crate.
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

impl credentials::Credentials for Session {
    fn header(&self) -> (HeaderName, HeaderValue) {
        (AUTHORIZATION, self.0.clone())
    }
}

impl fmt::Debug for Session {
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
