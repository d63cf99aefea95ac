//! ZStack's errors.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Why a ZStack operation failed. The codes and their descriptions are the server source's; texts follow the server's
/// locale, so that only `code` is to be relied on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ErrorCode {
    /// The code, for example `SYS.1006`.
    pub code: String,
    /// The kind of error in a few words.
    pub description: String,
    /// What happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// The error that led to this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Box<ErrorCode>>,
    /// Further fields, by their names on the wire: `elaboration`, `opaque`, `location`, `cost`, `globalErrorCode`…
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

impl ErrorCode {
    /// An error with this code, the description that the server has for it, and these details.
    #[must_use]
    pub fn new(code: &str, details: impl Into<String>) -> Self {
        let description = match code {
            "SYS.1000" => "An internal error happened in system",
            "SYS.1001" => "A message or a operation timeout",
            "SYS.1003" => "A resource can not be found",
            "SYS.1006" => "An operation failed",
            "SYS.1007" => "One or more API argument is invalid",
            "ID.1000" => "Unable to authenticate a user",
            "ID.1001" => "The session is invalid, either wrong session id or the session has been expired",
            "ID.1002" => "The user doesn't have permission to perform the operation",
            _ => "",
        };
        Self {
            code: code.to_owned(),
            description: description.to_owned(),
            details: Some(details.into()),
            ..Self::default()
        }
    }

    /// A resource does not exist.
    pub(crate) fn not_found(kind: &str, uuid: &str) -> Self {
        Self::new("SYS.1003", format!("{kind}[uuid:{uuid}] not found"))
    }

    /// A mandatory field of a message is missing.
    pub(crate) fn missing(field: &str, message: &str) -> Self {
        Self::new("SYS.1007", format!("field[{field}] of message[{message}] is mandatory, can not be null"))
    }

    /// The session is unknown or expired.
    pub(crate) fn session_expired() -> Self {
        Self::new("ID.1001", "Session expired")
    }

    /// Its JSON.
    pub(crate) fn to_json(&self) -> Value {
        let mut fields = self.more.clone();
        fields.insert("code".to_owned(), Value::from(self.code.clone()));
        fields.insert("description".to_owned(), Value::from(self.description.clone()));
        fields.insert("details".to_owned(), Value::from(self.details.clone()));
        fields.insert("cause".to_owned(), self.cause.as_ref().map_or(Value::Null, |cause| cause.to_json()));
        Value::Object(fields)
    }
}
