//! CBR's credentials.

use std::fmt;

use reqwest::header::{HeaderName, HeaderValue};

use crate::{InvalidCredentials, credentials};

/// What a client of CBR is made with.
pub type Credentials = Token;

/// A user's token, sent as `X-Auth-Token`.
///
/// The identity service (IAM) hands it out in the header `X-Subject-Token` of its answer; asking for one is not among
/// the operations of this crate.
#[derive(Clone)]
pub struct Token(HeaderValue);

impl Token {
    /// The token, as IAM handed it out.
    ///
    /// # Errors
    /// When the text can't stand in a header. The error does not repeat it.
    pub fn new(token: &str) -> Result<Self, InvalidCredentials> {
        credentials::sensitive("the token", "", token).map(Self)
    }
}

impl credentials::Credentials for Token {
    fn header(&self) -> (HeaderName, HeaderValue) {
        (HeaderName::from_static("x-auth-token"), self.0.clone())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Token").finish_non_exhaustive()
    }
}
