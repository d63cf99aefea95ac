//! Who is calling: sessions and access keys.

use serde::{Deserialize, Serialize};

use super::error_code::ErrorCode;
use crate::clock::milliseconds;
use crate::exchange::Answer;
use crate::turn::Turn;

/// A ZStack session. [`crate::Simulator::new_session`] makes one that is good now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// When it expires, in milliseconds since 1970; each call puts that off. `None`: no call has used it yet, and it
    /// does not expire before one has.
    pub expires_at: Option<u64>,
}

/// Credentials whose form is right. A session is looked at only when the operation is carried out, which for a PUT is
/// in its job (server source); an access key was already verified.
pub(super) enum Caller {
    Session(String),
    AccessKey,
}

/// Reads `Authorization`. No header and another scheme are a 400 (server source); the schemes' names are
/// case-sensitive.
pub(super) fn caller(turn: &Turn<'_>) -> Result<Caller, Answer> {
    let Some(authorization) = turn.request.header("authorization").map(str::trim) else {
        return Err(Answer::plain(400, "missing header 'Authorization'"));
    };
    if let Some(session) = authorization.strip_prefix("OAuth") {
        return Ok(Caller::Session(session.trim().to_owned()));
    }
    if let Some(key) = authorization.strip_prefix("ZStack") {
        let Some((id, signature)) = key.trim().split_once(':') else {
            return Err(Answer::plain(400, "accessKey format is 'ZStack AccessKeyId:Signature'"));
        };
        access_key(turn, id, signature)?;
        return Ok(Caller::AccessKey);
    }
    Err(Answer::plain(400, "Authorization type must be 'OAuth'"))
}

impl Caller {
    /// Whether the caller may call now. A session that may lives on for its full lifetime.
    pub(super) fn evaluate(&self, turn: &mut Turn<'_>) -> Result<(), ErrorCode> {
        let Self::Session(uuid) = self else { return Ok(()) };
        let session = turn.state.zstack.sessions.get_mut(uuid).ok_or_else(ErrorCode::session_expired)?;
        if session.expires_at.is_some_and(|at| at <= turn.now) {
            return Err(ErrorCode::session_expired());
        }
        session.expires_at = Some(turn.now.saturating_add(milliseconds(turn.settings.session_lifetime)));
        Ok(())
    }
}

#[cfg(not(feature = "access-keys"))]
fn access_key(_turn: &Turn<'_>, id: &str, _signature: &str) -> Result<(), Answer> {
    Err(refused(id))
}

/// Verifies the signature over method, date and path (without `/zstack` and without query), and compares the date with
/// the clock, zones ignored (the vendor's manual, server source).
#[cfg(feature = "access-keys")]
fn access_key(turn: &Turn<'_>, id: &str, signature: &str) -> Result<(), Answer> {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use hmac::{KeyInit, Mac};

    use crate::timestamp::Timestamp;

    let Some(date) = turn.request.header("date") else {
        return Err(Answer::plain(400, "'Date' must be incuded in request header"));
    };
    if let Some(skew) = turn.settings.access_key_skew {
        let Some(sent) = Timestamp::from_date_header(date) else {
            return Err(Answer::plain(400, "'Date' format error, correct format is 'EEE, dd MMM yyyy HH:mm:ss z'"));
        };
        if sent.0.abs_diff(turn.timestamp().0) > skew.as_secs() {
            return Err(Answer::plain(403, "requestTimeTooSkewed"));
        }
    }
    let secret = turn.state.zstack.access_keys.get(id).ok_or_else(|| refused(id))?;
    let mut mac = hmac::Hmac::<sha1::Sha1>::new_from_slice(secret.as_bytes()).map_err(|_| refused(id))?;
    mac.update(format!("{}\n{date}\n{}", turn.request.method, super::path(turn)).as_bytes());
    let signature = STANDARD.decode(signature).map_err(|_| refused(id))?;
    mac.verify_slice(&signature).map_err(|_| refused(id))
}

fn refused(id: &str) -> Answer {
    Answer::plain(403, format!("access key[{id}] is refused"))
}
