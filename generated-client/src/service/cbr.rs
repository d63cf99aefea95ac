//! CBR's credentials.

use std::fmt;

use reqwest::{
    Request,
    header::{HeaderName, HeaderValue},
};

use crate::{
    ClientBuilder, ConfigError, InvalidCredentials, Provider,
    cbr::{Client, types::BackupRestoreServerMapping},
    credentials::{self, Authenticate, Keeper},
    environment::Variables,
};

/// What a client of CBR is made with: a [`Token`], or what a [`Provider`] fetches.
///
/// Cheap to clone. Clones, and the clients made with them, share what was fetched.
#[derive(Clone)]
pub struct Credentials(Keeper);

impl Credentials {
    /// Tokens that a provider fetches when they are needed, and again when one is no longer accepted; nothing is fetched
    /// yet. [`Provider`] has an example.
    pub fn fetched(provider: impl Provider<Token>) -> Self {
        Self(Keeper::fetched(provider))
    }
}

const VARIABLES: Variables = Variables { url: "CBR_URL", secret: "CBR_TOKEN", what: "a user's token" };

impl Client {
    /// Makes a client with the default limits from two environment variables: `CBR_URL`, as the base address, and
    /// `CBR_TOKEN`, a [`Token`].
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
        VARIABLES.builder(Token::new)
    }
}

impl From<Token> for Credentials {
    /// This token, for as long as the client lives. IAM's tokens are valid for 24 hours.
    fn from(token: Token) -> Self {
        Self(Keeper::fixed(token))
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

/// A user's token, sent as `X-Auth-Token`.
///
/// The identity service (IAM) hands it out in the header `X-Subject-Token` of its answer; asking for one is not among
/// the operations of this crate.
///
/// The memory that holds it is zeroed when the last of its clones is dropped, those in clients and in requests included. Not
/// zeroed are the buffers of HTTP and TLS that it was written through, and the text that it was made from.
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

impl Authenticate for Token {
    fn authenticate(&self, request: &mut Request) -> Result<(), String> {
        request.headers_mut().insert(HeaderName::from_static("x-auth-token"), self.0.clone());
        Ok(())
    }
}

impl fmt::Debug for Token {
    /// Prints no values.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Token").finish_non_exhaustive()
    }
}

impl<B: Into<String>, V: Into<String>> From<(B, V)> for BackupRestoreServerMapping {
    /// The backup of a disk, and the disk that it is restored to: `.mappings([("BACKUP", "VOLUME")])`.
    fn from((backup, volume): (B, V)) -> Self {
        Self::new(backup, volume)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_prints_no_values() {
        let token = Token::new("5a7d").unwrap();
        assert_eq!(format!("{token:?}"), "Token { .. }");
        assert_eq!(format!("{:?}", Credentials::from(token.clone())), "Credentials { .. }");
        let fetched = Credentials::fetched(move || std::future::ready(Ok(token.clone())));
        assert_eq!(format!("{fetched:?}"), "Credentials { .. }");
    }
    #[test]
    fn a_pair_is_a_mapping_from_a_backup_to_a_disk() {
        let mapping = BackupRestoreServerMapping::from(("the backup", "the disk"));
        assert_eq!((mapping.backup_id.as_str(), mapping.volume_id.as_str()), ("the backup", "the disk"));
    }
}
