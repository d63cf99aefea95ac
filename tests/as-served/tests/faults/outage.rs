//! Outages: what no fault of a single exchange can do.

use std::time::Duration;

use generated_client::{Error, Job, JobOperation};
use simulator::{Fault, Mishap, Operation, Phase, sample};

use crate::{
    column::{Column, Nature},
    row::Times,
    stage::Stage,
};

/// What happens to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outage {
    /// Connections are refused when the call begins, and accepted again after a tenth of a second.
    RefusedAtFirst,
    /// Connections are refused.
    Refused,
    /// It is killed and started again when it has read the request.
    RestartBeforeExecuting,
    /// It is killed and started again when it has carried the request out.
    RestartBeforeAnswering,
    /// It is killed and started again after it has accepted the job, before it is asked for it.
    RestartBeforeAsking,
    /// It is killed and started again after it has said that the job is running.
    RestartWhileRunning,
    /// It forgets the job before it is asked for it.
    Purge,
}

/// How long connections are refused "at first".
const MOMENT: Duration = Duration::from_millis(100);

/// Longer than any call here.
const VERY_LONG: Duration = Duration::from_secs(600);

impl Outage {
    /// Those of a table, in its order.
    pub fn all(times: Times) -> &'static [Self] {
        match times {
            Times::Once => &[
                Self::RefusedAtFirst,
                Self::RestartBeforeExecuting,
                Self::RestartBeforeAnswering,
                Self::RestartBeforeAsking,
                Self::RestartWhileRunning,
                Self::Purge,
            ],
            Times::Always => &[Self::Refused],
        }
    }

    /// As the table shows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::RefusedAtFirst => "connections are refused for a tenth of a second",
            Self::Refused => "connections are refused",
            Self::RestartBeforeExecuting => "restart before executing",
            Self::RestartBeforeAnswering => "restart before answering",
            Self::RestartBeforeAsking => "restart after accepting the job",
            Self::RestartWhileRunning => "restart in the middle of the job",
            Self::Purge => "the accepted job is purged before it is asked for",
        }
    }

    /// Whether it makes a difference to a column.
    pub fn concerns(self, column: Column) -> bool {
        match self {
            Self::RestartBeforeAsking | Self::RestartWhileRunning | Self::Purge => {
                matches!(column.nature(), Nature::Job | Nature::Question)
            }
            _ => true,
        }
    }

    /// How many questions find the job running.
    pub fn polls(self) -> u32 {
        u32::from(self == Self::RestartWhileRunning)
    }

    /// Makes the stage's call while it happens.
    pub async fn call(self, stage: &Stage) -> Result<(), Error> {
        let simulator = &stage.simulator;
        match self {
            Self::Refused => {
                simulator.stop_listening().await.unwrap();
                stage.call().await
            }
            Self::RefusedAtFirst => {
                simulator.stop_listening().await.unwrap();
                let (ended, ()) = tokio::join!(stage.call(), async {
                    tokio::time::sleep(MOMENT).await;
                    simulator.listen_again().await.unwrap();
                });
                ended
            }
            Self::RestartBeforeExecuting => {
                restart_at(stage, Phase::BeforeExecuting, || !simulator.requests().is_empty()).await
            }
            Self::RestartBeforeAnswering if matches!(stage.column.nature(), Nature::Job | Nature::Restore) => {
                restart_at(stage, Phase::BeforeAnswering, || stage.done() > 0).await
            }
            Self::RestartBeforeAnswering => {
                restart_at(stage, Phase::BeforeAnswering, || !simulator.requests().is_empty()).await
            }
            Self::RestartBeforeAsking | Self::RestartWhileRunning | Self::Purge => self.call_in_two(stage).await,
        }
    }

    /// Submits the job, lets it happen, and waits for the job.
    async fn call_in_two(self, stage: &Stage) -> Result<(), Error> {
        let storages = (sample::SOURCE_BACKUP_STORAGE, sample::DESTINATION_BACKUP_STORAGE);
        let (zstack, resource) = (&stage.zstack, stage.column.resource());
        match stage.column {
            Column::Operation(Operation::RecoverBackupFromImageStoreBackupStorage) => {
                let call = zstack.recover_backup_from_image_store_backup_storage().uuid(resource);
                let call = call.src_backup_storage_uuid(storages.0).dst_backup_storage_uuid(storages.1);
                self.wait(stage, call.submit().await?).await
            }
            Column::Operation(Operation::SyncDatabaseBackupFromImageStoreBackupStorage) => {
                let call = zstack.sync_database_backup_from_image_store_backup_storage().uuid(resource);
                let call = call.src_backup_storage_uuid(storages.0).dst_backup_storage_uuid(storages.1);
                self.wait(stage, call.submit().await?).await
            }
            Column::Operation(Operation::RecoverDataVolume) => {
                self.wait(stage, zstack.recover_data_volume().uuid(resource).submit().await?).await
            }
            Column::Question => self.wait(stage, stage.job()).await,
            Column::Operation(other) => panic!("{other:?} is no job"),
        }
    }

    async fn wait<O: JobOperation>(self, stage: &Stage, mut job: Job<O>) -> Result<(), Error> {
        match self {
            Self::Purge => stage.simulator.purge_jobs(),
            Self::RestartWhileRunning => {
                assert!(job.poll().await?.is_none(), "the job is running");
                stage.simulator.restart().await.unwrap();
            }
            _ => stage.simulator.restart().await.unwrap(),
        }
        job.wait().await.map(drop)
    }
}

/// Kills the server and starts it again when a request has come to this phase, which this says.
async fn restart_at(stage: &Stage, phase: Phase, has_come: impl Fn() -> bool) -> Result<(), Error> {
    let stall = Mishap { phase, fault: Fault::Stall(VERY_LONG) };
    stage.simulator.add_fault(stall.once(stage.column.operation()));
    let (ended, ()) = tokio::join!(stage.call(), async {
        while !has_come() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        stage.simulator.restart().await.unwrap();
    });
    ended
}
