//! A program that is killed in the middle of its job, and started again.

use std::{path::Path, process::Stdio, time::Duration};

use simulator::{Operation, Pace, Simulator, sample};
use tempfile::TempDir;

use crate::program::{example, run, succeeds};

/// How long the job runs, by the simulator's clock.
const LONG: Duration = Duration::from_secs(1000);

/// Starts the program, and kills it once it has asked for its job. The job runs on.
async fn killed_in_the_middle(folder: &TempDir) -> (Simulator, String) {
    let builder = Simulator::builder().settings(|settings| settings.job_pace = Pace::Time(LONG));
    let simulator = builder.start().await.unwrap();
    let file = folder.path().join("job").into_os_string().into_string().unwrap();
    let mut command = example!("zstack_take_up_job", &simulator);
    let mut killed = command.args([sample::VOLUME, &file]).stdout(Stdio::null()).spawn().unwrap();
    while !simulator.fates().iter().any(|fate| fate.operation == Some(Operation::QueryJob)) {
        assert!(killed.try_wait().unwrap().is_none(), "it ended before it was killed");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert!(Path::new(&file).exists());
    (simulator, file)
}

fn submissions(simulator: &Simulator) -> usize {
    simulator.requests().iter().filter(|request| request.method == "PUT").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_was_killed_takes_its_job_up_again_and_recovers_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let (simulator, file) = killed_in_the_middle(&folder).await;
    simulator.advance(LONG);
    let done = succeeds(example!("zstack_take_up_job", &simulator).args([sample::VOLUME, &file]));
    assert_eq!(done.stdout, format!("taking up the job in {file}\nthe volume is Ready\n"));
    assert_eq!((simulator.executions(sample::VOLUME), submissions(&simulator)), (1, 1));
    assert!(!Path::new(&file).exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_the_server_has_forgotten_is_not_submitted_again() {
    let folder = tempfile::tempdir().unwrap();
    let (simulator, file) = killed_in_the_middle(&folder).await;
    simulator.purge_jobs();
    let done = run(example!("zstack_take_up_job", &simulator).args([sample::VOLUME, &file]));
    assert_eq!(done.code, Some(1), "{done:?}");
    assert_eq!(submissions(&simulator), 1);
    assert!(Path::new(&file).exists());
}
