//! The least that a service needs beside its generated module.

use crate::{
    credentials::{Authenticate, Keeper},
    environment::Variables,
};

/// What a client is made with.
#[derive(Clone)]
pub struct Credentials(Keeper);

/// A text that is sent with every request.
pub struct Text(reqwest::header::HeaderValue);

impl Text {
    /// A text.
    ///
    /// # Errors
    /// When it can't stand in a header.
    pub fn new(text: &str) -> Result<Self, crate::InvalidCredentials> {
        crate::credentials::sensitive("the text", "", text).map(Self)
    }
}

impl Credentials {
    /// Texts that a provider fetches.
    pub fn fetched(provider: impl crate::Provider<Text>) -> Self {
        Self(Keeper::fetched(provider))
    }
}

const VARIABLES: Variables = Variables { url: "URL", secret: "TEXT", what: "the text" };

impl super::SERVICE::Client {
    /// Makes a client from two environment variables, `URL` and `TEXT`.
    ///
    /// # Errors
    /// When one of them is not set or can't be used.
    pub fn from_env() -> Result<Self, crate::ConfigError> {
        VARIABLES.builder::<Credentials, Text>(Text::new)?.build()
    }
}

impl From<Text> for Credentials {
    fn from(text: Text) -> Self {
        Self(Keeper::fixed(text))
    }
}

impl From<Credentials> for Keeper {
    fn from(credentials: Credentials) -> Self {
        credentials.0
    }
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Credentials").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Text").finish_non_exhaustive()
    }
}

impl Authenticate for Text {
    fn authenticate(&self, request: &mut reqwest::Request) -> Result<(), String> {
        request.headers_mut().insert(reqwest::header::AUTHORIZATION, self.0.clone());
        Ok(())
    }
}
