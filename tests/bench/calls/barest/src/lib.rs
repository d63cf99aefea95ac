//! Calls through the barest client by hand, to be measured.

use bench_caller::{BACKUP, Calls, DATABASE_STORE, PROJECT, Problem, SERVER, SESSION, TOKEN};
use by_hand::{
    Cbr, ZStack,
    requests::{DatabaseBackupsOf, Mapping, Recover, Restore},
};

/// The clients of both services.
pub struct Client {
    zstack: ZStack,
    cbr: Cbr,
}

impl Calls for Client {
    fn new(base_url: &str) -> Result<Self, Problem> {
        Ok(Self { zstack: ZStack::new(base_url, SESSION)?, cbr: Cbr::new(base_url, TOKEN)? })
    }

    async fn list(&self) -> Result<i64, Problem> {
        let parameters = DatabaseBackupsOf { url: DATABASE_STORE, ..DatabaseBackupsOf::default() };
        let answer = self.zstack.get_database_backup_from_image_store(&parameters).await?;
        Ok(answer.infos.as_deref().and_then(<[_]>::first).and_then(|image| image.size).unwrap_or_default())
    }

    async fn restore(&self) -> Result<i64, Problem> {
        let mappings = [Mapping { backup_id: BACKUP, volume_id: SERVER }];
        let restore =
            Restore { mappings: &mappings, power_on: Some(true), server_id: Some(SERVER), ..Restore::default() };
        Ok(self.cbr.restore_backup(PROJECT, BACKUP, &restore).await?.job_id.is_some().into())
    }

    async fn recover(&self, volume: &'static str) -> Result<i64, Problem> {
        let answer = self.zstack.recover_data_volume(volume, &Recover::default()).await?;
        Ok(answer.inventory.and_then(|volume| volume.size).unwrap_or_default())
    }
}
