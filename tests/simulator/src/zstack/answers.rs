//! ZStack's envelopes. None of its answers has a Content-Type (seen in a real server's answers).

use serde_json::{Map, Value, json};

use super::error_code::ErrorCode;
use super::jobs::JobOutcome;
use crate::exchange::Answer;
use crate::json::Style;
use crate::settings::{FailureStatus, Settings};

/// An answer with JSON, in the style of the settings.
pub(super) fn json(settings: &Settings, status: u16, value: &Value) -> Answer {
    let style = Style { escapes: settings.unicode_escapes, floats: settings.numbers_as_floats };
    Answer::json(status, value, style)
}

/// `{"error":{…}}`, with 503 unless the settings say otherwise.
pub(super) fn failure(settings: &Settings, error: &ErrorCode) -> Answer {
    let status = match settings.failure_status {
        FailureStatus::ServiceUnavailable => 503,
        FailureStatus::Ok => 200,
    };
    json(settings, status, &json!({ "error": error.to_json() }))
}

/// How an operation ended: 200 with `{"inventory":{…}}`, 200 with `{}` if it was only validated, or the failure.
/// `error` and `inventory` never come together.
pub(super) fn outcome(settings: &Settings, outcome: &JobOutcome) -> Answer {
    match outcome {
        JobOutcome::Inventory(inventory) => {
            json(settings, 200, &json!({ "inventory": inventory.to_json(settings.timestamps) }))
        }
        JobOutcome::Validated => json(settings, 200, &Value::Object(Map::new())),
        JobOutcome::Failed(error) => failure(settings, error),
    }
}

/// 202 with `{}`: the job is running.
pub(super) fn running(settings: &Settings) -> Answer {
    json(settings, 202, &Value::Object(Map::new()))
}

/// 202 with the job's address at the server's own management address, and how long the operation may take.
pub(super) fn accepted(settings: &Settings, job: &str, timeout_milliseconds: u64) -> Answer {
    let location = format!("{}/v1/api-jobs/{job}", settings.location_base);
    json(settings, 202, &json!({ "location": location, "apiTimeout": timeout_milliseconds }))
}
