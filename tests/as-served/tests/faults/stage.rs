//! Where one cell of the table is played: a stand-in server of its own, and default clients.

use std::{path::Path, time::Duration};

use generated_client::{Error, Job, JobUuid, cbr, zstack, zstack::operation::RecoverDataVolume};
use simulator::{Operation, Pace, Simulator, sample};

use crate::{
    calls,
    column::{Column, Nature},
};

/// A stand-in server and the clients that call it.
pub struct Stage {
    pub column: Column,
    pub simulator: Simulator,
    pub zstack: zstack::Client,
    cbr: cbr::Client,
    /// The job that is asked for.
    job: Option<JobUuid>,
}

/// What a client has sent, as far as it has arrived.
pub struct Arrived {
    /// Requests of the operation itself.
    pub requests: usize,
    /// Questions for its job.
    pub questions: usize,
    /// Those of both that went to another host.
    pub elsewhere: usize,
}

impl Stage {
    /// Sets it up for calls with this limit. Of the column of questions: with a job that the server has accepted, and that
    /// so many questions find running.
    pub async fn set(column: Column, limit: Duration, polls: u32) -> Self {
        Self::set_on(Simulator::builder(), column, limit, polls).await
    }

    /// The same, with a server whose memory is in this file.
    pub async fn set_with_memory(column: Column, limit: Duration, polls: u32, memory: &Path) -> Self {
        Self::set_on(Simulator::builder().state_file(memory), column, limit, polls).await
    }

    async fn set_on(builder: simulator::Builder, column: Column, limit: Duration, polls: u32) -> Self {
        // Whether requests fit the document is shown elsewhere, and reading it takes its time.
        let builder = builder.without_document();
        let simulator = builder.start().await.unwrap();
        let clients = clients(&simulator, limit);
        let job = if column == Column::Question {
            simulator.with_settings(|settings| settings.job_pace = Pace::Polls(polls));
            // Not the call that is looked at: it has all the time of a busy machine.
            let (zstack, _) = self::clients(&simulator, Duration::from_secs(60));
            let submitted = zstack.recover_data_volume().uuid(sample::VOLUME).submit().await.unwrap();
            simulator.forget_requests();
            Some(submitted.uuid().clone())
        } else {
            None
        };
        Self { column, simulator, zstack: clients.0, cbr: clients.1, job }
    }

    /// Makes the call that the column is about.
    pub async fn call(&self) -> Result<(), Error> {
        match self.column {
            Column::Question => self.job().wait().await.map(drop),
            Column::Operation(Operation::RestoreBackup) => calls::restore(&self.cbr).await.map(drop),
            Column::Operation(operation) => calls::call(&self.zstack, operation).await.map(drop),
        }
    }

    /// The job that is asked for, by a client that has not called before.
    pub fn job(&self) -> Job<RecoverDataVolume> {
        self.zstack.job(self.job.clone().unwrap())
    }

    /// Makes a call of another kind or on something else, so that the client has a connection.
    pub async fn call_before(&self) {
        match self.column.nature() {
            Nature::Restore => {
                let call = self.cbr.restore_backup().project_id(sample::PROJECT).backup_id(sample::DISK_BACKUP);
                call.volume_id(sample::DISK).send().await.map(drop)
            }
            _ => self.zstack.job::<RecoverDataVolume>(sample::JOB.parse().unwrap()).poll().await.map(drop),
        }
        .unwrap();
    }

    /// The operation of the call before.
    pub fn operation_before(&self) -> Operation {
        match self.column.nature() {
            Nature::Restore => Operation::RestoreBackup,
            _ => Operation::QueryJob,
        }
    }

    /// How often the call was carried out.
    pub fn done(&self) -> usize {
        let resource = self.column.resource();
        self.simulator.execution_log().iter().filter(|execution| execution.resource == resource).count()
    }

    /// What has arrived of it.
    pub fn arrived(&self) -> Arrived {
        let arrived = self.simulator.requests();
        let questions = arrived.iter().filter(|request| request.path.contains("/api-jobs/")).count();
        let own = self.simulator.address().to_string();
        let elsewhere = arrived.iter().filter(|request| request.header("host") != Some(&own)).count();
        Arrived { requests: arrived.len() - questions, questions, elsewhere }
    }
}

fn clients(simulator: &Simulator, limit: Duration) -> (zstack::Client, cbr::Client) {
    let session = zstack::Session::new(sample::SESSION).unwrap();
    let token = cbr::Token::new(sample::TOKEN).unwrap();
    // Short, so that a busy machine has time for as many questions as an idle one.
    let zstack = zstack::Client::builder(simulator.url(), session)
        .poll_interval(Duration::from_millis(20), Duration::from_millis(500));
    // Without authorities, which take a while to be read, and there are a thousand clients.
    let http = || generated_client::http_builder().tls_certs_only([]);
    (
        zstack.timeout(limit).http_client(http()).build().unwrap(),
        cbr::Client::builder(simulator.url(), token).timeout(limit).http_client(http()).build().unwrap(),
    )
}
