//! What the three actions do: whether they are allowed, and what they change.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::dispatch::Call;
use super::error_code::ErrorCode;
use super::inventory::Inventory;
use super::jobs::JobOutcome;
use crate::execution::Execution;
use crate::operation::Operation;
use crate::turn::Turn;

/// The system tag that makes the server validate a message and do no more (server source).
const VALIDATION_ONLY: &str = "validationOnly";

/// Carries an operation out, as this job if it is one, counts it, and says how it ended.
pub(super) fn carry_out(
    turn: &mut Turn<'_>,
    operation: Operation,
    resource: &str,
    call: &Call,
    job: Option<String>,
) -> JobOutcome {
    if let Err(error) = validate(turn, operation, resource, call) {
        return JobOutcome::Failed(error);
    }
    if call.system_tags.iter().any(|tag| tag == VALIDATION_ONLY) {
        return JobOutcome::Validated;
    }
    if let Some(error) = turn.state.zstack.failures.get(resource) {
        return JobOutcome::Failed(error.clone());
    }
    match execute(turn, operation, resource) {
        Some(inventory) => {
            let execution = Execution { operation, resource: resource.to_owned(), job, at: turn.now };
            turn.state.carried_out(execution, &BTreeSet::new());
            JobOutcome::Inventory(Box::new(inventory))
        }
        None => JobOutcome::Failed(ErrorCode::not_found("resource", resource)),
    }
}

/// Whether the operation is allowed: session first, then the message's fields, then the resources that it names
/// (server source).
fn validate(turn: &mut Turn<'_>, operation: Operation, resource: &str, call: &Call) -> Result<(), ErrorCode> {
    call.caller.evaluate(turn)?;
    let zstack = &turn.state.zstack;
    match operation {
        Operation::RecoverDataVolume => {
            let volume = zstack.volumes.get(resource).ok_or_else(|| ErrorCode::not_found("volume", resource))?;
            if volume.status.as_deref() != Some("Deleted") {
                let details = format!(
                    "the volume[uuid:{resource}] is not in status of deleted. This is operation is to recover a \
                     deleted data volume"
                );
                return Err(ErrorCode::new("SYS.1006", details));
            }
            return Ok(());
        }
        Operation::RecoverBackupFromImageStoreBackupStorage => {
            check_storages(turn, call, "APIRecoverBackupFromImageStoreBackupStorageMsg")?;
            if !zstack.volume_backups.contains_key(resource) {
                return Err(ErrorCode::not_found("volume backup", resource));
            }
        }
        Operation::SyncDatabaseBackupFromImageStoreBackupStorage => {
            check_storages(turn, call, "APISyncDatabaseBackupFromImageStoreBackupStorageMsg")?;
            if !zstack.database_backups.contains_key(resource) {
                return Err(ErrorCode::not_found("database backup", resource));
            }
        }
        Operation::GetDatabaseBackupFromImageStore | Operation::QueryJob | Operation::RestoreBackup => {}
    }
    Ok(())
}

/// Both backup storages are mandatory (SYS.1007), and must exist: one that does not, the empty text included, is
/// SYS.1003 (server source, and what users of other clients report).
fn check_storages(turn: &Turn<'_>, call: &Call, message: &str) -> Result<(), ErrorCode> {
    let none = Map::new();
    let parameters = call.parameters.as_ref().unwrap_or(&none);
    let mut uuids = Vec::new();
    for field in ["srcBackupStorageUuid", "dstBackupStorageUuid"] {
        match parameters.get(field) {
            None | Some(Value::Null) => return Err(ErrorCode::missing(field, message)),
            Some(Value::String(uuid)) => uuids.push(uuid.clone()),
            // Gson takes a number or a boolean for a text.
            Some(other) => uuids.push(other.to_string()),
        }
    }
    match uuids.iter().find(|uuid| !turn.state.zstack.backup_storages.contains(*uuid)) {
        Some(unknown) => Err(ErrorCode::not_found("backup storage", unknown)),
        None => Ok(()),
    }
}

/// Changes the resource, and returns it as it then is. Which backup storage receives a backup is not known: the pages
/// contradict each other, so the references stay as they are.
fn execute(turn: &mut Turn<'_>, operation: Operation, resource: &str) -> Option<Inventory> {
    let now = Some(turn.timestamp());
    let zstack = &mut turn.state.zstack;
    match operation {
        Operation::RecoverDataVolume => {
            let volume = zstack.volumes.get_mut(resource)?;
            volume.status = Some("Ready".to_owned());
            volume.last_op_date = now;
            Some(Inventory::Volume(volume.clone()))
        }
        Operation::RecoverBackupFromImageStoreBackupStorage => {
            let backup = zstack.volume_backups.get_mut(resource)?;
            backup.last_op_date = now;
            Some(Inventory::VolumeBackup(backup.clone()))
        }
        Operation::SyncDatabaseBackupFromImageStoreBackupStorage => {
            let backup = zstack.database_backups.get_mut(resource)?;
            backup.last_op_date = now;
            Some(Inventory::DatabaseBackup(backup.clone()))
        }
        Operation::GetDatabaseBackupFromImageStore | Operation::QueryJob | Operation::RestoreBackup => None,
    }
}
