//! Calls through the generated client, to be measured.

use std::time::Duration;

use bench_caller::{BACKUP, Calls, DATABASE_STORE, PROJECT, Problem, SERVER, SESSION, TOKEN};
use generated_client::{
    cbr::{self, types::BackupRestoreServerMapping},
    zstack,
};

/// The clients of both services.
pub struct Client {
    zstack: zstack::Client,
    cbr: cbr::Client,
}

impl Calls for Client {
    fn new(base_url: &str) -> Result<Self, Problem> {
        let poll = Duration::from_millis(1);
        let zstack = zstack::Client::builder(base_url, zstack::Session::new(SESSION)?).poll_interval(poll, poll);
        Ok(Self { zstack: zstack.build()?, cbr: cbr::Client::new(base_url, cbr::Token::new(TOKEN)?)? })
    }

    async fn list(&self) -> Result<i64, Problem> {
        let answer = self.zstack.get_database_backup_from_image_store().url(DATABASE_STORE).send().await?;
        Ok(answer.infos.first().and_then(|image| image.size).unwrap_or_default())
    }

    async fn restore(&self) -> Result<i64, Problem> {
        let mapping = BackupRestoreServerMapping::new(BACKUP, SERVER);
        let restore = self.cbr.restore_backup().project_id(PROJECT).backup_id(BACKUP);
        let answer = restore.mappings([mapping]).power_on(true).server_id(SERVER).send().await?;
        Ok(answer.job_id.is_some().into())
    }

    async fn recover(&self, volume: &'static str) -> Result<i64, Problem> {
        let answer = self.zstack.recover_data_volume().uuid(volume).send().await?;
        Ok(answer.inventory.as_ref().and_then(|volume| volume.size).unwrap_or_default())
    }
}
