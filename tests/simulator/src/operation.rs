//! The operations that a request can mean, as far as its method and path tell.

use serde::{Deserialize, Serialize};

/// The operations that the simulator plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Operation {
    /// PUT `/zstack/v1/volume-backups/{uuid}/actions`.
    RecoverBackupFromImageStoreBackupStorage,
    /// PUT `/zstack/v1/database-backups/{uuid}/actions`.
    SyncDatabaseBackupFromImageStoreBackupStorage,
    /// PUT `/zstack/v1/volumes/{uuid}/actions`.
    RecoverDataVolume,
    /// GET `/zstack/v1/database-backups/image-store`.
    GetDatabaseBackupFromImageStore,
    /// GET `/zstack/v1/api-jobs/{uuid}`.
    QueryJob,
    /// POST `/v3/{project_id}/backups/{backup_id}/restore`.
    RestoreBackup,
}

/// A path of one of the services, with the ids in it, percent-decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Route {
    /// The one operation on the path.
    pub(crate) operation: Operation,
    /// The ids in the path, in its order.
    pub(crate) ids: Vec<String>,
}

impl Operation {
    /// All operations. More may come.
    pub const ALL: &'static [Self] = &[
        Self::RecoverBackupFromImageStoreBackupStorage,
        Self::SyncDatabaseBackupFromImageStoreBackupStorage,
        Self::RecoverDataVolume,
        Self::GetDatabaseBackupFromImageStore,
        Self::QueryJob,
        Self::RestoreBackup,
    ];

    /// Its `operationId`; of the query for a job a name in the same style.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RecoverBackupFromImageStoreBackupStorage => "RecoverBackupFromImageStoreBackupStorage",
            Self::SyncDatabaseBackupFromImageStoreBackupStorage => "SyncDatabaseBackupFromImageStoreBackupStorage",
            Self::RecoverDataVolume => "RecoverDataVolume",
            Self::GetDatabaseBackupFromImageStore => "GetDatabaseBackupFromImageStore",
            Self::QueryJob => "QueryJob",
            Self::RestoreBackup => "RestoreBackup",
        }
    }

    /// Whether ZStack carries it out as a job.
    #[must_use]
    pub const fn is_job(self) -> bool {
        matches!(
            self,
            Self::RecoverBackupFromImageStoreBackupStorage
                | Self::SyncDatabaseBackupFromImageStoreBackupStorage
                | Self::RecoverDataVolume
        )
    }

    /// The operation's one method.
    #[must_use]
    pub const fn method(self) -> &'static str {
        match self {
            Self::RecoverBackupFromImageStoreBackupStorage
            | Self::SyncDatabaseBackupFromImageStoreBackupStorage
            | Self::RecoverDataVolume => "PUT",
            Self::GetDatabaseBackupFromImageStore | Self::QueryJob => "GET",
            Self::RestoreBackup => "POST",
        }
    }
}

impl Route {
    /// Reads a path as it was sent. ZStack decodes the whole path before it takes it apart (server source), CBR takes
    /// it apart first, so that an id may hold an encoded slash (its own SDK sends that).
    pub(crate) fn of(path: &str) -> Option<Self> {
        let route = |operation, ids: &[&str]| {
            let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
            ids.iter().all(|id| !id.is_empty()).then_some(Self { operation, ids })
        };
        if let Some(path) = path.strip_prefix("/zstack/v1/") {
            let path = decode(path);
            let parts: Vec<&str> = path.split('/').collect();
            return match parts[..] {
                ["api-jobs", uuid] => route(Operation::QueryJob, &[uuid]),
                ["volumes", uuid, "actions"] => route(Operation::RecoverDataVolume, &[uuid]),
                ["volume-backups", uuid, "actions"] => {
                    route(Operation::RecoverBackupFromImageStoreBackupStorage, &[uuid])
                }
                ["database-backups", uuid, "actions"] => {
                    route(Operation::SyncDatabaseBackupFromImageStoreBackupStorage, &[uuid])
                }
                ["database-backups", "image-store"] => route(Operation::GetDatabaseBackupFromImageStore, &[]),
                _ => None,
            };
        }
        let parts: Vec<&str> = path.strip_prefix("/v3/")?.split('/').collect();
        match parts[..] {
            [project, "backups", backup, "restore"] => {
                route(Operation::RestoreBackup, &[&decode(project), &decode(backup)])
            }
            _ => None,
        }
    }
}

/// Undoes percent-encoding. What is not UTF-8 becomes replacement characters.
pub(crate) fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}
