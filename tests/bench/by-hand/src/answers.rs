//! What the services answer, in plain serde: every field that the served document has, none of them required.
//!
//! Integers are `i64` and dates `String`, which is what plain serde has: the numbers of the pages' own examples
//! (`1.073741824E9`) are refused.

use serde::Deserialize;
use serde_json::{Map, Value};

/// A volume. Sizes are bytes, dates are the server's text.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VolumeInventory {
    pub actual_size: Option<i64>,
    pub create_date: Option<String>,
    pub description: Option<String>,
    pub device_id: Option<i32>,
    pub disk_offering_uuid: Option<String>,
    pub format: Option<String>,
    pub install_path: Option<String>,
    pub is_shareable: Option<bool>,
    pub last_attach_date: Option<String>,
    pub last_detach_date: Option<String>,
    pub last_op_date: Option<String>,
    pub last_vm_instance_uuid: Option<String>,
    pub name: Option<String>,
    pub primary_storage_uuid: Option<String>,
    pub protocol: Option<String>,
    pub root_image_uuid: Option<String>,
    pub size: Option<i64>,
    pub state: Option<String>,
    pub status: Option<String>,
    #[serde(rename = "type")]
    pub type_: Option<String>,
    pub uuid: Option<String>,
    pub vm_instance_uuid: Option<String>,
    pub volume_qos: Option<String>,
}

/// A backup of a volume. Its size is bytes, dates are the server's text.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VolumeBackupInventory {
    pub backup_storage_refs: Option<Vec<VolumeBackupStorageRef>>,
    pub create_date: Option<String>,
    pub description: Option<String>,
    pub group_uuid: Option<String>,
    pub last_op_date: Option<String>,
    pub metadata: Option<String>,
    pub mode: Option<String>,
    pub name: Option<String>,
    pub size: Option<i64>,
    pub state: Option<String>,
    pub status: Option<String>,
    #[serde(rename = "type")]
    pub type_: Option<String>,
    pub uuid: Option<String>,
    pub vm_instance_uuid: Option<String>,
    pub volume_uuid: Option<String>,
}

/// A backup of a volume in one backup storage.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VolumeBackupStorageRef {
    pub backup_storage_uuid: Option<String>,
    pub create_date: Option<String>,
    pub install_path: Option<String>,
    pub last_op_date: Option<String>,
    pub status: Option<String>,
    pub volume_backup_uuid: Option<String>,
}

/// A backup of the management node's database. Its size is bytes, dates are the server's text.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DatabaseBackupInventory {
    pub backup_storage_refs: Option<Vec<DatabaseBackupStorageRef>>,
    pub create_date: Option<String>,
    pub description: Option<String>,
    pub last_op_date: Option<String>,
    pub metadata: Option<String>,
    pub name: Option<String>,
    pub size: Option<i64>,
    pub state: Option<String>,
    pub status: Option<String>,
    pub uuid: Option<String>,
}

/// A database backup in one backup storage.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DatabaseBackupStorageRef {
    pub backup_storage_uuid: Option<String>,
    pub create_date: Option<String>,
    pub database_backup_uuid: Option<String>,
    pub export_url: Option<String>,
    pub install_path: Option<String>,
    pub last_op_date: Option<String>,
    pub status: Option<String>,
}

/// A database backup as an image store lists it. Its size is bytes.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DatabaseBackupRecord {
    pub created_time: Option<String>,
    pub install_path: Option<String>,
    pub md5: Option<String>,
    pub name: Option<String>,
    pub size: Option<i64>,
    #[serde(rename = "type")]
    pub type_: Option<String>,
    pub version: Option<String>,
}

/// A database backup's image as the page has it. Sizes are bytes.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DatabaseBackupImage {
    pub arch: Option<String>,
    pub author: Option<String>,
    pub blobsum: Option<String>,
    pub created: Option<String>,
    pub desc: Option<String>,
    pub id: Option<String>,
    pub name: Option<String>,
    pub parent: Option<String>,
    pub size: Option<i64>,
    pub virtualsize: Option<i64>,
}

/// Why an operation failed.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorCode {
    pub category: Option<String>,
    pub cause: Option<Box<ErrorCode>>,
    pub causes: Option<Vec<Option<Box<ErrorCode>>>>,
    pub code: Option<String>,
    pub cost: Option<String>,
    pub description: Option<String>,
    pub details: Option<String>,
    pub elaboration: Option<String>,
    pub format_args: Option<Vec<String>>,
    pub global_error_code: Option<String>,
    pub http_status: Option<i32>,
    pub localized_message: Option<String>,
    pub location: Option<String>,
    pub message: Option<String>,
    pub message_key: Option<String>,
    pub opaque: Option<Map<String, Value>>,
    pub params: Option<Map<String, Value>>,
    pub retryable: Option<bool>,
}

/// Answer of an operation that returns what it made, or an error under a 200.
#[derive(Debug, Clone, Deserialize)]
pub struct Inventory<T> {
    pub error: Option<ErrorCode>,
    pub inventory: Option<T>,
}

/// Answer of the list of database backups.
#[derive(Debug, Clone, Deserialize)]
pub struct DatabaseBackups {
    pub error: Option<ErrorCode>,
    pub backups: Option<Vec<DatabaseBackupRecord>>,
    pub infos: Option<Vec<DatabaseBackupImage>>,
    pub success: Option<bool>,
}

/// Answer of CBR to a restore that it has accepted.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct AcceptedRestore {
    pub job_id: Option<String>,
}
