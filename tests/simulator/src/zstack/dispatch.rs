//! From a request to the action that it means: method, body, action key, types and headers.

use serde_json::{Map, Value};

use super::credentials::{self, Caller};
use crate::exchange::Answer;
use crate::operation::Operation;
use crate::turn::Turn;

/// The fields of the actions that are texts. Gson takes numbers and booleans for texts as well.
const TEXT_FIELDS: [&str; 2] = ["srcBackupStorageUuid", "dstBackupStorageUuid"];

/// A PUT that the REST layer lets through.
pub(super) struct Call {
    pub(super) caller: Caller,
    /// The action object. `None`: there was none under the right key, so the message has no fields.
    pub(super) parameters: Option<Map<String, Value>>,
    /// System tags from inside the action object, or, if there are any, from beside it.
    pub(super) system_tags: Vec<String>,
    /// `X-Job-UUID`.
    pub(super) job_uuid: Option<String>,
    /// `X-API-Timeout`, in milliseconds.
    pub(super) timeout: Option<u64>,
}

/// The key that means an operation: camelCase and case-sensitive (server source, and the captured requests). The keys
/// that the pages print, all lower case, mean nothing.
fn action_key(operation: Operation) -> &'static str {
    match operation {
        Operation::RecoverBackupFromImageStoreBackupStorage => "recoverBackupFromImageStoreBackupStorage",
        Operation::SyncDatabaseBackupFromImageStoreBackupStorage => "syncDatabaseBackupFromImageStoreBackupStorage",
        Operation::RecoverDataVolume => "recoverDataVolume",
        Operation::GetDatabaseBackupFromImageStore | Operation::QueryJob | Operation::RestoreBackup => "",
    }
}

/// 405 as plain text (server source).
pub(super) fn wrong_method(turn: &Turn<'_>, operation: Operation) -> Answer {
    if operation == Operation::QueryJob {
        return Answer::plain(405, "only GET method is allowed for querying job status");
    }
    let (method, path) = (&turn.request.method, &turn.request.path);
    Answer::plain(405, format!("The method[{method}] is not allowed for the path[{path}]"))
}

/// Reads a PUT to an `actions` path.
pub(super) fn action(turn: &Turn<'_>, operation: Operation) -> Result<Call, Answer> {
    let body = body(turn)?;
    let key = action_key(operation);
    // One action on the path: the key is not looked at. Several: it chooses one (server source).
    let body = match (operation, body) {
        (Operation::SyncDatabaseBackupFromImageStoreBackupStorage, body) => body.unwrap_or_default(),
        (_, None) => return Err(Answer::plain(500, "")),
        (_, Some(body)) if body.contains_key(key) => body,
        (_, Some(_)) => {
            let path = super::path(turn);
            return Err(Answer::plain(400, format!("the body doesn't contain action mapping to the URL[{path}]")));
        }
    };
    let caller = credentials::caller(turn)?;
    let parameters = match body.get(key) {
        None | Some(Value::Null) => None,
        Some(Value::Object(parameters)) => Some(parameters.clone()),
        Some(other) => {
            return Err(Answer::plain(500, format!("{} cannot be cast to java.util.Map", java_class(other))));
        }
    };
    let mut tags = Vec::new();
    if let Some(fields) = &parameters {
        let texts = TEXT_FIELDS.iter().filter_map(|name| fields.get(*name));
        if let Some(no_text) = texts.into_iter().find(|value| value.is_object() || value.is_array()) {
            return Err(not_of_type("a string", no_text));
        }
        tags = read_tags(fields, "systemTags", not_of_type)?.unwrap_or_default();
        read_tags(fields, "userTags", not_of_type)?;
    }
    let job_uuid = job_uuid(turn)?;
    if let Some(uuid) = job_uuid.as_ref().filter(|uuid| turn.state.zstack.jobs.contains_key(*uuid)) {
        return Err(Answer::plain(400, format!("Duplicate job uuid[{uuid}]")));
    }
    let timeout = timeout(turn)?;
    if let Some(beside) = read_tags(&body, "systemTags", not_castable)? {
        tags = beside;
    }
    read_tags(&body, "userTags", not_castable)?;
    Ok(Call { caller, parameters, system_tags: tags, job_uuid, timeout })
}

/// Reads `X-Job-UUID`, which must be 32 long.
pub(super) fn job_uuid(turn: &Turn<'_>) -> Result<Option<String>, Answer> {
    match turn.request.header("x-job-uuid") {
        Some(uuid) if uuid.chars().count() != 32 => {
            Err(Answer::plain(400, "Invalid header[X-Job-UUID], it must be a UUID with '-' stripped"))
        }
        uuid => Ok(uuid.map(str::to_owned)),
    }
}

/// Longest time that the server can count, in milliseconds: it counts in a Java `long`.
const LONGEST_TIMEOUT: u64 = i64::MAX.unsigned_abs();

/// Reads `X-API-Timeout`: seconds, here as milliseconds. What is no number throws in the server, hence a 500.
pub(super) fn timeout(turn: &Turn<'_>) -> Result<Option<u64>, Answer> {
    let Some(text) = turn.request.header("x-api-timeout") else { return Ok(None) };
    match text.parse::<i64>() {
        Ok(seconds) => Ok(Some(u64::try_from(seconds).unwrap_or(0).saturating_mul(1_000).min(LONGEST_TIMEOUT))),
        Err(_) => Err(Answer::plain(500, format!("For input string: \"{text}\""))),
    }
}

/// The body's fields; `None` if the body is empty or `null`. Anything else that is no JSON object throws in the server.
fn body(turn: &Turn<'_>) -> Result<Option<Map<String, Value>>, Answer> {
    if turn.request.body.iter().all(u8::is_ascii_whitespace) {
        return Ok(None);
    }
    match serde_json::from_slice(&turn.request.body) {
        Ok(Value::Object(fields)) => Ok(Some(fields)),
        Ok(Value::Null) => Ok(None),
        Ok(other) => Err(not_of_type("an object", &other)),
        Err(error) => {
            let text = format!(
                "com.google.gson.stream.MalformedJsonException: malformed JSON at line {} column {}",
                error.line(),
                error.column()
            );
            Err(Answer::plain(500, text))
        }
    }
}

fn read_tags(
    fields: &Map<String, Value>,
    name: &str,
    refuse: fn(&str, &Value) -> Answer,
) -> Result<Option<Vec<String>>, Answer> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(tags)) => Ok(Some(tags.iter().filter_map(|tag| tag.as_str().map(str::to_owned)).collect())),
        Some(other) => Err(refuse("an array", other)),
    }
}

/// What Gson says, inside the action object.
fn not_of_type(expected: &str, value: &Value) -> Answer {
    let found = match value {
        Value::Object(_) => "BEGIN_OBJECT",
        Value::Array(_) => "BEGIN_ARRAY",
        Value::String(_) => "STRING",
        Value::Number(_) => "NUMBER",
        Value::Bool(_) => "BOOLEAN",
        Value::Null => "NULL",
    };
    let expected = match expected {
        "an array" => "BEGIN_ARRAY",
        "an object" => "BEGIN_OBJECT",
        other => other,
    };
    Answer::plain(500, format!("java.lang.IllegalStateException: Expected {expected} but was {found}"))
}

/// What Java says, beside the action object.
fn not_castable(_expected: &str, value: &Value) -> Answer {
    Answer::plain(500, format!("{} cannot be cast to java.util.List", java_class(value)))
}

fn java_class(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "java.lang.String",
        Value::Number(_) => "java.lang.Double",
        Value::Bool(_) => "java.lang.Boolean",
        Value::Array(_) => "java.util.ArrayList",
        Value::Object(_) | Value::Null => "com.google.gson.internal.LinkedTreeMap",
    }
}
