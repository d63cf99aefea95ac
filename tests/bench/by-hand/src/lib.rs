//! The five operations as one writes them by hand on reqwest and serde, the barest way: one function per operation,
//! status looked at, body decoded, and nothing else.
//!
//! Nothing here guards anything: redirects are followed, answers may be as long as they like, a 200 with an error in it is a
//! success, and a job that the server has only accepted is taken for done. `by-hand-guarded` is what it takes to mend that.

pub mod answers;
pub mod requests;

use answers::{
    AcceptedRestore, DatabaseBackupInventory, DatabaseBackups, Inventory, VolumeBackupInventory, VolumeInventory,
};
use requests::{DatabaseBackupsOf, Recover, RecoverBackup, Restore, RestoreBody, SyncBackup};

/// A client of ZStack.
pub struct ZStack {
    http: reqwest::Client,
    base_url: String,
    authorization: String,
}

impl ZStack {
    /// A client of the server at this address, with the UUID of a session.
    pub fn new(base_url: &str, session: &str) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder().build()?;
        Ok(Self { http, base_url: base_url.to_owned(), authorization: format!("OAuth {session}") })
    }

    /// Lists the database backups of an image store.
    pub async fn get_database_backup_from_image_store(
        &self,
        parameters: &DatabaseBackupsOf<'_>,
    ) -> reqwest::Result<DatabaseBackups> {
        let url = format!("{}/zstack/v1/database-backups/image-store", self.base_url);
        self.answer(self.http.get(url).query(&parameters.pairs())).await
    }

    /// Brings back a data volume that was deleted.
    pub async fn recover_data_volume(
        &self,
        uuid: &str,
        body: &Recover<'_>,
    ) -> reqwest::Result<Inventory<VolumeInventory>> {
        let url = format!("{}/zstack/v1/volumes/{uuid}/actions", self.base_url);
        self.answer(self.http.put(url).json(body)).await
    }

    /// Copies a volume's backup from one backup storage to another.
    pub async fn recover_backup_from_image_store_backup_storage(
        &self,
        uuid: &str,
        body: &RecoverBackup<'_>,
    ) -> reqwest::Result<Inventory<VolumeBackupInventory>> {
        let url = format!("{}/zstack/v1/volume-backups/{uuid}/actions", self.base_url);
        self.answer(self.http.put(url).json(body)).await
    }

    /// Copies a database backup from one backup storage to another.
    pub async fn sync_database_backup_from_image_store_backup_storage(
        &self,
        uuid: &str,
        body: &SyncBackup<'_>,
    ) -> reqwest::Result<Inventory<DatabaseBackupInventory>> {
        let url = format!("{}/zstack/v1/database-backups/{uuid}/actions", self.base_url);
        self.answer(self.http.put(url).json(body)).await
    }

    async fn answer<T: serde::de::DeserializeOwned>(&self, request: reqwest::RequestBuilder) -> reqwest::Result<T> {
        request.header("Authorization", &self.authorization).send().await?.error_for_status()?.json().await
    }
}

/// A client of CBR.
pub struct Cbr {
    http: reqwest::Client,
    base_url: String,
    token: String,
}

impl Cbr {
    /// A client of the service at this address, with a token.
    pub fn new(base_url: &str, token: &str) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder().build()?;
        Ok(Self { http, base_url: base_url.to_owned(), token: token.to_owned() })
    }

    /// Restores a disk or a server from a backup.
    pub async fn restore_backup(
        &self,
        project_id: &str,
        backup_id: &str,
        restore: &Restore<'_>,
    ) -> reqwest::Result<AcceptedRestore> {
        let url = format!("{}/v3/{project_id}/backups/{backup_id}/restore", self.base_url);
        let request = self.http.post(url).header("X-Auth-Token", &self.token).json(&RestoreBody { restore });
        request.send().await?.error_for_status()?.json().await
    }
}
