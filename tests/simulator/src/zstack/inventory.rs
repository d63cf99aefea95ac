//! ZStack's resources, with the fields that the server sends of them. How their docs are to be read stands in the docs of
//! the module above.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::timestamp::{Timestamp, TimestampForm};

/// A volume: `inventory` of RecoverDataVolume.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Volume {
    /// `uuid`: 32 hexadecimal digits.
    pub uuid: String,
    /// `name`.
    pub name: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `primaryStorageUuid`: the primary storage that it is on.
    pub primary_storage_uuid: Option<String>,
    /// `vmInstanceUuid`: the VM instance that it is attached to.
    pub vm_instance_uuid: Option<String>,
    /// `lastVmInstanceUuid`: the VM instance that it was attached to last (SDK).
    pub last_vm_instance_uuid: Option<String>,
    /// `diskOfferingUuid`: the disk offering.
    pub disk_offering_uuid: Option<String>,
    /// `rootImageUuid`: the root image.
    pub root_image_uuid: Option<String>,
    /// `installPath`: where it is installed.
    pub install_path: Option<String>,
    /// `type`: Root, Data, Memory or Cache.
    pub kind: Option<String>,
    /// `format`: that of the data, for example `qcow2`.
    pub format: Option<String>,
    /// `size`, in bytes.
    pub size: Option<i64>,
    /// `actualSize`: what it takes, in bytes.
    pub actual_size: Option<i64>,
    /// `deviceId`: a number.
    pub device_id: Option<i32>,
    /// `state`: Enabled or Disabled.
    pub state: Option<String>,
    /// `status`: Creating, Ready, NotInstantiated, Deleted or Migrating. Only a volume that is `Deleted` can be recovered
    /// (server source).
    pub status: Option<String>,
    /// `volumeQos`: quality of service, as text (SDK).
    pub volume_qos: Option<String>,
    /// `protocol` (SDK).
    pub protocol: Option<String>,
    /// `createDate`: when it was created.
    pub create_date: Option<Timestamp>,
    /// `lastOpDate`: when the last operation on it took place.
    pub last_op_date: Option<Timestamp>,
    /// `lastDetachDate`: when it was detached last (SDK).
    pub last_detach_date: Option<Timestamp>,
    /// `lastAttachDate`: when it was attached last (SDK).
    pub last_attach_date: Option<Timestamp>,
    /// `isShareable`: whether it can be shared.
    pub is_shareable: Option<bool>,
    /// Further fields, by their names on the wire.
    pub more: Map<String, Value>,
}

/// A backup of a volume: `inventory` of RecoverBackupFromImageStoreBackupStorage.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct VolumeBackup {
    /// `uuid`: 32 hexadecimal digits.
    pub uuid: String,
    /// `volumeUuid`: the volume that was backed up.
    pub volume_uuid: Option<String>,
    /// `vmInstanceUuid`: the VM instance of the volume (SDK).
    pub vm_instance_uuid: Option<String>,
    /// `groupUuid`: the group that the backup belongs to (SDK).
    pub group_uuid: Option<String>,
    /// `name`.
    pub name: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `type`: that of the volume.
    pub kind: Option<String>,
    /// `mode`: full, incremental or auto (SDK).
    pub mode: Option<String>,
    /// `state`, for example `Enabled`.
    pub state: Option<String>,
    /// `status`: whether it can be used, for example `Ready`.
    pub status: Option<String>,
    /// `size`, in bytes.
    pub size: Option<i64>,
    /// `metadata`, as text.
    pub metadata: Option<String>,
    /// `createDate`: when it was created.
    pub create_date: Option<Timestamp>,
    /// `lastOpDate`: when it was changed last.
    pub last_op_date: Option<Timestamp>,
    /// `backupStorageRefs`: the backup storages that hold it; left out if there are none.
    pub storage_refs: Vec<StorageRef>,
    /// Further fields, by their names on the wire.
    pub more: Map<String, Value>,
}

/// A backup of a database: `inventory` of SyncDatabaseBackupFromImageStoreBackupStorage.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DatabaseBackup {
    /// `uuid`: 32 hexadecimal digits.
    pub uuid: String,
    /// `name`.
    pub name: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `state`, for example `Enabled`.
    pub state: Option<String>,
    /// `status`, for example `Ready`.
    pub status: Option<String>,
    /// `size`, in bytes.
    pub size: Option<i64>,
    /// `metadata`, as text.
    pub metadata: Option<String>,
    /// `createDate`: when it was created.
    pub create_date: Option<Timestamp>,
    /// `lastOpDate`: when it was changed last.
    pub last_op_date: Option<Timestamp>,
    /// `backupStorageRefs`: the backup storages that hold it; left out if there are none.
    pub storage_refs: Vec<StorageRef>,
    /// Further fields, by their names on the wire.
    pub more: Map<String, Value>,
}

/// A backup in one backup storage: an item of `backupStorageRefs`. The uuid of the backup is added to it when it is sent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StorageRef {
    /// `backupStorageUuid`: the backup storage.
    pub backup_storage_uuid: Option<String>,
    /// `installPath`: where the backup is in it.
    pub install_path: Option<String>,
    /// `exportUrl`: where the backup is exported to. For backups of databases only.
    pub export_url: Option<String>,
    /// `status`: that of the backup in this backup storage, for example `Ready`.
    pub status: Option<String>,
    /// `createDate`: when it was created.
    pub create_date: Option<Timestamp>,
    /// `lastOpDate`: when it was changed last.
    pub last_op_date: Option<Timestamp>,
    /// Further fields, by their names on the wire.
    pub more: Map<String, Value>,
}

/// A database backup in an image store: an item of `backups`, which no page shows (SDK).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImageStoreBackup {
    /// `name`.
    pub name: Option<String>,
    /// `version`, for example `4.8.0`.
    pub version: Option<String>,
    /// `installPath`: where the backup is in the store.
    pub install_path: Option<String>,
    /// `md5`: the MD5 sum of the backup.
    pub md5: Option<String>,
    /// `type`: singleDatabase or multiDatabase.
    pub kind: Option<String>,
    /// `size`, in bytes.
    pub size: Option<i64>,
    /// `createdTime`: when it was created.
    pub created_time: Option<Timestamp>,
    /// Further fields, by their names on the wire.
    pub more: Map<String, Value>,
}

/// The resource that a finished job answers with, as it was when the operation was carried out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Inventory {
    /// From RecoverDataVolume.
    Volume(Volume),
    /// From RecoverBackupFromImageStoreBackupStorage.
    VolumeBackup(VolumeBackup),
    /// From SyncDatabaseBackupFromImageStoreBackupStorage.
    DatabaseBackup(DatabaseBackup),
}

impl Inventory {
    pub(super) fn to_json(&self, form: TimestampForm) -> Value {
        match self {
            Self::Volume(volume) => volume.to_json(form),
            Self::VolumeBackup(backup) => backup.to_json(form),
            Self::DatabaseBackup(backup) => backup.to_json(form),
        }
    }
}

impl Volume {
    fn to_json(&self, form: TimestampForm) -> Value {
        Fields::new(&self.more, form)
            .with("uuid", Some(self.uuid.clone()))
            .with("name", self.name.clone())
            .with("description", self.description.clone())
            .with("primaryStorageUuid", self.primary_storage_uuid.clone())
            .with("vmInstanceUuid", self.vm_instance_uuid.clone())
            .with("lastVmInstanceUuid", self.last_vm_instance_uuid.clone())
            .with("diskOfferingUuid", self.disk_offering_uuid.clone())
            .with("rootImageUuid", self.root_image_uuid.clone())
            .with("installPath", self.install_path.clone())
            .with("type", self.kind.clone())
            .with("format", self.format.clone())
            .with("size", self.size)
            .with("actualSize", self.actual_size)
            .with("deviceId", self.device_id)
            .with("state", self.state.clone())
            .with("status", self.status.clone())
            .with("volumeQos", self.volume_qos.clone())
            .with("protocol", self.protocol.clone())
            .time("createDate", self.create_date)
            .time("lastOpDate", self.last_op_date)
            .time("lastDetachDate", self.last_detach_date)
            .time("lastAttachDate", self.last_attach_date)
            .with("isShareable", self.is_shareable)
            .done()
    }
}

impl VolumeBackup {
    fn to_json(&self, form: TimestampForm) -> Value {
        Fields::new(&self.more, form)
            .with("uuid", Some(self.uuid.clone()))
            .with("volumeUuid", self.volume_uuid.clone())
            .with("vmInstanceUuid", self.vm_instance_uuid.clone())
            .with("groupUuid", self.group_uuid.clone())
            .with("name", self.name.clone())
            .with("description", self.description.clone())
            .with("type", self.kind.clone())
            .with("mode", self.mode.clone())
            .with("state", self.state.clone())
            .with("status", self.status.clone())
            .with("size", self.size)
            .with("metadata", self.metadata.clone())
            .time("createDate", self.create_date)
            .time("lastOpDate", self.last_op_date)
            .refs(&self.storage_refs, "volumeBackupUuid", &self.uuid)
            .done()
    }
}

impl DatabaseBackup {
    fn to_json(&self, form: TimestampForm) -> Value {
        Fields::new(&self.more, form)
            .with("uuid", Some(self.uuid.clone()))
            .with("name", self.name.clone())
            .with("description", self.description.clone())
            .with("state", self.state.clone())
            .with("status", self.status.clone())
            .with("size", self.size)
            .with("metadata", self.metadata.clone())
            .time("createDate", self.create_date)
            .time("lastOpDate", self.last_op_date)
            .refs(&self.storage_refs, "databaseBackupUuid", &self.uuid)
            .done()
    }
}

impl StorageRef {
    fn to_json(&self, form: TimestampForm, owner: &str, owner_uuid: &str) -> Value {
        Fields::new(&self.more, form)
            .with(owner, Some(owner_uuid.to_owned()))
            .with("backupStorageUuid", self.backup_storage_uuid.clone())
            .with("installPath", self.install_path.clone())
            .with("exportUrl", self.export_url.clone())
            .with("status", self.status.clone())
            .time("createDate", self.create_date)
            .time("lastOpDate", self.last_op_date)
            .done()
    }
}

impl ImageStoreBackup {
    pub(super) fn to_json(&self, form: TimestampForm) -> Value {
        Fields::new(&self.more, form)
            .with("name", self.name.clone())
            .with("version", self.version.clone())
            .with("installPath", self.install_path.clone())
            .with("md5", self.md5.clone())
            .with("type", self.kind.clone())
            .with("size", self.size)
            .time("createdTime", self.created_time)
            .done()
    }
}

/// The fields of an object in the making.
struct Fields {
    fields: Map<String, Value>,
    form: TimestampForm,
}

impl Fields {
    fn new(more: &Map<String, Value>, form: TimestampForm) -> Self {
        Self { fields: more.clone(), form }
    }

    /// Adds a field; not if it is `None`.
    fn with(mut self, name: &str, value: Option<impl Into<Value>>) -> Self {
        if let Some(value) = value {
            self.fields.insert(name.to_owned(), value.into());
        }
        self
    }

    fn time(self, name: &str, value: Option<Timestamp>) -> Self {
        let text = value.map(|time| time.text(self.form));
        self.with(name, text)
    }

    fn refs(self, refs: &[StorageRef], owner: &str, owner_uuid: &str) -> Self {
        let refs: Vec<Value> = refs.iter().map(|one| one.to_json(self.form, owner, owner_uuid)).collect();
        self.with("backupStorageRefs", (!refs.is_empty()).then_some(refs))
    }

    fn done(self) -> Value {
        Value::Object(self.fields)
    }
}
