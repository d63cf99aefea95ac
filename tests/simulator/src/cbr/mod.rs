//! Cloud Backup and Recovery, as far as restoring a backup goes, and the gateway in front of it.
//!
//! Of CBR's error codes two are known for certain: `BackupService.2010` (already being restored, 400) and
//! `BackupService.9998` (authentication failed, 500). The others here have the service's shape and status, and numbers
//! of this simulator's own.
//!
//! The types here are what the service remembers: [`crate::CbrState`] holds them.

mod gateway;
mod restore;

use serde_json::{Value, json};

use crate::exchange::Answer;
use crate::json::Style;
use crate::operation::Route;
use crate::turn::Turn;

pub use restore::{BackupKind, CbrBackup, Restore, Token};

const STYLE: Style = Style { escapes: false, floats: false };

/// Answers a request to a path below `/v3`. Each answer has an `X-Request-Id`.
pub(crate) fn answer(mut turn: Turn<'_>) -> Answer {
    let request_id = turn.state.make_id();
    let answer = answer_or_refuse(&mut turn, &request_id).unwrap_or_else(|refusal| refusal);
    answer.with_header("X-Request-Id", request_id)
}

/// `Err` holds the answer to a request that was refused on its way.
fn answer_or_refuse(turn: &mut Turn<'_>, request_id: &str) -> Result<Answer, Answer> {
    let Some(route) = Route::of(&turn.request.path) else {
        return Err(gateway::no_such_path(request_id));
    };
    if turn.request.method != route.operation.method() {
        return Err(gateway::wrong_method(request_id));
    }
    let [project, backup] = &route.ids[..] else {
        return Err(gateway::no_such_path(request_id));
    };
    let callers_project = gateway::project_of_caller(turn, request_id)?;
    if callers_project != *project {
        return Err(error(403, "BackupService.0403", "The token is not one of this project"));
    }
    restore::accept(turn, project, backup)
}

/// An answer with JSON.
fn json_answer(status: u16, value: &Value) -> Answer {
    Answer::json(status, value, STYLE).with_type("application/json")
}

/// An error of the service itself: `{"error_code":"BackupService.NNNN","error_msg":"…"}`.
fn error(status: u16, code: &str, message: &str) -> Answer {
    json_answer(status, &json!({ "error_code": code, "error_msg": message }))
}
