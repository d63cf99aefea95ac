//! ZStack Cloud, as far as the four operations and the query of their jobs go.
//!
//! A request passes through the same stations, in the same order, as in the server's own source: path, method, body
//! and action key, credentials, types, headers, and only then the operation itself. Where two things are wrong with a
//! request, the first station decides the answer.
//!
//! An operation is carried out when its PUT is accepted; its [`Job`] only shows the result later. So an execution is
//! counted, and the resource changed, even if nobody ever asks for the job.
//!
//! # Resources
//!
//! The types here are what the servers remember: [`crate::ZStackState`] holds them. Resources have the fields that the
//! server sends: those of the pages, and where the docs say "SDK" those that only the inventory classes of the vendor's SDK
//! have. The docs of a field begin with its name on the wire. `None` is a field that the server leaves out. What is in
//! `more` is sent as it is, so that a test can play a newer server.
//!
//! ```
//! use simulator::zstack::Volume;
//!
//! // With `default()` at the end, since fields may come.
//! let deleted = Volume { uuid: "0a1b".to_owned(), status: Some("Deleted".to_owned()), ..Volume::default() };
//! ```

mod actions;
mod answers;
mod credentials;
mod dispatch;
mod error_code;
mod image_store;
mod inventory;
mod jobs;

use crate::exchange::Answer;
use crate::operation::{self, Operation, Route};
use crate::turn::Turn;

pub use credentials::Session;
pub use error_code::ErrorCode;
pub use inventory::{DatabaseBackup, ImageStoreBackup, Inventory, StorageRef, Volume, VolumeBackup};
pub use jobs::{Job, JobOutcome, JobProgress};

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
