//! ZStack's jobs, and the three operations that are jobs.

use std::time::Duration;

use crate::common::*;
use serde_json::json;
use simulator::zstack::ErrorCode;
use simulator::{FailureStatus, Pace, PutAnswer, Simulator, sample};

const NAME: (&str, &str) = ("x-job-uuid", "f962af46d6014829b0ad493b0fa44a65");

fn action(key: &str) -> String {
    format!(r#"{{"{key}":{STORAGES}}}"#)
}

#[tokio::test]
async fn a_put_is_accepted_with_a_foreign_location_and_a_time_limit() {
    let simulator = Simulator::start().await.unwrap();
    let reply = send(&simulator, "PUT", &volume(), &[OAUTH, NAME], Some(RECOVER)).await;
    assert_eq!((reply.status, reply.content_type), (202, None));
    let location = format!("http://192.0.2.10:8080/zstack/v1/api-jobs/{}", NAME.1);
    let body: serde_json::Value = serde_json::from_str(&reply.text).unwrap();
    assert_eq!(body, json!({ "location": location, "apiTimeout": 1_800_000 }));
}

#[tokio::test]
async fn a_job_without_a_name_of_its_own_is_given_32_hexadecimal_digits() {
    let simulator = Simulator::start().await.unwrap();
    let uuid = job(&simulator, &volume(), &[OAUTH], RECOVER).await;
    assert!(uuid.len() == 32 && uuid.chars().all(|digit| digit.is_ascii_hexdigit()), "{uuid}");
}

#[tokio::test]
async fn a_job_runs_for_as_many_queries_as_set_and_then_has_its_result() {
    let polls = |settings: &mut simulator::Settings| settings.job_pace = Pace::Polls(2);
    let simulator = Simulator::builder().settings(polls).start().await.unwrap();
    let uuid = job(&simulator, &volume(), &[OAUTH], RECOVER).await;
    for _ in 0..2 {
        let reply = query(&simulator, &uuid).await;
        assert_eq!((reply.status, reply.text.as_str()), (202, "{}"));
    }
    for _ in 0..2 {
        let reply = query(&simulator, &uuid).await;
        assert_eq!((reply.status, reply.content_type.as_deref()), (200, None));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&reply.text).unwrap()["inventory"]["status"], "Ready");
    }
}

#[tokio::test]
async fn a_job_runs_for_as_long_as_set() {
    let minute = |settings: &mut simulator::Settings| settings.job_pace = Pace::Time(Duration::from_secs(60));
    let simulator = Simulator::builder().settings(minute).start().await.unwrap();
    let uuid = job(&simulator, &volume(), &[OAUTH], RECOVER).await;
    assert_eq!(query(&simulator, &uuid).await.status, 202);
    simulator.advance(Duration::from_secs(60));
    assert_eq!(query(&simulator, &uuid).await.status, 200);
}

#[tokio::test]
async fn a_finished_job_is_purged_and_its_uuid_is_free_again() {
    let simulator = Simulator::start().await.unwrap();
    finish(&simulator, &volume(), &[OAUTH, NAME], RECOVER).await;
    simulator.advance(Duration::from_secs(3 * 3_600 - 60));
    assert_eq!(query(&simulator, NAME.1).await.status, 200);
    simulator.advance(Duration::from_secs(60));
    let reply = query(&simulator, NAME.1).await;
    assert_eq!((reply.status, reply.text.as_str()), (404, "the job has been expired"));
    assert_eq!(send(&simulator, "PUT", &volume(), &[OAUTH, NAME], Some(RECOVER)).await.status, 202);
}

#[tokio::test]
async fn a_job_uuid_that_is_known_is_a_400_and_nothing_is_carried_out() {
    let simulator = Simulator::start().await.unwrap();
    job(&simulator, &volume(), &[OAUTH, NAME], RECOVER).await;
    let reply = send(&simulator, "PUT", &volume(), &[OAUTH, NAME], Some(RECOVER)).await;
    assert_eq!((reply.status, reply.text), (400, format!("Duplicate job uuid[{}]", NAME.1)));
    assert_eq!(simulator.executions(sample::VOLUME), 1);
    // On GET the header names nothing.
    let target = image_store(&format!("?{IMAGE_STORE_URL}"));
    assert_eq!(send(&simulator, "GET", &target, &[OAUTH, NAME], None).await.status, 200);
}

#[tokio::test]
async fn the_longest_x_api_timeout_is_answered_with_the_largest_int64() {
    let simulator = Simulator::start().await.unwrap();
    let headers = [OAUTH, NAME, ("x-api-timeout", "9223372036854775807")];
    let reply = send(&simulator, "PUT", &volume(), &headers, Some(RECOVER)).await;
    assert_eq!(reply.json()["apiTimeout"], i64::MAX);
}

#[tokio::test]
async fn x_api_timeout_is_seconds_and_a_longer_job_fails_with_sys_1001() {
    let minute = |settings: &mut simulator::Settings| settings.job_pace = Pace::Time(Duration::from_secs(60));
    let simulator = Simulator::builder().settings(minute).start().await.unwrap();
    let headers = [OAUTH, NAME, ("x-api-timeout", "30")];
    let reply = send(&simulator, "PUT", &volume(), &headers, Some(RECOVER)).await;
    assert_eq!(reply.json()["apiTimeout"], 30_000);
    simulator.advance(Duration::from_secs(30));
    let reply = query(&simulator, NAME.1).await;
    assert_eq!((reply.status, reply.code().as_str()), (503, "SYS.1001"));
}

#[tokio::test]
async fn an_expired_session_is_accepted_on_put_and_fails_in_the_job() {
    let simulator = Simulator::start().await.unwrap();
    for authorization in ["OAuth 00000000000000000000000000000000", "OAuth"] {
        let reply = finish(&simulator, &volume(), &[("authorization", authorization)], RECOVER).await;
        assert_eq!((reply.status, reply.code().as_str()), (503, "ID.1001"));
    }
    simulator.expire_credentials();
    assert_eq!(finished(&simulator, &volume(), RECOVER).await.code(), "ID.1001");
    assert_eq!(simulator.executions(sample::VOLUME), 0);
}

#[tokio::test]
async fn a_deleted_volume_is_recovered_once() {
    let simulator = Simulator::start().await.unwrap();
    let reply = finished(&simulator, &volume(), RECOVER).await;
    assert_eq!(reply.status, 200);
    let inventory = &reply.json()["inventory"];
    assert_eq!((&inventory["uuid"], &inventory["status"]), (&json!(sample::VOLUME), &json!("Ready")));
    assert_ne!(inventory["lastOpDate"], inventory["createDate"]);
    let again = finished(&simulator, &volume(), RECOVER).await;
    assert_eq!((again.status, again.code().as_str()), (503, "SYS.1006"));
    assert!(again.json()["error"]["details"].as_str().unwrap().contains("is not in status of deleted"));
    assert_eq!(simulator.executions(sample::VOLUME), 1);
}

#[tokio::test]
async fn a_volume_that_is_not_deleted_is_not_recovered() {
    let simulator = Simulator::start().await.unwrap();
    let target = volume().replace(sample::VOLUME, sample::READY_VOLUME);
    assert_eq!(finished(&simulator, &target, RECOVER).await.code(), "SYS.1006");
    assert_eq!(simulator.executions(sample::READY_VOLUME), 0);
}

#[tokio::test]
async fn an_unknown_uuid_fails_in_the_job_with_sys_1003() {
    let simulator = Simulator::start().await.unwrap();
    let cases = [
        (volume().replace(sample::VOLUME, "0"), RECOVER.to_owned()),
        (volume_backup().replace(sample::VOLUME_BACKUP, "0"), action("recoverBackupFromImageStoreBackupStorage")),
        (
            database_backup().replace(sample::DATABASE_BACKUP, "0"),
            action("syncDatabaseBackupFromImageStoreBackupStorage"),
        ),
    ];
    for (target, body) in cases {
        let reply = finished(&simulator, &target, &body).await;
        assert_eq!((reply.status, reply.code().as_str()), (503, "SYS.1003"), "{target}");
    }
}

#[tokio::test]
async fn a_volume_backup_is_recovered() {
    let simulator = Simulator::start().await.unwrap();
    let reply = finished(&simulator, &volume_backup(), &action("recoverBackupFromImageStoreBackupStorage")).await;
    assert_eq!(reply.status, 200);
    let inventory = &reply.json()["inventory"];
    assert_eq!(inventory["size"], 1_073_741_824);
    assert_eq!(inventory["backupStorageRefs"][0]["volumeBackupUuid"], sample::VOLUME_BACKUP);
    assert_eq!(simulator.executions(sample::VOLUME_BACKUP), 1);
}

#[tokio::test]
async fn a_database_backup_is_synchronized() {
    let simulator = Simulator::start().await.unwrap();
    let body = action("syncDatabaseBackupFromImageStoreBackupStorage");
    let reply = finished(&simulator, &database_backup(), &body).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json()["inventory"]["backupStorageRefs"][0]["databaseBackupUuid"], sample::DATABASE_BACKUP);
    assert_eq!(simulator.executions(sample::DATABASE_BACKUP), 1);
}

#[tokio::test]
async fn the_database_path_accepts_a_wrong_key_or_no_body_and_the_job_fails_with_sys_1007() {
    let simulator = Simulator::start().await.unwrap();
    let page = action("syncdatabasebackupfromimagestorebackupstorage");
    for body in [page.as_str(), "{}", "", "null", r#"{"recoverDataVolume":{}}"#] {
        let reply = finished(&simulator, &database_backup(), body).await;
        assert_eq!((reply.status, reply.code().as_str()), (503, "SYS.1007"), "{body}");
    }
    assert_eq!(simulator.executions(sample::DATABASE_BACKUP), 0);
}

#[tokio::test]
async fn a_backup_storage_that_is_missing_is_sys_1007_and_one_that_is_empty_or_unknown_sys_1003() {
    let simulator = Simulator::start().await.unwrap();
    let one = r#""srcBackupStorageUuid":"11111111111111111111111111111111""#;
    let cases = [
        (format!("{{{one}}}"), "SYS.1007"),
        (format!("{{{one},\"dstBackupStorageUuid\":null}}"), "SYS.1007"),
        (format!("{{{one},\"dstBackupStorageUuid\":\"\"}}"), "SYS.1003"),
        (format!("{{{one},\"dstBackupStorageUuid\":\"3\"}}"), "SYS.1003"),
    ];
    for (parameters, code) in cases {
        let body = format!(r#"{{"recoverBackupFromImageStoreBackupStorage":{parameters}}}"#);
        assert_eq!(finished(&simulator, &volume_backup(), &body).await.code(), code, "{body}");
    }
}

#[tokio::test]
async fn unknown_keys_inside_the_action_are_ignored() {
    let simulator = Simulator::start().await.unwrap();
    let body = r#"{"recoverDataVolume":{"unknown":{"a":[1]}},"unknown":true}"#;
    assert_eq!(finished(&simulator, &volume(), body).await.status, 200);
}

#[tokio::test]
async fn tags_are_taken_inside_and_beside_the_action_and_validation_only_carries_nothing_out() {
    let simulator = Simulator::start().await.unwrap();
    let inside = r#"{"recoverDataVolume":{"systemTags":["a::b","validationOnly"],"userTags":["u"]}}"#;
    let beside = r#"{"recoverDataVolume":{},"systemTags":["validationOnly"],"userTags":["u"]}"#;
    for body in [inside, beside] {
        let reply = finished(&simulator, &volume(), body).await;
        assert_eq!((reply.status, reply.text.as_str()), (200, "{}"), "{body}");
    }
    assert_eq!(simulator.executions(sample::VOLUME), 0);
    let target = volume().replace(sample::VOLUME, sample::READY_VOLUME);
    assert_eq!(finished(&simulator, &target, beside).await.code(), "SYS.1006", "what is not valid is said");
    assert_eq!(finished(&simulator, &volume(), RECOVER).await.status, 200);
}

#[tokio::test]
async fn a_put_can_be_answered_at_once() {
    let at_once = |settings: &mut simulator::Settings| settings.put_answer = PutAnswer::AtOnce;
    let simulator = Simulator::builder().settings(at_once).start().await.unwrap();
    let reply = send(&simulator, "PUT", &volume(), &[OAUTH], Some(RECOVER)).await;
    assert_eq!((reply.status, &reply.json()["inventory"]["status"]), (200, &json!("Ready")));
    let reply = send(&simulator, "PUT", &volume(), &[OAUTH], Some(RECOVER)).await;
    assert_eq!((reply.status, reply.code().as_str()), (503, "SYS.1006"));
}

#[tokio::test]
async fn a_failure_can_arrive_as_a_200() {
    let ok = |settings: &mut simulator::Settings| settings.failure_status = FailureStatus::Ok;
    let simulator = Simulator::builder().settings(ok).start().await.unwrap();
    let target = volume().replace(sample::VOLUME, sample::READY_VOLUME);
    let reply = finished(&simulator, &target, RECOVER).await;
    assert_eq!((reply.status, reply.code().as_str()), (200, "SYS.1006"));
    assert!(reply.json().get("inventory").is_none());
}

#[tokio::test]
async fn a_failure_that_is_set_up_is_played_with_its_cause_and_newer_fields() {
    let simulator = Simulator::start().await.unwrap();
    simulator.with_state(|state| {
        let mut error = ErrorCode::new("SYS.1006", "the agent did not answer");
        error.cause = Some(Box::new(ErrorCode::new("SYS.1001", "timeout")));
        error.more.insert("retryable".to_owned(), json!(false));
        state.zstack.failures.insert(sample::VOLUME.to_owned(), error);
    });
    let reply = finished(&simulator, &volume(), RECOVER).await;
    assert_eq!(reply.status, 503);
    let error = json!({
        "code": "SYS.1006", "description": "An operation failed", "details": "the agent did not answer",
        "retryable": false,
        "cause": { "code": "SYS.1001", "description": "A message or a operation timeout", "details": "timeout" },
    });
    assert_eq!(reply.json(), json!({ "error": error }));
    assert_eq!(simulator.executions(sample::VOLUME), 0);
}

#[tokio::test]
async fn an_operation_is_carried_out_even_if_nobody_asks_for_its_job() {
    let simulator = Simulator::start().await.unwrap();
    job(&simulator, &volume(), &[OAUTH], RECOVER).await;
    assert_eq!(simulator.executions(sample::VOLUME), 1);
    assert_eq!(simulator.state().zstack.volumes[sample::VOLUME].status.as_deref(), Some("Ready"));
}

#[tokio::test]
async fn of_many_requests_with_one_job_uuid_at_once_exactly_one_is_accepted() {
    let simulator = Simulator::start().await.unwrap();
    let (target, headers) = (volume(), [OAUTH, NAME]);
    let put = || send(&simulator, "PUT", &target, &headers, Some(RECOVER));
    let (a, b, c, d) = tokio::join!(put(), put(), put(), put());
    let mut statuses = [a.status, b.status, c.status, d.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [202, 400, 400, 400]);
    assert_eq!(simulator.executions(sample::VOLUME), 1);
}
