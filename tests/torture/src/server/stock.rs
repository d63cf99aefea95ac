//! What the server has at the beginning: one resource for each call.

use simulator::cbr::{BackupKind, CbrBackup};
use simulator::zstack::{DatabaseBackup, ErrorCode, ImageStoreBackup, Volume, VolumeBackup};
use simulator::{Operation, State, sample};

use crate::plan::Call;

/// The sample's state with the resources of these calls.
pub(super) fn state(calls: &[Call]) -> State {
    let mut state = State::sample();
    for call in calls {
        add(&mut state, call);
        if call.in_vain && call.operation != Operation::RestoreBackup {
            let subject = match call.operation {
                Operation::GetDatabaseBackupFromImageStore => call.image_store(),
                _ => call.resource.clone(),
            };
            state.zstack.failures.insert(subject, ErrorCode::new("SYS.1000", "there is no room left"));
        }
    }
    state
}

fn add(state: &mut State, call: &Call) {
    let (zstack, uuid) = (&mut state.zstack, call.resource.clone());
    match call.operation {
        Operation::RecoverDataVolume => {
            let status = Some("Deleted".to_owned());
            zstack.volumes.insert(uuid.clone(), Volume { uuid, status, size: Some(1 << 30), ..Volume::default() });
        }
        Operation::RecoverBackupFromImageStoreBackupStorage => {
            let backup = VolumeBackup { uuid: uuid.clone(), size: Some(1 << 30), ..VolumeBackup::default() };
            zstack.volume_backups.insert(uuid, backup);
        }
        Operation::SyncDatabaseBackupFromImageStoreBackupStorage => {
            let backup = DatabaseBackup { uuid: uuid.clone(), size: Some(1 << 20), ..DatabaseBackup::default() };
            zstack.database_backups.insert(uuid, backup);
        }
        Operation::GetDatabaseBackupFromImageStore => {
            let listed = ImageStoreBackup { name: Some(uuid), size: Some(1 << 20), ..ImageStoreBackup::default() };
            zstack.image_stores.insert(call.image_store(), vec![listed]);
        }
        Operation::RestoreBackup if !call.in_vain => {
            let project = sample::PROJECT.to_owned();
            let backup = CbrBackup { project, kind: BackupKind::Disk, ..CbrBackup::default() };
            state.cbr.backups.insert(uuid, backup);
        }
        _ => {}
    }
}
