//! One cell of the table: a call while something goes wrong.

use std::time::{Duration, Instant};

use generated_client::{Error, ErrorKind, Outcome};
use simulator::{
    Fault, FaultRule, Mishap, Phase,
    zstack::{ErrorCode, JobOutcome},
};

use crate::{
    column::{Column, Nature},
    row::{LONG, Row, Times, Trouble},
    stage::{Arrived, Stage},
};

/// How long after the call before the next one begins: the client has noticed by then that its connection has ended.
const LATER: Duration = Duration::from_secs(1);

/// How long a request that waited at the end of a stall may take to be carried out. On a busy machine the stall itself may have
/// begun late.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the client has reported.
pub type Reported = Result<(), (Outcome, ErrorKind)>;

/// What came of the call.
#[derive(Debug)]
pub struct Cell {
    pub reported: Reported,
    /// How often the server has carried it out.
    pub done: usize,
    /// How many requests have arrived, without the questions.
    pub requests: usize,
    /// How many questions for the job have arrived.
    pub questions: usize,
    /// How many of both have gone to another host.
    pub elsewhere: usize,
    /// Whether the fault has happened, as far as that can be seen.
    pub happened: bool,
}

impl Cell {
    /// Plays it.
    pub async fn play(row: &Row, column: Column) -> Self {
        let limit = row.limit(column);
        match &row.trouble {
            Trouble::Nothing => {
                let stage = Stage::set(column, limit, 0).await;
                Self::of(&stage, stage.call().await, true)
            }
            Trouble::Failure => {
                let stage = Stage::set(column, limit, 0).await;
                let failure = ErrorCode::new("SYS.1006", "no room");
                stage.simulator.with_state(|state| {
                    state.zstack.failures.insert(column.resource().to_owned(), failure.clone());
                    let jobs = state.zstack.jobs.values_mut().filter(|job| job.resource == column.resource());
                    jobs.for_each(|job| job.outcome = JobOutcome::Failed(failure.clone()));
                });
                Self::of(&stage, stage.call().await, true)
            }
            Trouble::Expiry => {
                let stage = Stage::set(column, limit, 0).await;
                stage.simulator.expire_credentials();
                Self::of(&stage, stage.call().await, true)
            }
            Trouble::Mishap(mishap) => Self::with_mishap(row, mishap, column, limit).await,
            Trouble::Outage(outage) => {
                let folder = tempfile::tempdir().unwrap();
                let stage = Stage::set_with_memory(column, limit, outage.polls(), &folder.path().join("state")).await;
                Self::of(&stage, outage.call(&stage).await, true)
            }
        }
    }

    async fn with_mishap(row: &Row, mishap: &Mishap, column: Column, limit: Duration) -> Self {
        let is_of_the_call_before = mishap.phase >= Phase::WhileIdle;
        let stage = Stage::set(column, limit, u32::from(is_of_the_call_before)).await;
        stage.simulator.add_fault(rule(row, mishap, &stage));
        let begun = Instant::now();
        let mut happened = mishap.phase == Phase::Connecting;
        if is_of_the_call_before && column != Column::Question {
            stage.call_before().await;
            if !matches!(mishap.fault, Fault::Stall(_)) {
                tokio::time::sleep(LATER).await;
            }
            happened = has_met(&stage, mishap);
            stage.simulator.forget_requests();
        }
        let ended = stage.call().await;
        if row.is_long_stall() {
            tokio::time::sleep(LONG.saturating_sub(begun.elapsed())).await;
            // What waits on a connection is no exchange yet.
            let is_mutation = matches!(column.nature(), Nature::Job | Nature::Restore);
            while is_mutation && stage.done() == 0 && begun.elapsed() < LONG + PATIENCE {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
        stage.simulator.idle().await;
        happened |= has_met(&stage, mishap);
        Self::of(&stage, ended, happened)
    }

    fn of(stage: &Stage, ended: Result<(), Error>, happened: bool) -> Self {
        let Arrived { requests, questions, elsewhere } = stage.arrived();
        let reported = ended.map_err(|error| (error.outcome(), error.kind()));
        Self { reported, done: stage.done(), requests, questions, elsewhere, happened }
    }
}

fn rule(row: &Row, mishap: &Mishap, stage: &Stage) -> FaultRule {
    let Mishap { phase, fault } = mishap.clone();
    let is_of_the_call_before = phase >= Phase::WhileIdle;
    match row.times {
        Times::Once if is_of_the_call_before => Mishap { phase, fault }.once(stage.operation_before()),
        Times::Once => Mishap { phase, fault }.once(stage.column.operation()),
        Times::Always => {
            let operation = (!is_of_the_call_before).then_some(stage.column.operation());
            FaultRule::always(operation, phase, fault)
        }
    }
}

fn has_met(stage: &Stage, mishap: &Mishap) -> bool {
    stage.simulator.fates().iter().any(|fate| fate.met.contains(mishap))
}
