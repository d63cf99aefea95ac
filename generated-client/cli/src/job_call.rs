//! The three calls that become jobs, as one: their builders have the same methods, and no trait that says so.

use std::time::Duration;

use generated_client::{
    Error, JobUuid, Progress, Response,
    zstack::{builder, types},
};
use serde::Serialize;

/// A call that becomes a job.
pub(crate) trait JobCall: Sized {
    /// What the operation answers.
    type Answer: Serialize;

    /// Names the job.
    fn named(self, uuid: JobUuid) -> Self;
    /// Sets how long the server may let it run.
    fn limited(self, limit: Duration) -> Self;
    /// Lets the server only validate.
    fn validated_only(self) -> Self;
    /// Tells the job's name before anything is sent, and later that it is running.
    fn told(
        self,
        job: impl Fn(&JobUuid) + Send + Sync + 'static,
        progress: impl Fn(&Progress) + Send + Sync + 'static,
    ) -> Self;
    /// Sends it, and waits for the end.
    fn done(self) -> impl Future<Output = Result<Response<Self::Answer>, Error>>;
    /// Sends it, and returns the job's name when the server has accepted it.
    fn accepted(self) -> impl Future<Output = Result<JobUuid, Error>>;
}

macro_rules! job_call {
    ($builder:ident, $answer:ident) => {
        impl JobCall for builder::$builder<'_> {
            type Answer = types::$answer;

            fn named(self, uuid: JobUuid) -> Self {
                self.job_uuid(uuid)
            }

            fn limited(self, limit: Duration) -> Self {
                self.api_timeout(limit)
            }

            fn validated_only(self) -> Self {
                self.validation_only()
            }

            fn told(
                self,
                job: impl Fn(&JobUuid) + Send + Sync + 'static,
                progress: impl Fn(&Progress) + Send + Sync + 'static,
            ) -> Self {
                self.on_job(job).on_progress(progress)
            }

            async fn done(self) -> Result<Response<Self::Answer>, Error> {
                self.send().await
            }

            async fn accepted(self) -> Result<JobUuid, Error> {
                Ok(self.submit().await?.uuid().clone())
            }
        }
    };
}

job_call!(RecoverBackupFromImageStoreBackupStorage, RecoverBackupFromImageStoreBackupStorageResponse);
job_call!(SyncDatabaseBackupFromImageStoreBackupStorage, SyncDatabaseBackupFromImageStoreBackupStorageResponse);
job_call!(RecoverDataVolume, RecoverDataVolumeResponse);
