//! The parent's side: starts the server, kills it, starts it again, and asks it for the truth.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::process::{self, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::Setup;
use crate::Problem;
use crate::process::PeakMemory;

/// How long the server may take to begin, or to answer an order.
const PATIENCE: Duration = Duration::from_secs(60);

/// Ports that systems do not give to connections by themselves: what connects while nobody listens must neither take the
/// server's port nor meet itself there.
const PORTS: std::ops::Range<u32> = 10_000..30_000;

/// What the server has told of its exchanges.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many there were.
    pub exchanges: u64,
    /// How often each fault has met one, by its name.
    pub faults: BTreeMap<String, u64>,
}

/// A server in a process of its own. It ends with this.
#[derive(Debug)]
pub struct Server {
    setup: Setup,
    port: u16,
    running: Option<Running>,
    counts: Arc<Mutex<Counts>>,
    peak_memory: Option<u64>,
}

/// The process while it runs.
#[derive(Debug)]
struct Running {
    child: Child,
    memory: PeakMemory,
    orders: ChildStdin,
    words: mpsc::UnboundedReceiver<String>,
}

impl Server {
    /// Starts a server on a port that is free.
    ///
    /// # Errors
    /// It can't be started, or does not say that it listens.
    pub async fn start(setup: Setup) -> Result<Self, Problem> {
        let mut server = Self { setup, port: 0, running: None, counts: Arc::default(), peak_memory: None };
        let first = process::id().wrapping_mul(97);
        for step in 0..100 {
            let port = PORTS.start + first.wrapping_add(step * 131) % (PORTS.end - PORTS.start);
            server.port = u16::try_from(port)?;
            if server.start_again().await.is_ok() {
                return Ok(server);
            }
        }
        Err(format!("the server could not be started on any of 100 ports from {} on", PORTS.start).into())
    }

    /// The base address of both services. The host is a name, so that a client has to look it up.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Kills the process, as `kill -9` does.
    ///
    /// # Errors
    /// The system does not let it be killed.
    pub async fn kill(&mut self) -> Result<(), Problem> {
        self.note_memory();
        if let Some(mut running) = self.running.take() {
            running.child.kill().await?;
        }
        Ok(())
    }

    /// Starts the process, on the same port and with the same state file.
    ///
    /// # Errors
    /// It can't be started, or does not say that it listens.
    pub async fn start_again(&mut self) -> Result<(), Problem> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(arguments(self.port, &self.setup)).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.kill_on_drop(true).spawn()?;
        let (Some(orders), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("the server has no standard input or output".into());
        };
        let (said, words) = mpsc::unbounded_channel();
        tokio::spawn(listen(output, said, Arc::clone(&self.counts)));
        let memory = PeakMemory::of(child.id().unwrap_or_default());
        let running = self.running.insert(Running { child, memory, orders, words });
        match running.word().await?.as_str() {
            "listening" => Ok(()),
            other => Err(format!("the server does not listen: {other}").into()),
        }
    }

    /// Lets no more faults happen, and waits until no exchange is under way.
    ///
    /// # Errors
    /// The server does not answer.
    pub async fn quiet(&mut self) -> Result<(), Problem> {
        self.order("quiet").await.map(drop)
    }

    /// How often an operation was carried out on each resource, when no exchange is under way.
    ///
    /// # Errors
    /// The server does not answer.
    pub async fn truth(&mut self) -> Result<BTreeMap<String, u64>, Problem> {
        let answer = self.order("truth").await?;
        Ok(serde_json::from_str(answer.trim_start_matches("truth "))?)
    }

    /// What it has told of its exchanges so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        lock(&self.counts).clone()
    }

    /// The most memory that any of its processes has held, in bytes.
    #[must_use]
    pub fn peak_memory(&mut self) -> Option<u64> {
        self.note_memory();
        self.peak_memory
    }

    async fn order(&mut self, order: &str) -> Result<String, Problem> {
        let running = self.running.as_mut().ok_or("the server does not run")?;
        running.orders.write_all(format!("{order}\n").as_bytes()).await?;
        running.word().await
    }

    fn note_memory(&mut self) {
        let now = self.running.as_ref().and_then(|running| running.memory.bytes());
        self.peak_memory = self.peak_memory.max(now);
    }
}

impl Running {
    /// What the server says next, exchanges left out.
    async fn word(&mut self) -> Result<String, Problem> {
        let word = timeout(PATIENCE, self.words.recv()).await.map_err(|_| "the server says nothing")?;
        word.ok_or_else(|| "the server has ended".into())
    }
}

/// Hears what the server says until it ends. Exchanges are counted, and the rest is passed on.
async fn listen(output: ChildStdout, said: mpsc::UnboundedSender<String>, counts: Arc<Mutex<Counts>>) {
    let mut lines = BufReader::new(output).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        match line.strip_prefix("exchange") {
            Some(faults) => {
                let mut counts = lock(&counts);
                counts.exchanges += 1;
                for fault in faults.split_whitespace() {
                    *counts.faults.entry(fault.to_owned()).or_default() += 1;
                }
            }
            // Whoever does not listen any more does not want to know.
            None => drop(said.send(line)),
        }
    }
}

/// The arguments that [`crate::arguments`] reads as this port and setup.
fn arguments(port: u16, setup: &Setup) -> Vec<OsString> {
    let Setup { calls, seed, rate, state, keeps_jobs } = setup;
    let numbers = [("--port", port.to_string()), ("--calls", calls.to_string()), ("--seed", seed.to_string())];
    let mut arguments = vec![OsString::from("serve")];
    for (name, value) in numbers.into_iter().chain([("--rate", rate.to_string())]) {
        arguments.extend([name.into(), value.into()]);
    }
    if *keeps_jobs {
        arguments.push("--keep-jobs".into());
    }
    if let Some(state) = state {
        arguments.extend(["--state".into(), state.into()]);
    }
    arguments
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
