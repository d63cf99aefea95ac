//! The operations that do not succeed: failed, refused, in an expired session.

use generated_client::{ErrorKind, Outcome, zstack};
use simulator::{FailureStatus, Operation, Phase, PutAnswer, sample, zstack::ErrorCode};

use crate::{
    calls::{self, JOBS, ZSTACK, requests},
    trouble::{answer, rule},
};

#[tokio::test]
async fn a_failed_operation_says_what_the_server_said() {
    for operation in ZSTACK {
        for status in [FailureStatus::ServiceUnavailable, FailureStatus::Ok] {
            let simulator = calls::simulator().await;
            simulator.with_settings(|settings| settings.failure_status = status);
            let failure = ErrorCode::new("SYS.1006", "the image store has no room");
            simulator.with_state(|state| state.zstack.failures.insert(calls::resource(operation).to_owned(), failure));
            let error = calls::call(&calls::zstack(&simulator), operation).await.unwrap_err();
            assert_eq!(
                (error.outcome(), error.code()),
                (Outcome::Failed, Some("SYS.1006")),
                "{operation:?} {status:?}"
            );
            assert!(error.to_string().contains("the image store has no room"), "{error}");
            assert_eq!(simulator.executions(calls::resource(operation)), 0);
        }
    }
}

#[tokio::test]
async fn a_job_that_failed_is_named_by_its_error() {
    for operation in JOBS {
        let simulator = calls::simulator().await;
        let failure = ErrorCode::new("SYS.1000", "");
        simulator.with_state(|state| state.zstack.failures.insert(calls::resource(operation).to_owned(), failure));
        let error = calls::call(&calls::zstack(&simulator), operation).await.unwrap_err();
        assert_eq!(
            error.job_uuid().map(|uuid| uuid.as_str().to_owned()).as_ref(),
            calls::job_uuids(&simulator).first()
        );
    }
}

#[tokio::test]
async fn what_does_not_exist_fails_with_its_code() {
    for operation in JOBS {
        let simulator = calls::simulator().await;
        let unknown = "ffffffffffffffffffffffffffffffff";
        let error = calls::call_on(&calls::zstack(&simulator), operation, unknown).await.unwrap_err();
        assert_eq!((error.outcome(), error.code()), (Outcome::Failed, Some("SYS.1003")), "{operation:?}");
    }
}

#[tokio::test]
async fn a_volume_that_is_not_deleted_is_not_recovered() {
    let simulator = calls::simulator().await;
    let zstack = calls::zstack(&simulator);
    let error = zstack.recover_data_volume().uuid(sample::READY_VOLUME).send().await.unwrap_err();
    assert_eq!((error.outcome(), error.code()), (Outcome::Failed, Some("SYS.1006")));
    assert_eq!(simulator.executions(sample::READY_VOLUME), 0);
}

#[tokio::test]
async fn a_session_that_has_expired_is_refused_wherever_that_is_said() {
    for operation in ZSTACK {
        for answer in [PutAnswer::Job, PutAnswer::AtOnce] {
            let simulator = calls::simulator().await;
            simulator.with_settings(|settings| settings.put_answer = answer);
            simulator.expire_credentials();
            let error = calls::call(&calls::zstack(&simulator), operation).await.unwrap_err();
            assert_eq!(
                (error.outcome(), error.code()),
                (Outcome::Refused, Some("ID.1001")),
                "{operation:?} {answer:?}"
            );
            assert!(error.is_session_expired());
            assert_eq!(simulator.executions(calls::resource(operation)), 0);
        }
    }
}

#[tokio::test]
async fn what_the_rest_layer_says_in_plain_text_is_refused() {
    for operation in ZSTACK {
        let simulator = calls::simulator().await;
        // As the manuals print it: with `/zstack`, which the paths have already.
        let base_url = format!("{}/zstack", simulator.url());
        let zstack = zstack::Client::new(&base_url, calls::session()).unwrap();
        let error = calls::call(&zstack, operation).await.unwrap_err();
        assert_eq!((error.outcome(), error.kind()), (Outcome::Refused, ErrorKind::Status), "{operation:?}");
        assert_eq!(error.status().unwrap().as_u16(), 404);
        assert_eq!(simulator.requests().len(), 1);
    }
}

#[tokio::test]
async fn an_argument_that_the_server_minds_is_said_with_its_code() {
    let simulator = calls::simulator().await;
    let zstack = calls::zstack(&simulator);
    let call = zstack.get_database_backup_from_image_store().url(sample::IMAGE_STORE).registry_port(70_000);
    let error = call.send().await.unwrap_err();
    assert_eq!((error.outcome(), error.code()), (Outcome::Failed, Some("SYS.1007")));
}

#[tokio::test]
async fn a_validation_changes_nothing() {
    let simulator = calls::simulator().await;
    let zstack = calls::zstack(&simulator);
    let answer = zstack.recover_data_volume().uuid(sample::VOLUME).validation_only().send().await.unwrap();
    assert!(answer.inventory.is_none());
    assert_eq!(simulator.executions(sample::VOLUME), 0);
    let body = requests(&simulator, "PUT")[0].json().unwrap();
    assert_eq!(body, serde_json::json!({"recoverDataVolume": {}, "systemTags": ["validationOnly"]}));

    let error = zstack.recover_data_volume().uuid(sample::READY_VOLUME).validation_only().send().await.unwrap_err();
    assert_eq!(error.code(), Some("SYS.1006"));
}

#[tokio::test]
async fn nothing_is_sent_that_can_not_be_one_segment_of_a_path() {
    for operation in JOBS {
        for id in ["", ".", "..", "a/b"] {
            let simulator = calls::simulator().await;
            let error = calls::call_on(&calls::zstack(&simulator), operation, id).await.unwrap_err();
            assert_eq!(error.outcome(), Outcome::NotSent, "{operation:?} {id:?}");
            assert_eq!(simulator.requests(), []);
        }
    }
}

#[tokio::test]
async fn a_failure_in_a_200_is_told_as_it_was_written_whatever_else_is_in_it() {
    let body = r#"{"error":{"code":"SYS.1006","message":"no room","httpStatus":"503","cost":12,"params":[]}}"#;
    for operation in [ZSTACK[3], Operation::QueryJob] {
        let simulator = calls::simulator().await;
        rule(&simulator, operation, Phase::BeforeExecuting, answer(200, body), Some(1));
        let called = if operation == Operation::QueryJob { ZSTACK[2] } else { operation };
        let error = calls::call(&calls::zstack(&simulator), called).await.unwrap_err();
        assert_eq!((error.outcome(), error.code()), (Outcome::Failed, Some("SYS.1006")));
        assert!(error.to_string().contains("no room"), "{error}");
    }
}
