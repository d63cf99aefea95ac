//! The state that a simulator starts with unless it is given another one: what the pages' examples and the requests
//! captured from other vendors' clients name, and a few resources of which one thing is different.

use std::collections::BTreeSet;

use serde_json::Map;

use crate::cbr::{BackupKind, CbrBackup, Token};
use crate::state::State;
use crate::timestamp::Timestamp;
use crate::zstack::{
    DatabaseBackup, ImageStoreBackup, Inventory, Job, JobOutcome, Session, StorageRef, Volume, VolumeBackup,
};

/// The ZStack session of the captured requests.
pub const SESSION: &str = "5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c";
/// Id of a ZStack access key (feature `access-keys`). The key of the vendor's manual has no id there; this is ours.
pub const ACCESS_KEY_ID: &str = "kUrkjyyzYsXHkxkFvfIo";
/// Secret of the ZStack access key, from the vendor's manual.
pub const ACCESS_KEY_SECRET: &str = "8heumeFTvIeZxkTGfEYvVi9qVVPd9ffQNDALSPPb";
/// The volume of the page of RecoverDataVolume, in status `Deleted`, so that it can be recovered.
pub const VOLUME: &str = "70820c8ead5144ebaf603b88e63a4d17";
/// A volume in status `Ready`: recovering it fails.
pub const READY_VOLUME: &str = "b91250390732348689211459223892f0";
/// The volume backup of the page of RecoverBackupFromImageStoreBackupStorage.
pub const VOLUME_BACKUP: &str = "db84847f4bd13c3399a45241a722ce80";
/// The database backup of the page of SyncDatabaseBackupFromImageStoreBackupStorage.
pub const DATABASE_BACKUP: &str = "c04683f1c53039d1bb0b0f0b601b5a5b";
/// The source backup storage of the captured requests.
pub const SOURCE_BACKUP_STORAGE: &str = "11111111111111111111111111111111";
/// The destination backup storage of the captured requests.
pub const DESTINATION_BACKUP_STORAGE: &str = "22222222222222222222222222222222";
/// The image store of the captured request, as the value of `url` before it is encoded for a query.
pub const IMAGE_STORE: &str = "ssh://root:p%40ss@10.0.0.1:22/zstack_bs";
/// The finished job that a captured request asks for.
pub const JOB: &str = "0123456789abcdef0123456789abcdef";
/// A CBR token for [`PROJECT`].
pub const TOKEN: &str = "MIIEsampletokenOfTheSimulator0123456789";
/// Id of a CBR access key for [`PROJECT`]; its signatures are not verified.
pub const CBR_ACCESS_KEY: &str = "SAMPLEACCESSKEY00001";
/// The CBR project of the page.
pub const PROJECT: &str = "f841e01fd2b14e7fa41b6ae7aa6b0594";
/// The CBR backup of the page and of the captured requests. They restore it to a server and to a disk, so it takes both.
pub const BACKUP: &str = "a5200268-74a5-4806-acc6-95793ab0228b";
/// The backup of a disk that belongs to [`BACKUP`] and to [`SERVER_BACKUP`].
pub const DISK_OF_BACKUP: &str = "5d822633-2bbf-4af8-a16e-5ab1c7705235";
/// A CBR backup of a server, which takes nothing but a server and mappings.
pub const SERVER_BACKUP: &str = "0b5a9d3e-5f0c-4f43-9d8f-6a3c1f1d2e01";
/// A CBR backup of a disk, which takes nothing but a disk.
pub const DISK_BACKUP: &str = "0b5a9d3e-5f0c-4f43-9d8f-6a3c1f1d2e02";
/// The server of the page.
pub const SERVER: &str = "94eba8b2-acc9-4d82-badc-127144cc5526";
/// The disk of the page.
pub const DISK: &str = "eccbcfdd-f843-4bbb-b2c0-a5ce861f9376";

impl State {
    /// What the pages' examples and the captured requests name. See the constants of [`crate::sample`].
    #[must_use]
    pub fn sample() -> Self {
        let mut state = Self::default();
        fill_zstack(&mut state);
        fill_cbr(&mut state);
        state
    }
}

fn fill_zstack(state: &mut State) {
    let zstack = &mut state.zstack;
    zstack.sessions.insert(SESSION.to_owned(), Session::default());
    zstack.access_keys.insert(ACCESS_KEY_ID.to_owned(), ACCESS_KEY_SECRET.to_owned());
    for storage in [SOURCE_BACKUP_STORAGE, DESTINATION_BACKUP_STORAGE] {
        zstack.backup_storages.insert(storage.to_owned());
    }
    let volume = page_volume();
    let ready =
        Volume { uuid: READY_VOLUME.to_owned(), name: text("used-volume"), status: text("Ready"), ..volume.clone() };
    zstack.volumes.insert(ready.uuid.clone(), ready);
    let recovered = Volume { status: text("Ready"), ..volume.clone() };
    zstack.volumes.insert(volume.uuid.clone(), volume);

    let november = Some(Timestamp::new(2017, 11, 14, 22, 20, 57));
    let reference = |path: &str| StorageRef {
        backup_storage_uuid: text(SOURCE_BACKUP_STORAGE),
        install_path: text(path),
        export_url: None,
        status: text("Ready"),
        create_date: november,
        last_op_date: november,
        more: Map::new(),
    };
    let volume_backup = VolumeBackup {
        uuid: VOLUME_BACKUP.to_owned(),
        volume_uuid: text(READY_VOLUME),
        name: text("Backup-1"),
        description: text("volume backup"),
        kind: text("Root"),
        state: text("Enabled"),
        status: text("Ready"),
        size: Some(1_073_741_824),
        mode: text("full"),
        create_date: november,
        last_op_date: november,
        storage_refs: vec![reference("zstore://db84847f/270c67e3699f72ba")],
        ..VolumeBackup::default()
    };
    zstack.volume_backups.insert(volume_backup.uuid.clone(), volume_backup);
    let database_backup = DatabaseBackup {
        uuid: DATABASE_BACKUP.to_owned(),
        name: text("Backup-1"),
        description: text("database backup"),
        state: text("Enabled"),
        status: text("Ready"),
        size: Some(1_048_576),
        create_date: november,
        last_op_date: november,
        storage_refs: vec![reference("zstore://c04683f1/78b6afbc9da73932")],
        ..DatabaseBackup::default()
    };
    zstack.database_backups.insert(database_backup.uuid.clone(), database_backup);
    let listed = ImageStoreBackup {
        name: text("Backup-1"),
        version: text("4.8.0"),
        install_path: text("zstore://c04683f1/78b6afbc9da73932"),
        md5: text("270c67e3699f72ba270c67e3699f72ba"),
        kind: text("singleDatabase"),
        size: Some(7_995_392),
        created_time: november,
        more: Map::new(),
    };
    zstack.image_stores.insert(IMAGE_STORE.to_owned(), vec![listed]);
    let recovered = JobOutcome::Inventory(Box::new(Inventory::Volume(recovered)));
    let job = Job::new(crate::Operation::RecoverDataVolume, VOLUME, recovered);
    zstack.jobs.insert(JOB.to_owned(), job);
}

fn page_volume() -> Volume {
    let may = Some(Timestamp::new(2017, 5, 11, 13, 22, 48));
    Volume {
        uuid: VOLUME.to_owned(),
        name: text("test-volume"),
        primary_storage_uuid: text("abdb1c3460094359baa202c481633470"),
        vm_instance_uuid: text("2f0d6191cc5d452cbbe83284f750c8dd"),
        disk_offering_uuid: text("e3526a708a2845f49f2d09404bf0b67d"),
        root_image_uuid: text("283433d3b0654d16a63f1add9abad3e6"),
        install_path: text(
            "/Cloud_ps/rootVolumes/acct-36c27e8ff05c4780bf6d2fa65700f22e/\
             vol-70820c8ead5144ebaf603b88e63a4d17/70820c8ead5144ebaf603b88e63a4d17.qcow2",
        ),
        kind: text("Root"),
        format: text("qcow2"),
        size: Some(107_374_182_400),
        actual_size: Some(21_474_836_480),
        device_id: Some(0),
        state: text("Enabled"),
        status: text("Deleted"),
        create_date: may,
        last_op_date: may,
        is_shareable: Some(false),
        ..Volume::default()
    }
}

fn fill_cbr(state: &mut State) {
    let cbr = &mut state.cbr;
    cbr.tokens.insert(TOKEN.to_owned(), Token { project: PROJECT.to_owned(), expires_at: None });
    cbr.access_keys.insert(CBR_ACCESS_KEY.to_owned(), PROJECT.to_owned());
    cbr.servers.insert(SERVER.to_owned());
    cbr.disks.insert(DISK.to_owned());
    cbr.resources.insert(SERVER.to_owned());
    let disks = || BTreeSet::from([DISK_OF_BACKUP.to_owned()]);
    let backups = [
        (BACKUP, BackupKind::Any, disks()),
        (SERVER_BACKUP, BackupKind::Server, disks()),
        (DISK_BACKUP, BackupKind::Disk, BTreeSet::new()),
    ];
    for (id, kind, disks) in backups {
        cbr.backups.insert(id.to_owned(), CbrBackup { project: PROJECT.to_owned(), kind, disks });
    }
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}
