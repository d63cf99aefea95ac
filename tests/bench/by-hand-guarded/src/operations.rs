//! One function per operation.

use reqwest::{
    StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderName},
};

use crate::{
    answers::{
        AcceptedRestore, DatabaseBackupInventory, DatabaseBackups, ErrorCode, Inventory, VolumeBackupInventory,
        VolumeInventory,
    },
    error::Error,
    exchange::{Exchange, Limits, MayHaveFailed},
    requests::{DatabaseBackupsOf, Recover, RecoverBackup, Restore, RestoreBody, SyncBackup},
};

/// As ZStack's pages send it.
const JSON: &str = "application/json;charset=UTF-8";

/// A client of ZStack.
pub struct ZStack(Exchange);

impl ZStack {
    /// A client of the server at this address, with the UUID of a session.
    pub fn new(base_url: &str, session: &str, limits: Limits) -> Result<Self, Error> {
        Exchange::new(base_url, limits, AUTHORIZATION, "OAuth ", session).map(Self)
    }

    /// Lists the database backups of an image store.
    pub async fn get_database_backup_from_image_store(
        &self,
        parameters: &DatabaseBackupsOf<'_>,
    ) -> Result<DatabaseBackups, Error> {
        let url = format!("{}/zstack/v1/database-backups/image-store", self.0.base_url);
        let request = self.0.http.get(url).query(&parameters.pairs()).build().map_err(Error::interrupted)?;
        self.0.send(request, self.0.deadline()).await?.decode(StatusCode::OK)
    }

    /// Brings back a data volume that was deleted.
    pub async fn recover_data_volume(
        &self,
        uuid: &str,
        body: &Recover<'_>,
    ) -> Result<Inventory<VolumeInventory>, Error> {
        let url = format!("{}/zstack/v1/volumes/{}/actions", self.0.base_url, segment(uuid)?);
        self.0.run(self.0.http.put(url).header(CONTENT_TYPE, JSON).json(body)).await
    }

    /// Copies a volume's backup from one backup storage to another.
    pub async fn recover_backup_from_image_store_backup_storage(
        &self,
        uuid: &str,
        body: &RecoverBackup<'_>,
    ) -> Result<Inventory<VolumeBackupInventory>, Error> {
        let url = format!("{}/zstack/v1/volume-backups/{}/actions", self.0.base_url, segment(uuid)?);
        self.0.run(self.0.http.put(url).header(CONTENT_TYPE, JSON).json(body)).await
    }

    /// Copies a database backup from one backup storage to another.
    pub async fn sync_database_backup_from_image_store_backup_storage(
        &self,
        uuid: &str,
        body: &SyncBackup<'_>,
    ) -> Result<Inventory<DatabaseBackupInventory>, Error> {
        let url = format!("{}/zstack/v1/database-backups/{}/actions", self.0.base_url, segment(uuid)?);
        self.0.run(self.0.http.put(url).header(CONTENT_TYPE, JSON).json(body)).await
    }
}

/// A client of CBR.
pub struct Cbr(Exchange);

impl Cbr {
    /// A client of the service at this address, with a token.
    pub fn new(base_url: &str, token: &str, limits: Limits) -> Result<Self, Error> {
        Exchange::new(base_url, limits, HeaderName::from_static("x-auth-token"), "", token).map(Self)
    }

    /// Restores a disk or a server from a backup.
    pub async fn restore_backup(
        &self,
        project_id: &str,
        backup_id: &str,
        restore: &Restore<'_>,
    ) -> Result<AcceptedRestore, Error> {
        let (project_id, backup_id) = (segment(project_id)?, segment(backup_id)?);
        let url = format!("{}/v3/{project_id}/backups/{backup_id}/restore", self.0.base_url);
        let request = self.0.http.post(url).json(&RestoreBody { restore }).build().map_err(Error::interrupted)?;
        self.0.send(request, self.0.deadline()).await?.decode(StatusCode::ACCEPTED)
    }
}

/// An id that is one segment of a path, and nothing else in it.
fn segment(id: &str) -> Result<&str, Error> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if id.is_empty() || !id.bytes().all(is_plain) {
        return Err(Error::invalid("the id can't be one segment of a path"));
    }
    Ok(id)
}

impl<T: serde::de::DeserializeOwned> MayHaveFailed for Inventory<T> {
    fn take_error(&mut self) -> Option<ErrorCode> {
        self.error.take()
    }
}

impl MayHaveFailed for DatabaseBackups {
    fn take_error(&mut self) -> Option<ErrorCode> {
        self.error.take()
    }
}

impl MayHaveFailed for AcceptedRestore {
    fn take_error(&mut self) -> Option<ErrorCode> {
        None
    }
}
