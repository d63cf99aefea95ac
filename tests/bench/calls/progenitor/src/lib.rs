//! Calls through plain progenitor's client, to be measured. It is made of the document without corrections, knows no jobs,
//! and leaves credentials to headers that all requests of its HTTP client have.

use bench_caller::{BACKUP, Calls, DATABASE_STORE, PROJECT, Problem, SERVER, SESSION, TOKEN};
use plain_progenitor::types::{
    BackupRestore, BackupRestoreServerMapping, RecoverDataVolumeRequest, RestoreBackupRequest,
};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};

/// The client, once for each service's credentials.
pub struct Client {
    zstack: plain_progenitor::Client,
    cbr: plain_progenitor::Client,
}

/// The client with this header in each request.
pub fn client(base_url: &str, name: HeaderName, value: &str) -> Result<plain_progenitor::Client, Problem> {
    let headers = HeaderMap::from_iter([(name, HeaderValue::try_from(value)?)]);
    let http = reqwest::Client::builder().default_headers(headers).build()?;
    Ok(plain_progenitor::Client::new_with_client(base_url, http))
}

impl Calls for Client {
    fn new(base_url: &str) -> Result<Self, Problem> {
        let zstack = client(base_url, AUTHORIZATION, &format!("OAuth {SESSION}"))?;
        Ok(Self { zstack, cbr: client(base_url, HeaderName::from_static("x-auth-token"), TOKEN)? })
    }

    async fn list(&self) -> Result<i64, Problem> {
        let answer = self.zstack.get_database_backup_from_image_store().url(DATABASE_STORE).send().await?;
        Ok(answer.infos.first().and_then(|image| image.size).unwrap_or_default())
    }

    async fn restore(&self) -> Result<i64, Problem> {
        let mapping = BackupRestoreServerMapping { backup_id: BACKUP.to_owned(), volume_id: SERVER.to_owned() };
        let server_id = Some(SERVER.to_owned());
        let restore = BackupRestore { mappings: vec![mapping], server_id, ..BackupRestore::default() };
        let request = RestoreBackupRequest { restore };
        self.cbr.restore_backup().project_id(PROJECT).backup_id(BACKUP).body(request).send().await?;
        Ok(1)
    }

    async fn recover(&self, volume: &'static str) -> Result<i64, Problem> {
        let request = RecoverDataVolumeRequest { system_tags: None, user_tags: None };
        let answer = self.zstack.recover_data_volume().uuid(volume).body(request).send().await?;
        let volume = answer.into_inner().inventory;
        Ok(volume.and_then(|volume| volume.size).unwrap_or_default())
    }
}
