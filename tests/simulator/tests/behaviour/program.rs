//! The program `simulate`, which is killed and started again.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use crate::common::*;
use simulator::{Simulator, sample};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// The program while it runs. It is killed when it is dropped.
struct Program {
    child: Child,
    url: String,
    output: Lines<BufReader<ChildStdout>>,
}

impl Program {
    async fn start(port: u16, options: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_simulate"));
        command.args(["--port", &port.to_string()]).args(options).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = output.next_line().await.unwrap().unwrap();
        let url = first.strip_prefix("Listening on ").unwrap().split_once(',').unwrap().0.to_owned();
        Self { child, url, output }
    }

    fn port(&self) -> u16 {
        self.url.rsplit_once(':').unwrap().1.parse().unwrap()
    }

    /// Ends it as `kill -9` does.
    async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    async fn query(&self, job: &str) -> u16 {
        let url = format!("{}/zstack/v1/api-jobs/{job}", self.url);
        client().get(url).send().await.unwrap().status().as_u16()
    }
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// The status of a PUT that names its job; `None` if no answer came.
async fn put(client: &reqwest::Client, url: &str, target: &str, body: &str, job: &str) -> Option<u16> {
    let request = client.put(format!("{url}{target}")).header(OAUTH.0, OAUTH.1).header("x-job-uuid", job);
    request.body(body.to_owned()).send().await.ok().map(|response| response.status().as_u16())
}

/// How often the file says that something was carried out.
async fn executions(path: &Path, resource: &str) -> u64 {
    Simulator::builder().state_file(path).start().await.unwrap().executions(resource)
}

#[tokio::test]
async fn a_job_goes_on_after_kill_9_and_is_carried_out_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let options = ["--state", path.to_str().unwrap()];
    let name = "f962af46d6014829b0ad493b0fa44a65";
    let program = Program::start(0, &options).await;
    let port = program.port();
    assert_eq!(put(&client(), &program.url, &volume(), RECOVER, name).await, Some(202));
    assert_eq!(program.query(name).await, 202);
    program.kill().await;
    let program = Program::start(port, &options).await;
    assert_eq!(program.port(), port);
    assert_eq!(put(&client(), &program.url, &volume(), RECOVER, name).await, Some(400), "the job is known");
    assert_eq!(program.query(name).await, 202, "it goes on where it was");
    let mut waited = 0;
    while program.query(name).await == 202 {
        waited += 1;
        assert!(waited < 50);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(program.query(name).await, 200);
    program.kill().await;
    assert_eq!(executions(&path, sample::VOLUME).await, 1);
}

#[tokio::test]
async fn what_a_client_was_told_is_there_after_kill_9_at_any_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let options = ["--no-delay", "--state", path.to_str().unwrap()];
    let body = format!(r#"{{"recoverBackupFromImageStoreBackupStorage":{STORAGES}}}"#);
    let mut told: Vec<String> = Vec::new();
    let mut asked = 0_u64;
    for round in 0..6 {
        let program = Program::start(0, &options).await;
        let (client, url) = (client(), program.url.clone());
        let calls = async {
            loop {
                asked += 1;
                let name = format!("{asked:032x}");
                match put(&client, &url, &volume_backup(), &body, &name).await {
                    Some(202) => told.push(name),
                    answer => return assert_eq!(answer, None),
                }
            }
        };
        let kill = async {
            tokio::time::sleep(Duration::from_millis(60 + 17 * round)).await;
            program.kill().await;
        };
        tokio::join!(calls, kill);
    }
    assert!(told.len() > 6, "{}", told.len());
    let program = Program::start(0, &options).await;
    for name in &told {
        assert_eq!(program.query(name).await, 202, "{name}");
    }
    program.kill().await;
    // Of each round one request may have been carried out without an answer.
    let executed = executions(&path, sample::VOLUME_BACKUP).await;
    assert!((told.len() as u64..=asked).contains(&executed), "{executed} of {asked}");
}

#[tokio::test]
async fn chaos_is_drawn_from_the_seed_and_told_of() {
    let mut runs = Vec::new();
    for seed in ["1", "1", "2"] {
        let mut program = Program::start(0, &["--no-delay", "--chaos", "0.5", "--seed", seed]).await;
        let mut faults = Vec::new();
        for _ in 0..10 {
            let url = format!("{}/zstack/v1/api-jobs/{}", program.url, sample::JOB);
            let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_millis(300)).build().unwrap();
            // Some of them fail: that is what this is about.
            let _ = client.get(url).send().await;
            let line = loop {
                let line = program.output.next_line().await.unwrap().unwrap();
                if line.starts_with("GET ") {
                    break line;
                }
            };
            faults.push(line.split_once("[fault ").map(|(_, fault)| fault.split(']').next().unwrap().to_owned()));
        }
        program.kill().await;
        runs.push(faults);
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
    assert!(runs[0].contains(&None) && runs[0].iter().any(Option::is_some), "{:?}", runs[0]);
}

#[tokio::test]
async fn options_that_mean_nothing_are_refused() {
    for options in [&["--chaos", "2"][..], &["--chaos", "x"], &["--seed", "1"], &["--state"]] {
        let program = Command::new(env!("CARGO_BIN_EXE_simulate")).args(options).kill_on_drop(true).output();
        let output = tokio::time::timeout(Duration::from_secs(5), program).await.unwrap().unwrap();
        assert_eq!(output.status.code(), Some(2), "{options:?}");
    }
}
