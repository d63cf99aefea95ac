//! Restoring a backup.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{error, json_answer};
use crate::clock::milliseconds;
use crate::exchange::Answer;
use crate::execution::Execution;
use crate::operation::Operation;
use crate::settings::AcceptedBody;
use crate::turn::Turn;

/// A CBR token. [`crate::Simulator::new_token`] makes one that is good now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The project that it is for.
    pub project: String,
    /// When it expires, in milliseconds since 1970. `None`: no call has used it yet, and its time has not begun.
    pub expires_at: Option<u64>,
}

/// A CBR backup. Make it with `..CbrBackup::default()` at its end: fields may come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CbrBackup {
    /// The project that it belongs to.
    pub project: String,
    /// What it is a backup of, which decides what a request to restore it must name.
    pub kind: BackupKind,
    /// Ids of the backups of its disks: `mappings[].backup_id`.
    pub disks: BTreeSet<String>,
}

/// What a backup is a backup of. A client does not see it (the vendor's own definition).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum BackupKind {
    /// Takes whatever a request names, as long as it names a target.
    #[default]
    Any,
    /// A whole server: `server_id` and `mappings` must be there.
    Server,
    /// A disk: `volume_id` must be there, and mappings are ignored.
    Disk,
    /// Another resource: `resource_id` must be there.
    Resource,
}

/// A restore that was accepted. Make it with `..Restore::default()` at its end: fields may come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Restore {
    /// Its id, which not every cloud hands out.
    pub job_id: String,
    /// The backup that is restored.
    pub backup: String,
    /// The servers, disks and other resources that are overwritten.
    pub targets: BTreeSet<String>,
    /// When it is over, in milliseconds since 1970.
    pub ends_at: u64,
}

/// Accepts a restore: 202 says that it was accepted, not that it is finished. It is counted now.
pub(super) fn accept(turn: &mut Turn<'_>, project: &str, backup_id: &str) -> Result<Answer, Answer> {
    let Ok(body) = serde_json::from_slice::<Value>(&turn.request.body) else {
        return Err(invalid("The request body is not valid JSON"));
    };
    let Some(restore) = body.get("restore").filter(|restore| restore.is_object()) else {
        return Err(invalid("restore is required, and must be an object"));
    };
    let Some(backup) = turn.state.cbr.backups.get(backup_id).filter(|backup| backup.project == project) else {
        return Err(error(404, "BackupService.0404", &format!("Backup {backup_id} could not be found")));
    };
    let targets = targets(turn, backup, restore)?;

    let now = turn.now;
    turn.state.cbr.restores.retain(|running| running.ends_at > now);
    let busy = |running: &Restore| running.backup == backup_id || !running.targets.is_disjoint(&targets);
    if turn.state.cbr.restores.iter().any(busy) {
        let message = format!("Backup {backup_id} or its target is already being restored");
        return Err(error(400, "BackupService.2010", &message));
    }

    let execution =
        Execution { operation: Operation::RestoreBackup, resource: backup_id.to_owned(), job: None, at: now };
    turn.state.carried_out(execution, &targets);
    let job_id = turn.state.make_id();
    let ends_at = now.saturating_add(milliseconds(turn.settings.restore_time));
    let restore = Restore { job_id: job_id.clone(), backup: backup_id.to_owned(), targets, ends_at };
    turn.state.cbr.restores.push(restore);
    Ok(match turn.settings.accepted_body {
        AcceptedBody::Empty => Answer::plain(202, ""),
        AcceptedBody::EmptyObject => json_answer(202, &json!({})),
        AcceptedBody::JobId => json_answer(202, &json!({ "job_id": job_id })),
    })
}

/// What a request overwrites: everything that it names has to be of the right type and to exist, and what the backup's
/// kind needs has to be named.
fn targets(turn: &Turn<'_>, backup: &CbrBackup, restore: &Value) -> Result<BTreeSet<String>, Answer> {
    let cbr = &turn.state.cbr;
    let server = text(restore, "server_id")?;
    let disk = text(restore, "volume_id")?;
    let resource = text(restore, "resource_id")?;
    if restore.get("power_on").is_some_and(|power_on| !power_on.is_boolean()) {
        return Err(invalid("power_on must be a boolean"));
    }
    if let Some(details) = restore.get("details") {
        let path = text(details, "destination_path")?.unwrap_or_default();
        if !(1..=255).contains(&path.chars().count()) {
            return Err(invalid("details.destination_path must be 1 to 255 characters"));
        }
    }
    let mappings = mappings(restore)?;

    let missing = match backup.kind {
        BackupKind::Any if server.is_none() && disk.is_none() && resource.is_none() => Some("a target"),
        BackupKind::Server if server.is_none() => Some("server_id"),
        BackupKind::Server if mappings.is_empty() => Some("mappings"),
        BackupKind::Disk if disk.is_none() => Some("volume_id"),
        BackupKind::Resource if resource.is_none() => Some("resource_id"),
        _ => None,
    };
    if let Some(missing) = missing {
        return Err(invalid(&format!("restoring this backup needs {missing}")));
    }

    let mut targets = BTreeSet::new();
    let mut add = |kind: &str, id: Option<String>, known: &BTreeSet<String>| match id {
        Some(id) if !known.contains(&id) => Err(invalid(&format!("{kind} {id} could not be found"))),
        Some(id) => {
            targets.insert(id);
            Ok(())
        }
        None => Ok(()),
    };
    add("server", server, &cbr.servers)?;
    add("volume", disk, &cbr.disks)?;
    add("resource", resource, &cbr.resources)?;
    if backup.kind != BackupKind::Disk {
        for (child, disk) in mappings {
            if !backup.disks.contains(&child) {
                return Err(invalid(&format!("backup {child} is none of the backup's disk backups")));
            }
            add("volume", Some(disk), &cbr.disks)?;
        }
    }
    Ok(targets)
}

/// The pairs of disk backup and disk. `[]` is as good as none.
fn mappings(restore: &Value) -> Result<Vec<(String, String)>, Answer> {
    let mappings = match restore.get("mappings") {
        None => return Ok(Vec::new()),
        Some(Value::Array(mappings)) => mappings,
        Some(_) => return Err(invalid("mappings must be a list")),
    };
    mappings
        .iter()
        .map(|mapping| match (text(mapping, "backup_id")?, text(mapping, "volume_id")?) {
            (Some(backup), Some(disk)) => Ok((backup, disk)),
            _ => Err(invalid("a mapping needs backup_id and volume_id")),
        })
        .collect()
}

fn text(fields: &Value, name: &str) -> Result<Option<String>, Answer> {
    match fields.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(invalid(&format!("{name} must be a string"))),
    }
}

fn invalid(message: &str) -> Answer {
    error(400, "BackupService.9900", message)
}
