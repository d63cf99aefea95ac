//! CBR's restore, where it is not accepted.

use std::time::Duration;

use generated_client::{Outcome, cbr};
use simulator::{Operation, Phase, sample};

use crate::{
    calls,
    trouble::{answer, rule},
};

#[tokio::test]
async fn a_restore_while_another_one_runs_is_refused() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.restore_time = Duration::from_secs(60));
    let cbr = calls::cbr(&simulator);
    calls::restore(&cbr).await.unwrap();
    let error = calls::restore(&cbr).await.unwrap_err();
    assert_eq!((error.outcome(), error.code()), (Outcome::Refused, Some("BackupService.2010")));
    assert_eq!(simulator.executions(sample::DISK), 1);
}

#[tokio::test]
async fn a_token_that_has_expired_is_refused_in_whatever_shape() {
    for refusal in calls::EXPIRED_TOKENS {
        let simulator = calls::simulator().await;
        simulator.with_settings(|settings| settings.token_refusal = refusal);
        simulator.expire_credentials();
        let error = calls::restore(&calls::cbr(&simulator)).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Refused, "{refusal:?}: {error}");
        assert!(error.is_session_expired(), "{refusal:?}: {error}");
        assert_eq!(simulator.executions(sample::DISK), 0);
    }
}

#[tokio::test]
async fn a_restore_whose_answer_says_nothing_is_unknown_and_is_not_sent_again() {
    for (status, body) in [(500, ""), (502, "<html>bad gateway</html>"), (504, "")] {
        for phase in [Phase::BeforeExecuting, Phase::BeforeAnswering] {
            let simulator = calls::simulator().await;
            rule(&simulator, Operation::RestoreBackup, phase, answer(status, body), None);
            let error = calls::restore(&calls::cbr(&simulator)).await.unwrap_err();
            assert_eq!(error.outcome(), Outcome::Unknown, "{status} {phase:?}");
            assert_eq!(simulator.requests().len(), 1);
        }
    }
}

#[tokio::test]
async fn the_path_in_the_resource_is_sent_as_details() {
    let simulator = calls::simulator().await;
    let details = cbr::types::BackupRestoreDetails::new("/data");
    let call = calls::cbr(&simulator);
    let call = call.restore_backup().project_id(sample::PROJECT).backup_id(sample::BACKUP);
    call.volume_id(sample::DISK).details(details).send().await.unwrap();
    let sent = simulator.requests()[0].json().unwrap();
    assert_eq!(sent["restore"]["details"], serde_json::json!({"destination_path": "/data"}));
    calls::assert_all_fit(&simulator);
}
