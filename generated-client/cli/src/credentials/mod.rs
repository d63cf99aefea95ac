//! Credentials: from a file, from the environment, or asked for. Never from an argument, which others on the machine can
//! read.

mod file;
mod prompt;

use std::{collections::BTreeMap, env};

use generated_client::{Error, InvalidCredentials, cbr, zstack};
use jiff::{Timestamp, tz::TimeZone};
use zeroize::Zeroizing;

use crate::{
    args::{Connection, ZStack},
    failure::{Called, Failure},
};

/// A secret, zeroed when it is dropped.
type Secret = Zeroizing<String>;

/// The names of all secrets, in the environment and in a file of credentials.
pub(crate) const NAMES: [&str; 5] = [SESSION, ACCESS_KEY_ID, ACCESS_KEY_SECRET, TOKEN, IMAGE_STORE_URL];

/// UUID of a session of ZStack.
pub(crate) const SESSION: &str = "ZSTACK_SESSION";
/// Id of an access key of ZStack.
const ACCESS_KEY_ID: &str = "ZSTACK_ACCESS_KEY_ID";
/// Secret of an access key of ZStack.
const ACCESS_KEY_SECRET: &str = "ZSTACK_ACCESS_KEY_SECRET";
/// A user's token for CBR.
pub(crate) const TOKEN: &str = "CBR_TOKEN";
/// Address of an image store, with a password in it.
pub(crate) const IMAGE_STORE_URL: &str = "IMAGE_STORE_URL";

/// Where secrets come from: the file first, if there is one, then the environment.
pub(crate) struct Secrets {
    file: BTreeMap<String, Secret>,
}

impl Secrets {
    /// Those of the file that was named, and of the environment.
    ///
    /// # Errors
    /// When the file can't be read, is not one of credentials, or may be read by others.
    pub(crate) fn of(connection: &Connection) -> Result<Self, Failure> {
        let file = connection.credentials_file.as_deref().map(file::read).transpose()?;
        Ok(Self { file: file.unwrap_or_default() })
    }

    /// What a client of ZStack is made with: a session or an access key.
    pub(crate) async fn zstack(&self, server: &ZStack) -> Result<zstack::Credentials, Failure> {
        let (session, id) = match (self.in_file(SESSION), self.in_file(ACCESS_KEY_ID)) {
            (None, None) => (in_environment(SESSION)?, in_environment(ACCESS_KEY_ID)?),
            in_file => in_file,
        };
        match (session, id) {
            (Some(_), Some(_)) => Err(Failure::other("there are both a session and an access key for ZStack")
                .hint(format!("Leave out {SESSION} or {ACCESS_KEY_ID}."))),
            (_, Some(id)) => {
                let secret = self.secret(ACCESS_KEY_SECRET, "secret of the access key").await?;
                let zone = server.server_time_zone.as_ref().map_or_else(TimeZone::system, |given| given.zone.clone());
                let clock = move || Timestamp::now().to_zoned(zone.clone());
                Ok(zstack::AccessKey::new(&id, &secret, clock).map_err(|problem| invalid(&problem))?.into())
            }
            (Some(session), None) => zstack_session(&session),
            (None, None) => zstack_session(&self.secret(SESSION, "UUID of the ZStack session").await?),
        }
    }

    /// What a client of CBR is made with.
    pub(crate) async fn cbr(&self) -> Result<cbr::Credentials, Failure> {
        let token = self.secret(TOKEN, "token for CBR").await?;
        Ok(cbr::Token::new(&token).map_err(|problem| invalid(&problem))?.into())
    }

    /// The address of the image store.
    pub(crate) async fn image_store_url(&self) -> Result<Secret, Failure> {
        self.secret(IMAGE_STORE_URL, "address of the image store, ssh://user:password@host:22/path").await
    }

    /// Whether requests to ZStack would be signed with an access key.
    pub(crate) fn has_access_key(&self) -> bool {
        self.file.contains_key(ACCESS_KEY_ID)
            || (!self.file.contains_key(SESSION) && env::var_os(ACCESS_KEY_ID).is_some_and(|id| !id.is_empty()))
    }

    /// A call to ZStack that did not succeed, with what may be wrong with an access key where one was refused.
    pub(crate) fn failed(&self, error: &Error, called: Called<'_>) -> Failure {
        let failure = Failure::call(error, called);
        let is_refused = error.status().is_some_and(|status| matches!(status.as_u16(), 401 | 403));
        if !(is_refused && self.has_access_key()) {
            return failure;
        }
        failure.hint(
            "Is the access key right, and is the server's clock in this time zone (--server-time-zone)? What is signed has \
             the server's local time in it.",
        )
    }

    /// One secret, asked for if it is nowhere.
    async fn secret(&self, name: &str, what: &str) -> Result<Secret, Failure> {
        match self.in_file(name).map_or_else(|| in_environment(name), |secret| Ok(Some(secret)))? {
            Some(secret) => Ok(secret),
            None => prompt::ask(name, what).await,
        }
    }

    fn in_file(&self, name: &str) -> Option<Secret> {
        self.file.get(name).cloned()
    }
}

/// A variable of the environment; an empty one is none.
fn in_environment(name: &str) -> Result<Option<Secret>, Failure> {
    match env::var(name).map(Zeroizing::new) {
        Ok(secret) => Ok(Some(secret).filter(|secret| !secret.is_empty())),
        Err(env::VarError::NotPresent) => Ok(None),
        // Its text would show it.
        Err(env::VarError::NotUnicode(_)) => Err(Failure::other(format!("{name} is not text in UTF-8"))),
    }
}

fn zstack_session(uuid: &str) -> Result<zstack::Credentials, Failure> {
    Ok(zstack::Session::new(uuid).map_err(|problem| invalid(&problem))?.into())
}

fn invalid(problem: &InvalidCredentials) -> Failure {
    Failure::other(problem.to_string())
}
