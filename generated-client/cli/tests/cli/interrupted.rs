//! Ctrl-C.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use simulator::{Fault, Operation, Pace, Phase, Simulator, sample};

use crate::restore::{DISK, Ran, VOLUME, arrived, bare, clean, equipped, fault, run, with};

/// Starts the program, for a minute at most: where a test has stopped, it ends by itself.
fn started(simulator: &Simulator, arguments: &[&str]) -> Child {
    let mut command = bare(&with(arguments, &["--timeout", "60s"]));
    equipped(&mut command, simulator);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// What Ctrl-C does, and what is left behind.
fn interrupted(child: Child) -> Ran {
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    child.wait_with_output().unwrap().into()
}

/// Runs a line that was shown, in a shell that finds the program.
fn shell(simulator: &Simulator, line: &str) -> Ran {
    let mut command = Command::new("sh");
    command.args(["-c", line]);
    clean(&mut command);
    equipped(&mut command, simulator);
    // The address is in the line.
    command.env_remove("ZSTACK_URL").env("PATH", crate::readme::path());
    command.output().unwrap().into()
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_in_the_middle_of_a_job_is_130_and_says_how_to_take_it_up_again() {
    let pace = Pace::Time(Duration::from_secs(600));
    let simulator = Simulator::builder().settings(|settings| settings.job_pace = pace).start().await.unwrap();
    let child = started(&simulator, &with(&VOLUME, &["--yes"]));
    arrived(&simulator, 2).await;
    let ran = interrupted(child);
    assert_eq!(ran.code, Some(130), "{ran:?}");
    assert!(ran.out.is_empty() && ran.err.contains("Interrupted. The server may have the job"), "{ran:?}");

    let line = ran.err.lines().last().unwrap().trim();
    assert!(line.starts_with("restore job wait "), "{line}");
    simulator.advance(Duration::from_secs(601));
    let waited = shell(&simulator, &format!("{line} --output json")).done();
    assert_eq!(waited.json()["inventory"]["uuid"], sample::VOLUME);
    assert_eq!(simulator.executions(sample::VOLUME), 1);
    let sent = simulator.fates().iter().filter(|fate| fate.operation == Some(Operation::RecoverDataVolume)).count();
    assert_eq!(sent, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_before_the_answer_says_it_too() {
    let simulator = Simulator::start().await.unwrap();
    fault(&simulator, Phase::BeforeAnswering, Fault::Stall(Duration::from_secs(30)));
    let child = started(&simulator, &with(&VOLUME, &["--yes"]));
    arrived(&simulator, 1).await;
    let ran = interrupted(child);
    assert_eq!(ran.code, Some(130), "{ran:?}");
    assert!(ran.err.lines().last().unwrap().trim().starts_with("restore job wait "), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_while_a_job_is_waited_for_leaves_it_and_says_how_to_go_on() {
    let pace = Pace::Time(Duration::from_secs(600));
    let simulator = Simulator::builder().settings(|settings| settings.job_pace = pace).start().await.unwrap();
    let job = run(&simulator, &with(&VOLUME, &["--yes", "--detach"])).done().out;
    let child = started(&simulator, &["job", "wait", job.trim()]);
    arrived(&simulator, 2).await;
    let ran = interrupted(child);
    assert_eq!(ran.code, Some(130), "{ran:?}");
    simulator.advance(Duration::from_secs(601));
    shell(&simulator, ran.err.lines().last().unwrap()).done();
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_in_the_middle_of_a_restore_says_that_it_may_have_been_accepted() {
    let simulator = Simulator::start().await.unwrap();
    fault(&simulator, Phase::BeforeAnswering, Fault::Stall(Duration::from_secs(30)));
    let child = started(&simulator, &with(&DISK, &["--yes"]));
    arrived(&simulator, 1).await;
    let ran = interrupted(child);
    assert_eq!(ran.code, Some(130), "{ran:?}");
    assert!(ran.err.contains("look at the target before it is sent again"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_in_the_middle_of_a_question_says_that_nothing_was_changed() {
    let simulator = Simulator::start().await.unwrap();
    fault(&simulator, Phase::BeforeAnswering, Fault::Stall(Duration::from_secs(30)));
    let child = started(&simulator, &["list-database-backups"]);
    arrived(&simulator, 1).await;
    let ran = interrupted(child);
    assert_eq!(ran.code, Some(130), "{ran:?}");
    assert!(ran.err.contains("nothing was changed"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn that_nobody_answers_is_said_while_it_is_waited_for() {
    let simulator = Simulator::start().await.unwrap();
    simulator.stop_listening().await.unwrap();
    let mut child = started(&simulator, &["job", "wait", sample::JOB]);
    let mut lines = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    lines.read_line(&mut line).unwrap();
    assert!(line.contains("is the address right (--url)") && line.contains("Ctrl-C ends that"), "{line}");
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let mut rest = String::new();
    lines.read_to_string(&mut rest).unwrap();
    assert!(rest.contains(&format!("restore job wait {}", sample::JOB)), "{rest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_jobs_name_is_printed_before_anything_is_sent() {
    let simulator = Simulator::start().await.unwrap();
    // Not even the connection's first byte is read.
    fault(&simulator, Phase::Connecting, Fault::Stall(Duration::from_secs(30)));
    let mut child = started(&simulator, &with(&VOLUME, &["--yes"]));
    let mut line = String::new();
    let mut lines = BufReader::new(child.stderr.take().unwrap());
    lines.read_line(&mut line).unwrap();
    assert!(line.starts_with("Job ") && line.trim().len() == 36, "{line}");
    assert_eq!(simulator.requests().len(), 0);
    child.kill().unwrap();
    child.wait().unwrap();
    let mut rest = String::new();
    lines.read_to_string(&mut rest).unwrap();
    assert!(rest.is_empty(), "{rest}");
}
