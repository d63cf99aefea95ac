//! Clients that are made from environment variables.

#![allow(dead_code, reason = "a service's own file says whether its client can be made so")]

use std::{env, ffi::OsString, fmt};

use zeroize::Zeroizing;

use crate::{ClientBuilder, ConfigError, InvalidCredentials};

/// A variable of the environment, and what is wrong with it. Its value is not repeated. Its `Debug` is its text.
#[derive(Clone, PartialEq, Eq)]
pub struct InvalidVariable {
    name: &'static str,
    what: &'static str,
    problem: Option<String>,
}

impl InvalidVariable {
    /// The variable's name, for example `ZSTACK_SESSION`.
    pub fn name(&self) -> &str {
        self.name
    }
}

impl fmt::Display for InvalidVariable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, what, problem } = self;
        match problem {
            None => write!(formatter, "the environment has no {name}: set it to {what}"),
            Some(problem) => write!(formatter, "{name} in the environment can't be used as {what}: {problem}"),
        }
    }
}

impl fmt::Debug for InvalidVariable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for InvalidVariable {}

/// Where a service's address and its credentials stand in the environment.
pub(crate) struct Variables {
    /// The variable with the base address.
    pub(crate) url: &'static str,
    /// The variable with the credentials.
    pub(crate) secret: &'static str,
    /// What the latter is, in words.
    pub(crate) what: &'static str,
}

impl Variables {
    /// A builder with both.
    pub(crate) fn builder<C, S: Into<C>>(
        &self,
        credentials: impl FnOnce(&str) -> Result<S, InvalidCredentials>,
    ) -> Result<ClientBuilder<C>, ConfigError> {
        self.read(|name| env::var_os(name), credentials)
    }

    fn read<C, S: Into<C>>(
        &self,
        environment: impl Fn(&str) -> Option<OsString>,
        credentials: impl FnOnce(&str) -> Result<S, InvalidCredentials>,
    ) -> Result<ClientBuilder<C>, ConfigError> {
        let url = variable(&environment, self.url, "the base address of the service")?;
        let secret = variable(&environment, self.secret, self.what)?;
        let invalid = |problem: InvalidCredentials| InvalidVariable {
            name: self.secret,
            what: self.what,
            problem: Some(problem.to_string()),
        };
        let credentials = credentials(&secret).map_err(|problem| ConfigError::Environment(invalid(problem)))?;
        Ok(ClientBuilder::new(&url, credentials.into()))
    }
}

/// The value of a variable, zeroed when it is dropped. An empty one is as good as none.
fn variable(
    environment: impl Fn(&str) -> Option<OsString>,
    name: &'static str,
    what: &'static str,
) -> Result<Zeroizing<String>, ConfigError> {
    let invalid = |problem| ConfigError::Environment(InvalidVariable { name, what, problem });
    match environment(name).map(OsString::into_string) {
        Some(Ok(value)) if !value.is_empty() => Ok(Zeroizing::new(value)),
        Some(Err(_)) => Err(invalid(Some("it is not UTF-8".to_owned()))),
        _ => Err(invalid(None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zstack::{Credentials, Session};

    const VARIABLES: Variables = Variables { url: "A_URL", secret: "A_SESSION", what: "the UUID of a session" };

    /// What a builder made of these two variables says.
    fn error(url: Option<&str>, session: Option<&str>) -> String {
        let environment = |name: &str| if name == "A_URL" { url } else { session }.map(OsString::from);
        VARIABLES
            .read::<Credentials, _>(environment, Session::new)
            .and_then(|builder| builder.build())
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn a_variable_that_is_missing_or_empty_is_named_with_what_belongs_into_it() {
        let no_url = "the environment has no A_URL: set it to the base address of the service";
        let no_session = "the environment has no A_SESSION: set it to the UUID of a session";
        assert_eq!(error(None, Some("5a7d")), no_url);
        assert_eq!(error(Some(""), Some("5a7d")), no_url);
        assert_eq!(error(Some("http://127.0.0.1:1"), None), no_session);
        assert_eq!(error(Some("http://127.0.0.1:1"), Some("")), no_session);
    }

    #[test]
    fn a_value_that_is_no_credential_is_not_repeated() {
        let text = error(Some("http://127.0.0.1:1"), Some("5a7d\nx"));
        assert!(text.starts_with("A_SESSION in the environment can't be used as the UUID of a session: "), "{text}");
        assert!(!text.contains("5a7d"), "{text}");
    }

    #[test]
    #[cfg(unix)]
    fn a_value_that_is_no_text_is_not_repeated() {
        use std::os::unix::ffi::OsStringExt;
        let environment = |_: &str| Some(OsString::from_vec(vec![b'5', 0xff]));
        let invalid = VARIABLES.read::<Credentials, _>(environment, Session::new).unwrap_err();
        let text = "A_URL in the environment can't be used as the base address of the service: it is not UTF-8";
        assert_eq!(invalid.to_string(), text);
    }

    #[test]
    fn with_both_there_is_a_client() {
        let environment =
            |name: &str| Some(OsString::from(if name == "A_URL" { "http://127.0.0.1:1" } else { "5a7d" }));
        assert!(VARIABLES.read::<Credentials, _>(environment, Session::new).unwrap().build().is_ok());
    }
}
