//! The state file, as a second simulator finds it.

use std::time::Duration;

use crate::common::*;
use simulator::{Error, Pace, Settings, Simulator, TimestampForm, sample};

#[tokio::test]
async fn whatever_was_done_is_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let minute = |settings: &mut Settings| settings.job_pace = Pace::Time(Duration::from_secs(60));
    let first = Simulator::builder().settings(minute).state_file(&path).start().await.unwrap();
    first.with_state(|state| state.zstack.volumes.get_mut(sample::READY_VOLUME).unwrap().name = Some("x".to_owned()));
    let uuid = job(&first, &volume(), &[OAUTH], RECOVER).await;
    first.with_settings(|settings| settings.timestamps = TimestampForm::Java9);
    send(&first, "POST", &restore(), &[TOKEN], Some(&to_server())).await;
    first.advance(Duration::from_secs(30));
    assert_eq!(query(&first, &uuid).await.status, 202);
    let written = Simulator::builder().state_file(&path).start().await.unwrap();
    assert_eq!(written.state(), first.state());
}

#[tokio::test]
async fn a_job_that_was_running_goes_on_by_the_clock_it_was_started_by() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let minute = |settings: &mut Settings| settings.job_pace = Pace::Time(Duration::from_secs(60));
    let first = Simulator::builder().settings(minute).state_file(&path).start().await.unwrap();
    first.advance(Duration::from_secs(3_600));
    let uuid = job(&first, &volume(), &[OAUTH], RECOVER).await;
    drop(first);
    let second = Simulator::builder().state_file(&path).start().await.unwrap();
    assert_eq!(query(&second, &uuid).await.status, 202);
    second.advance(Duration::from_secs(60));
    assert_eq!(query(&second, &uuid).await.status, 200);
}

#[tokio::test]
#[allow(clippy::disallowed_methods, reason = "this file is in a temporary folder")]
async fn a_file_that_cannot_be_used_stops_the_start_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("no such folder").join("state");
    let error = Simulator::builder().state_file(&path).start().await.unwrap_err();
    assert!(matches!(error, Error::StateFile { .. }) && error.to_string().contains("no such folder"), "{error}");
    let damaged = folder.path().join("damaged");
    std::fs::write(&damaged, "something else\n".repeat(2)).unwrap();
    let error = Simulator::builder().state_file(&damaged).start().await.unwrap_err();
    assert!(error.to_string().contains("line 1"), "{error}");
    assert_eq!(std::fs::read(&damaged).unwrap().len(), 30, "it is left as it was");
}
