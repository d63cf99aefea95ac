//! The torture: callers at once, kills in between, and afterwards the truth.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::Problem;
use crate::caller::{Account, Caller, Guarded, Later};
use crate::judge::Told;
use crate::plan::{self, Call};
use crate::process;
use crate::server::{Counts, Server, Setup};
use crate::tally::{Fate, Tallies};

/// What a run is to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Torture {
    /// How many calls.
    pub calls: usize,
    /// What they, and the faults, are drawn from.
    pub seed: u64,
    /// How many callers call at the same time.
    pub concurrency: usize,
    /// The share of exchanges that faults meet, from 0 to 1.
    pub rate: f64,
    /// How often the server is killed.
    pub kills: usize,
    /// Whether the calls are made with the client, and not with one that has no guard.
    pub guard: bool,
    /// Whether the client sends the request of a job again when the server does not know the job. The server then forgets
    /// no jobs: sending again is not safe where it does, and says so.
    pub send_again: bool,
}

/// What a run has found, and what it has cost.
#[derive(Debug, Clone)]
pub struct Findings {
    /// What came of the calls.
    pub tallies: Tallies,
    /// What the server has told of its exchanges.
    pub counts: Counts,
    /// How often it was killed.
    pub kills: usize,
    /// How many connections were made, or tried.
    pub connections: u64,
    /// From the first call to the end of the last.
    pub took: Duration,
    /// How long the calling process has computed.
    pub cpu: Option<Duration>,
    /// The most memory that the calling process has held, in bytes.
    pub memory: Option<u64>,
    /// The most memory that the server has held, in bytes.
    pub server_memory: Option<u64>,
}

/// How long a caller who found nobody waits before the next call.
const BREATH: Duration = Duration::from_millis(500);

/// The longest time between a kill and the next start.
const OUTAGE: Duration = Duration::from_millis(300);

/// How many jobs are asked for at once after the run.
const ASKED_AT_ONCE: usize = 50;

/// Runs a torture.
///
/// # Errors
/// The server can't be started, or started again, or does not say what it did.
pub async fn run(torture: &Torture) -> Result<Findings, Problem> {
    let _ = process::open_more_files();
    let folder = tempfile::tempdir()?;
    let state = Some(folder.path().join("state"));
    let Torture { calls, seed, rate, .. } = *torture;
    let mut server = Server::start(Setup { calls, seed, rate, state, keeps_jobs: torture.send_again }).await?;
    let calls: Arc<[Call]> = plan::calls(seed, calls).into();
    let caller = Caller::new(&server.url(), torture.guard, torture.send_again)?;

    let begun = Instant::now();
    let (done, seen) = watch::channel(0);
    let callers = call_all(&calls, &caller, torture.concurrency, done);
    let (accounts, kills) = tokio::join!(callers, kill(&mut server, seen, torture));
    let (kills, took) = (kills?, begun.elapsed());

    server.quiet().await?;
    let later = match &caller {
        Caller::Guarded(guarded) => ask_later(&calls, &accounts, guarded).await,
        Caller::Naive(_) => BTreeMap::new(),
    };
    let truth = server.truth().await?;
    let mut tallies = Tallies::default();
    for (index, account) in &accounts {
        let Some(call) = calls.get(*index) else { continue };
        let executions = truth.get(&call.resource).copied().unwrap_or_default();
        tallies.add(&Fate { call, account, executions, later: later.get(index).copied() });
    }
    Ok(Findings {
        tallies,
        counts: server.counts(),
        kills,
        connections: caller.connections(),
        took,
        cpu: process::cpu_time(),
        memory: process::PeakMemory::own().bytes(),
        server_memory: server.peak_memory(),
    })
}

/// Makes all calls, so many at the same time, and says after each how many are done.
async fn call_all(
    calls: &Arc<[Call]>,
    caller: &Caller,
    concurrency: usize,
    done: watch::Sender<usize>,
) -> BTreeMap<usize, Account> {
    let next = Arc::new(AtomicUsize::new(0));
    let mut callers = JoinSet::new();
    for _ in 0..concurrency {
        let (calls, caller, next, done) = (Arc::clone(calls), caller.clone(), Arc::clone(&next), done.clone());
        callers.spawn(async move {
            let mut accounts = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(call) = calls.get(index) else { break accounts };
                let account = caller.call(call).await;
                // Without the guard nobody knows whether there was anybody.
                let found_nobody = match caller {
                    Caller::Guarded(_) => account.told == Told::NotSent,
                    Caller::Naive(_) => account.told == Told::Refused,
                };
                accounts.push((index, account));
                done.send_modify(|done| *done += 1);
                if found_nobody {
                    tokio::time::sleep(BREATH).await;
                }
            }
        });
    }
    callers.join_all().await.into_iter().flatten().collect()
}

/// Kills the server and starts it again, whenever as many calls are done as lie between two kills.
async fn kill(server: &mut Server, mut done: watch::Receiver<usize>, torture: &Torture) -> Result<usize, Problem> {
    // Another stream of numbers than that of the calls.
    let mut random = fastrand::Rng::with_seed(!torture.seed);
    for kill in 1..=torture.kills {
        let due = torture.calls * kill / (torture.kills + 1);
        if done.wait_for(|done| *done >= due).await.is_err() {
            return Ok(kill - 1);
        }
        server.kill().await?;
        tokio::time::sleep(OUTAGE.mul_f64(random.f64())).await;
        server.start_again().await?;
    }
    Ok(torture.kills)
}

/// Asks a quiet server for the jobs of the calls that are unknown.
async fn ask_later(
    calls: &Arc<[Call]>,
    accounts: &BTreeMap<usize, Account>,
    guarded: &Guarded,
) -> BTreeMap<usize, Later> {
    let unknown = accounts.iter().filter(|(_, account)| account.told == Told::Unknown);
    let mut questions = unknown.filter_map(|(index, account)| Some((*index, account.job.clone()?)));
    let mut found = BTreeMap::new();
    let mut asked = JoinSet::new();
    loop {
        while asked.len() < ASKED_AT_ONCE
            && let Some((index, job)) = questions.next()
        {
            let (calls, guarded) = (Arc::clone(calls), guarded.clone());
            asked.spawn(async move {
                let later = match calls.get(index) {
                    Some(call) => guarded.ask_later(call, job).await,
                    None => Later::Nothing,
                };
                (index, later)
            });
        }
        match asked.join_next().await {
            Some(answer) => found.extend(answer.ok()),
            None => return found,
        }
    }
}
