//! What the operations send, in plain serde.

use serde::Serialize;

/// Parameters of the list of database backups.
#[derive(Debug, Clone, Copy, Default)]
pub struct DatabaseBackupsOf<'a> {
    /// `ssh://user:password@host:22/path`.
    pub url: &'a str,
    pub registry_port: Option<u16>,
    pub system_tags: &'a [&'a str],
    pub user_tags: &'a [&'a str],
}

impl<'a> DatabaseBackupsOf<'a> {
    /// The query.
    pub fn pairs(&self) -> Vec<(&'static str, std::borrow::Cow<'a, str>)> {
        let mut pairs = Vec::new();
        pairs.extend(self.registry_port.map(|port| ("registryPort", port.to_string().into())));
        pairs.extend(self.system_tags.iter().map(|tag| ("systemTags", (*tag).into())));
        pairs.push(("url", self.url.into()));
        pairs.extend(self.user_tags.iter().map(|tag| ("userTags", (*tag).into())));
        pairs
    }
}

/// An object without fields.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Nothing {}

/// Where a backup is copied from, and where to.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Storages<'a> {
    pub dst_backup_storage_uuid: &'a str,
    pub src_backup_storage_uuid: &'a str,
}

/// Body of RecoverDataVolume.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Recover<'a> {
    pub recover_data_volume: Nothing,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub system_tags: &'a [&'a str],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub user_tags: &'a [&'a str],
}

/// Body of RecoverBackupFromImageStoreBackupStorage.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RecoverBackup<'a> {
    pub recover_backup_from_image_store_backup_storage: Storages<'a>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub system_tags: &'a [&'a str],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub user_tags: &'a [&'a str],
}

/// Body of SyncDatabaseBackupFromImageStoreBackupStorage.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncBackup<'a> {
    pub sync_database_backup_from_image_store_backup_storage: Storages<'a>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub system_tags: &'a [&'a str],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub user_tags: &'a [&'a str],
}

/// Body of RestoreBackup.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct RestoreBody<'a> {
    pub restore: &'a Restore<'a>,
}

/// What to restore, and where to.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Restore<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<RestoreDetails<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub mappings: &'a [Mapping<'a>],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub power_on: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volume_id: Option<&'a str>,
}

/// Where in the resource the data goes.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct RestoreDetails<'a> {
    pub destination_path: &'a str,
}

/// One disk of a server, and the backup that it is restored from.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Mapping<'a> {
    pub backup_id: &'a str,
    pub volume_id: &'a str,
}
