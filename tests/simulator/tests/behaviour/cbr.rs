//! CBR's restore, and the gateway in front of it.

use std::time::Duration;

use crate::common::*;
use serde_json::json;
use simulator::{AcceptedBody, Simulator, TokenRefusal, sample};

const NOBODY: (&str, &str) = ("x-auth-token", "nobody");

#[tokio::test]
async fn a_restore_is_accepted_with_each_of_the_three_bodies() {
    let simulator = Simulator::start().await.unwrap();
    let reply = send(&simulator, "POST", &restore(), &[TOKEN], Some(&to_server())).await;
    assert_eq!((reply.status, reply.text.as_str(), reply.content_type), (202, "", None));
    simulator.with_settings(|settings| settings.accepted_body = AcceptedBody::EmptyObject);
    let reply = send(&simulator, "POST", &restore(), &[TOKEN], Some(&to_server())).await;
    assert_eq!((reply.status, reply.text.as_str()), (202, "{}"));
    simulator.with_settings(|settings| settings.accepted_body = AcceptedBody::JobId);
    let reply = send(&simulator, "POST", &restore(), &[TOKEN], Some(&to_server())).await;
    assert_eq!((reply.status, reply.content_type.as_deref()), (202, Some("application/json")));
    let body: serde_json::Value = serde_json::from_str(&reply.text).unwrap();
    assert!(body["job_id"].is_string());
}

#[tokio::test]
async fn a_restore_counts_for_its_backup_and_for_all_that_it_overwrites() {
    let simulator = Simulator::start().await.unwrap();
    send(&simulator, "POST", &restore(), &[TOKEN], Some(&to_server())).await;
    send(&simulator, "POST", &restore(), &[TOKEN], Some(&to_disk())).await;
    let counts = [sample::BACKUP, sample::DISK, sample::SERVER].map(|id| simulator.executions(id));
    assert_eq!(counts, [2, 2, 1]);
}

#[tokio::test]
async fn each_answer_has_a_request_id() {
    let simulator = Simulator::start().await.unwrap();
    let accepted = send(&simulator, "POST", &restore(), &[TOKEN], Some(&to_disk())).await;
    let refused = send(&simulator, "POST", &restore(), &[NOBODY], Some(&to_disk())).await;
    assert_eq!(accepted.request_id.as_ref().map(String::len), Some(32));
    assert_eq!(refused.json()["request_id"].as_str(), refused.request_id.as_deref());
    assert_ne!(accepted.request_id, refused.request_id);
}

#[tokio::test]
async fn a_request_without_a_valid_token_is_refused_in_each_shape() {
    let simulator = Simulator::start().await.unwrap();
    let cases = [
        (TokenRefusal::ApiGateway, 401, r#""error_code":"APIGW.0307""#),
        (TokenRefusal::Message, 401, r#""message":"#),
        (TokenRefusal::Identity, 401, r#""error":{"code":401"#),
        (TokenRefusal::Numbered, 403, r#""code":403"#),
        (TokenRefusal::Html, 401, "<html>"),
        (TokenRefusal::Empty, 401, ""),
        (TokenRefusal::Service, 500, r#""error_code":"BackupService.9998""#),
    ];
    for (shape, status, part) in cases {
        simulator.with_settings(|settings| settings.token_refusal = shape);
        for headers in [&[][..], &[NOBODY][..], &[("authorization", "SDK-HMAC-SHA256 Access=NOBODY, Signature=0")][..]]
        {
            let reply = send(&simulator, "POST", &restore(), headers, Some(&to_disk())).await;
            assert_eq!(reply.status, status, "{shape:?}");
            assert!(reply.text.contains(part), "{shape:?}: {}", reply.text);
            assert_eq!(reply.text.is_empty(), shape == TokenRefusal::Empty);
        }
    }
    assert_eq!(simulator.executions(sample::BACKUP), 0);
}

#[tokio::test]
async fn a_token_is_valid_for_a_day_and_use_does_not_prolong_it() {
    let simulator = Simulator::start().await.unwrap();
    for (hours, status) in [(0, 202), (23, 202), (1, 401)] {
        simulator.advance(Duration::from_secs(hours * 3_600));
        assert_eq!(send(&simulator, "POST", &restore(), &[TOKEN], Some(&to_disk())).await.status, status);
    }
}

#[tokio::test]
async fn a_token_of_another_project_is_a_403() {
    let simulator = Simulator::start().await.unwrap();
    let target = restore().replace(sample::PROJECT, "00000000000000000000000000000000");
    let reply = send(&simulator, "POST", &target, &[TOKEN], Some(&to_disk())).await;
    assert_eq!(reply.status, 403);
    assert!(reply.json()["error_code"].as_str().unwrap().starts_with("BackupService."));
}

#[tokio::test]
async fn a_second_restore_while_one_runs_is_a_conflict_as_a_400() {
    let slow = |settings: &mut simulator::Settings| settings.restore_time = Duration::from_secs(60);
    let simulator = Simulator::builder().settings(slow).start().await.unwrap();
    assert_eq!(send(&simulator, "POST", &restore(), &[TOKEN], Some(&to_disk())).await.status, 202);
    // The same backup, and another backup to the same disk.
    for target in [restore(), restore_of(sample::DISK_BACKUP)] {
        let reply = send(&simulator, "POST", &target, &[TOKEN], Some(&to_disk())).await;
        assert_eq!((reply.status, &reply.json()["error_code"]), (400, &json!("BackupService.2010")));
        assert!(reply.json()["error_msg"].as_str().unwrap().contains("already being restored"));
    }
    assert_eq!(simulator.executions(sample::DISK), 1);
    simulator.advance(Duration::from_secs(60));
    assert_eq!(send(&simulator, "POST", &restore(), &[TOKEN], Some(&to_disk())).await.status, 202);
}

#[tokio::test]
async fn an_unknown_backup_is_a_404_of_the_service_and_an_unknown_path_one_of_the_gateway() {
    let simulator = Simulator::start().await.unwrap();
    for (target, code) in [
        (restore_of("0"), "BackupService."),
        (restore_of("a%2Fb"), "BackupService."),
        ("/v3/x/backups".to_owned(), "APIGW."),
        ("/v3/x/backups//restore".to_owned(), "APIGW."),
    ] {
        let reply = send(&simulator, "POST", &target, &[TOKEN], Some(&to_disk())).await;
        assert_eq!(reply.status, 404, "{target}");
        assert!(reply.json()["error_code"].as_str().unwrap().starts_with(code), "{target}: {}", reply.text);
    }
}

#[tokio::test]
async fn a_wrong_method_is_a_405() {
    let simulator = Simulator::start().await.unwrap();
    assert_eq!(send(&simulator, "GET", &restore(), &[TOKEN], None).await.status, 405);
}

#[tokio::test]
async fn a_body_that_is_not_valid_is_a_400() {
    let simulator = Simulator::start().await.unwrap();
    let long = format!(
        r#"{{"restore":{{"volume_id":"{}","details":{{"destination_path":"{}"}}}}}}"#,
        sample::DISK,
        "x".repeat(256)
    );
    let bodies = [
        "",
        "{",
        "{}",
        "[]",
        r#"{"restore":[]}"#,
        r#"{"restore":{}}"#,
        r#"{"restore":{"volume_id":1}}"#,
        r#"{"restore":{"volume_id":"nobody"}}"#,
        r#"{"restore":{"mappings":[{"backup_id":"x"}]}}"#,
        &long,
    ];
    for body in bodies {
        let reply = send(&simulator, "POST", &restore(), &[TOKEN], Some(body)).await;
        assert_eq!(reply.status, 400, "{body}");
        assert!(reply.json()["error_code"].as_str().unwrap().starts_with("BackupService."), "{body}");
    }
    assert_eq!(simulator.executions(sample::BACKUP), 0);
}

#[tokio::test]
async fn what_a_request_must_name_depends_on_the_backups_kind() {
    let simulator = Simulator::start().await.unwrap();
    let server_only = format!(r#"{{"restore":{{"server_id":"{}"}}}}"#, sample::SERVER);
    let no_mappings = format!(r#"{{"restore":{{"server_id":"{}","mappings":[]}}}}"#, sample::SERVER);
    let cases = [
        (sample::SERVER_BACKUP, to_server(), 202),
        (sample::SERVER_BACKUP, to_disk(), 400),
        (sample::SERVER_BACKUP, server_only, 400),
        (sample::SERVER_BACKUP, no_mappings, 400),
        (sample::DISK_BACKUP, to_disk(), 202),
        (sample::DISK_BACKUP, to_server(), 400),
        (sample::BACKUP, to_disk(), 202),
        (sample::BACKUP, to_server(), 202),
    ];
    for (backup, body, status) in cases {
        assert_eq!(send(&simulator, "POST", &restore_of(backup), &[TOKEN], Some(&body)).await.status, status, "{body}");
    }
}
