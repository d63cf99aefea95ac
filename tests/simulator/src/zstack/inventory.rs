//! ZStack's resources, with the fields that the server sends of them (the pages, and the inventory classes of the
//! vendor's SDK). `None` is a field that the server leaves out. `more` holds further fields by their names on the wire;
//! they are sent as they are, so that a test can play a newer server.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::timestamp::{Timestamp, TimestampForm};

/// A volume. Sizes are in bytes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the fields are the API's own, in its own words")]
pub struct Volume {
    pub uuid: String,
    pub name: Option<String>,
    pub description: Option<String>,
    pub primary_storage_uuid: Option<String>,
    pub vm_instance_uuid: Option<String>,
    pub last_vm_instance_uuid: Option<String>,
    pub disk_offering_uuid: Option<String>,
    pub root_image_uuid: Option<String>,
    pub install_path: Option<String>,
    /// `type`: Root, Data, Memory, Cache.
    pub kind: Option<String>,
    pub format: Option<String>,
    pub size: Option<i64>,
    pub actual_size: Option<i64>,
    pub device_id: Option<i32>,
    /// Enabled or Disabled.
    pub state: Option<String>,
    /// Creating, Ready, NotInstantiated, Deleted, Migrating. Only a volume that is `Deleted` can be recovered.
    pub status: Option<String>,
    pub volume_qos: Option<String>,
    pub protocol: Option<String>,
    pub create_date: Option<Timestamp>,
    pub last_op_date: Option<Timestamp>,
    pub last_detach_date: Option<Timestamp>,
    pub last_attach_date: Option<Timestamp>,
    pub is_shareable: Option<bool>,
    pub more: Map<String, Value>,
}

/// A backup of a volume. Sizes are in bytes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the fields are the API's own, in its own words")]
pub struct VolumeBackup {
    pub uuid: String,
    pub volume_uuid: Option<String>,
    pub vm_instance_uuid: Option<String>,
    pub group_uuid: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    /// `type`, that of the volume.
    pub kind: Option<String>,
    /// full, incremental or auto.
    pub mode: Option<String>,
    pub state: Option<String>,
    pub status: Option<String>,
    pub size: Option<i64>,
    pub metadata: Option<String>,
    pub create_date: Option<Timestamp>,
    pub last_op_date: Option<Timestamp>,
    /// `backupStorageRefs`; left out if there are none.
    pub storage_refs: Vec<StorageRef>,
    pub more: Map<String, Value>,
}

/// A backup of a database. Sizes are in bytes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the fields are the API's own, in its own words")]
pub struct DatabaseBackup {
    pub uuid: String,
    pub name: Option<String>,
    pub description: Option<String>,
    pub state: Option<String>,
    pub status: Option<String>,
    pub size: Option<i64>,
    pub metadata: Option<String>,
    pub create_date: Option<Timestamp>,
    pub last_op_date: Option<Timestamp>,
    /// `backupStorageRefs`; left out if there are none.
    pub storage_refs: Vec<StorageRef>,
    pub more: Map<String, Value>,
}

/// A backup in one backup storage.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the fields are the API's own, in its own words")]
pub struct StorageRef {
    pub backup_storage_uuid: Option<String>,
    pub install_path: Option<String>,
    /// For backups of databases only.
    pub export_url: Option<String>,
    pub status: Option<String>,
    pub create_date: Option<Timestamp>,
    pub last_op_date: Option<Timestamp>,
    pub more: Map<String, Value>,
}

/// A database backup in an image store: an item of `backups`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the fields are the API's own, in its own words")]
pub struct ImageStoreBackup {
    pub name: Option<String>,
    pub version: Option<String>,
    pub install_path: Option<String>,
    pub md5: Option<String>,
    /// `type`: singleDatabase or multiDatabase.
    pub kind: Option<String>,
    /// In bytes.
    pub size: Option<i64>,
    pub created_time: Option<Timestamp>,
    pub more: Map<String, Value>,
}

/// The resource that a finished job answers with, as it was when the operation was carried out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
