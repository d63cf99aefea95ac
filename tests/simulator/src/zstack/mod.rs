//! ZStack Cloud, as far as the four operations and the query of their jobs go.
//!
//! A request passes through the same stations, in the same order, as in the server's own source: path, method, body
//! and action key, credentials, types, headers, and only then the operation itself. Where two things are wrong with a
//! request, the first station decides the answer.

pub mod error_code;
pub mod inventory;
pub mod jobs;

mod actions;
mod answers;
mod credentials;
mod dispatch;
mod image_store;

use crate::exchange::Answer;
use crate::operation::{self, Operation, Route};
use crate::turn::Turn;

/// Answers a request to a path below `/zstack`.
pub(crate) fn answer(mut turn: Turn<'_>) -> Answer {
    answer_or_refuse(&mut turn).unwrap_or_else(|refusal| refusal)
}

/// `Err` holds the answer to a request that was refused on its way.
fn answer_or_refuse(turn: &mut Turn<'_>) -> Result<Answer, Answer> {
    jobs::purge(turn);
    let Some(route) = Route::of(&turn.request.path) else {
        return Err(Answer::plain(404, format!("no api mapping to {}", path(turn))));
    };
    if turn.request.method != route.operation.method() {
        return Err(dispatch::wrong_method(turn, route.operation));
    }
    let id = route.ids.first().map(String::as_str).unwrap_or_default();
    match route.operation {
        Operation::QueryJob => Ok(jobs::query(turn, id)),
        Operation::GetDatabaseBackupFromImageStore => image_store::list(turn),
        operation => {
            let call = dispatch::action(turn, operation)?;
            Ok(jobs::accept(turn, operation, id, &call))
        }
    }
}

/// The path as the server names it: decoded, and without `/zstack`.
fn path(turn: &Turn<'_>) -> String {
    let path = &turn.request.path;
    operation::decode(path.strip_prefix("/zstack").unwrap_or(path))
}
