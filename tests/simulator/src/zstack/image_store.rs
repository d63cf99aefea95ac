//! Listing the database backups of an image store.

use serde_json::{Value, json};

use super::credentials::{self, Caller};
use super::error_code::ErrorCode;
use super::{answers, dispatch};
use crate::exchange::Answer;
use crate::turn::Turn;

const MESSAGE: &str = "APIGetDatabaseBackupFromImageStoreMsg";
const PORTS: std::ops::RangeInclusive<i32> = 1..=65_535;

/// Lists an image store: `{"backups":[…],"success":true}`, at once, whatever the settings say of jobs. An expired
/// session and invalid arguments are a 503 at once (server source). Unknown parameters are ignored.
pub(super) fn list(turn: &mut Turn<'_>) -> Result<Answer, Answer> {
    let caller = credentials::caller(turn)?;
    let url = scalar(turn, "url")?;
    let port = match scalar(turn, "registryPort")? {
        None => None,
        Some(text) => match text.parse::<i32>() {
            Ok(port) => Some(port),
            Err(_) => return Err(Answer::plain(400, format!("registryPort[{text}] is not of type int"))),
        },
    };
    dispatch::job_uuid(turn)?;
    dispatch::timeout(turn)?;
    let url = match check(turn, &caller, url, port) {
        Ok(url) => url,
        Err(error) => return Ok(answers::failure(turn.settings, &error)),
    };
    let answer = match listing(turn, &url) {
        Ok(backups) => answers::json(turn.settings, 200, &json!({ "backups": backups, "success": true })),
        Err(error) => answers::failure(turn.settings, &error),
    };
    Ok(Answer { delay: turn.settings.image_store_delay, ..answer })
}

/// What the server looks at before it goes out over ssh: session, then arguments. Returns the url.
fn check(turn: &mut Turn<'_>, caller: &Caller, url: Option<String>, port: Option<i32>) -> Result<String, ErrorCode> {
    caller.evaluate(turn)?;
    let url = url.ok_or_else(|| ErrorCode::missing("url", MESSAGE))?;
    if url.is_empty() {
        let details = format!("field[url] of message[{MESSAGE}] cannot be an empty string");
        return Err(ErrorCode::new("SYS.1007", details));
    }
    if let Some(port) = port.filter(|port| !PORTS.contains(port)) {
        let details = format!(
            "field[registryPort] of message[{MESSAGE}] must be in range of [{}, {}], but {port} found",
            PORTS.start(),
            PORTS.end()
        );
        return Err(ErrorCode::new("SYS.1007", details));
    }
    Ok(url)
}

/// What the server finds at the end of the ssh connection.
fn listing(turn: &Turn<'_>, url: &str) -> Result<Vec<Value>, ErrorCode> {
    if let Some(error) = turn.state.zstack.failures.get(url) {
        return Err(error.clone());
    }
    match turn.state.zstack.image_stores.get(url) {
        Some(backups) => Ok(backups.iter().map(|backup| backup.to_json(turn.settings.timestamps)).collect()),
        // Without the url: it holds a password.
        None => Err(ErrorCode::new("SYS.1006", "unable to connect to the image store, or it refused the credentials")),
    }
}

/// The one value of a parameter. A scalar that is given twice is a 400 (server source).
fn scalar(turn: &Turn<'_>, name: &str) -> Result<Option<String>, Answer> {
    let mut values: Vec<String> =
        turn.request.query_pairs().into_iter().filter(|(known, _)| known == name).map(|(_, value)| value).collect();
    if values.len() > 1 {
        let text = format!(
            "Invalid query parameter[{name}], only one value is allowed for the parameter but multiple values found"
        );
        return Err(Answer::plain(400, text));
    }
    Ok(values.pop())
}
