//! Many reads through one client, all at the same time, from a server that nothing is wrong with.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::Problem;
use crate::caller::{Account, Guarded};
use crate::judge::Told;
use crate::plan::Call;
use crate::process;
use crate::server::{Server, Setup};

/// What so many reads have come to.
#[derive(Debug, Clone)]
pub struct Findings {
    /// How many there were.
    pub reads: usize,
    /// How many were answered, with the right answer.
    pub answered: usize,
    /// A few of the errors of the others, in words.
    pub examples: Vec<String>,
    /// How many connections were made, or tried.
    pub connections: u64,
    /// How many files this process may open; each connection is one.
    pub open_files: Option<u64>,
    /// From the first read to the end of the last.
    pub took: Duration,
    /// How long the reading process has computed.
    pub cpu: Option<Duration>,
    /// The most memory that the reading process held before the first read, in bytes.
    pub memory_before: Option<u64>,
    /// The most memory that it has held, in bytes.
    pub memory: Option<u64>,
    /// The most memory that the server has held, in bytes.
    pub server_memory: Option<u64>,
}

/// How long a read may take.
const LIMIT: Duration = Duration::from_secs(60);

/// How many errors are told in words.
const EXAMPLES: usize = 5;

/// Makes so many reads at the same time.
///
/// # Errors
/// The server can't be started.
pub async fn run(reads: usize, seed: u64) -> Result<Findings, Problem> {
    let open_files = process::open_more_files();
    // Of the plan, one call in five is a read: the image store of the first one is read by all.
    let planned = crate::plan::calls(seed, 100);
    let is_read =
        |call: &&Call| call.operation == simulator::Operation::GetDatabaseBackupFromImageStore && !call.in_vain;
    let read = planned.iter().find(is_read).ok_or("the plan has no read")?.clone();
    let read = Call { limit: LIMIT, ..read };
    let mut server =
        Server::start(Setup { calls: planned.len(), seed, rate: 0.0, state: None, keeps_jobs: true }).await?;
    let caller = Guarded::new(&server.url(), false)?;

    let memory = process::PeakMemory::own();
    let memory_before = memory.bytes();
    let begun = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..reads {
        let (caller, read) = (caller.clone(), read.clone());
        tasks.spawn(async move { caller.list(&read).await });
    }
    let (mut answered, mut examples) = (0, Vec::new());
    while let Some(account) = tasks.join_next().await {
        let Account { told, words, .. } = account?;
        answered += usize::from(told == Told::Done);
        if told != Told::Done && examples.len() < EXAMPLES {
            examples.push(words.unwrap_or_else(|| "another answer than the right one".to_owned()));
        }
    }
    Ok(Findings {
        reads,
        answered,
        examples,
        connections: caller.connections().count(),
        open_files,
        took: begun.elapsed(),
        cpu: process::cpu_time(),
        memory_before,
        memory: memory.bytes(),
        server_memory: server.peak_memory(),
    })
}
