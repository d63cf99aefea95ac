//! What a server says in the body of an answer, in whichever of the known shapes.

use serde_json::{Map, Value};

use crate::{ServerError, operation::Operation};

/// What stands in an answer's body.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// Code and texts, if the body is one of the known shapes.
    pub(crate) error: Option<ServerError>,
    /// Whether ZStack was asked, and the shape is its `{"error": {"code": "…"}}`.
    pub(crate) is_zstack_error: bool,
    /// The gateway's name for the request, where it stands in the body.
    pub(crate) request_id: Option<String>,
}

impl Said {
    /// Reads a body of an answer to an operation: ZStack's envelope, CBR's `error_code`, and what the gateway and the identity service before CBR say.
    pub(crate) fn read(operation: &Operation, body: &[u8]) -> Self {
        let Ok(Value::Object(body)) = serde_json::from_slice(body) else { return Self::default() };
        let inner = body.get("error").and_then(Value::as_object);
        let has_code = inner.is_some_and(|error| error.get("code").and_then(Value::as_str).is_some_and(is_zstack_code));
        let is_zstack_error = operation.service == "zstack" && has_code;
        let error = inner.map_or_else(|| error(&body), error);
        Self { error, is_zstack_error, request_id: text(&body, "request_id") }
    }

    /// What stands in an error that was decoded already.
    pub(crate) fn of(error: ServerError) -> Self {
        Self { is_zstack_error: true, error: Some(error), request_id: None }
    }

    /// Whether the error's code says that nothing was begun, whatever the status.
    pub(crate) fn refuses(&self) -> bool {
        let code = self.error.as_ref().and_then(ServerError::code);
        self.is_session_expired() || matches!(code, Some("ID.1000" | "ID.1002"))
    }

    /// Whether the error's code says that the credentials are not, or no longer, accepted.
    pub(crate) fn is_session_expired(&self) -> bool {
        let code = self.error.as_ref().and_then(ServerError::code);
        // ZStack's session; CBR's own word, which comes as a 500; its gateway's.
        matches!(code, Some("ID.1001" | "BackupService.9998" | "APIGW.0307"))
    }
}

/// Whether a code looks like ZStack's: `SYS.1006`, `ORG_ZSTACK_10001`. A gateway's are words.
fn is_zstack_code(code: &str) -> bool {
    let ends_with_digit = code.ends_with(|c: char| c.is_ascii_digit());
    ends_with_digit
        && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-'))
}

fn error(body: &Map<String, Value>) -> Option<ServerError> {
    let code = ["code", "error_code"].into_iter().find_map(|name| text(body, name));
    let texts: Vec<Option<String>> =
        ["description", "details", "message", "error_msg"].into_iter().map(|name| text(body, name)).collect();
    if code.is_none() && texts.iter().all(Option::is_none) {
        return None;
    }
    let cause = body.get("cause").and_then(Value::as_object).and_then(error);
    Some(ServerError::new(code, texts, cause))
}

/// A field as text. The identity service has numbers for codes.
fn text(body: &Map<String, Value>, name: &str) -> Option<String> {
    match body.get(name)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
