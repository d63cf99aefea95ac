//! The responses that the pages show, byte for byte through the client.

use serde_json::Value;

use crate::{call::call, listener};

/// Parameters with which each operation can be called.
fn parameters(operation: &str) -> Value {
    match operation {
        "GetDatabaseBackupFromImageStore" => serde_json::json!({"url": "ssh://root@10.0.0.1/bs"}),
        "RecoverDataVolume" => serde_json::json!({"uuid": "u"}),
        _ => serde_json::json!({"uuid": "u", "src_backup_storage_uuid": "s", "dst_backup_storage_uuid": "d"}),
    }
}

#[tokio::test]
async fn every_recorded_response_decodes_and_encodes_again_to_the_same_values() {
    let mut decoded = 0;
    for operation in contract::examples::OPERATIONS {
        let Some(recorded) = contract::examples::response(operation) else { continue };
        let server = listener::saying(200, &recorded).await;
        let answer = call(&server.uri(), operation, &parameters(operation)).await;
        let answer = answer.unwrap_or_else(|error| panic!("{error}"));
        let recorded: Value = serde_json::from_str(&recorded).expect("recorded responses are JSON");
        assert_eq!(by_value(answer), by_value(recorded), "{operation}");
        decoded += 1;
    }
    assert_eq!(decoded, 4, "four pages show a response");
}

/// The same value with every number as a float: serde_json says that `1.0` and `1` differ.
fn by_value(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::from(number.as_f64()),
        Value::Array(items) => items.into_iter().map(by_value).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, by_value(value))).collect(),
        other => other,
    }
}

#[tokio::test]
async fn an_answer_without_a_media_type_decodes() {
    let server =
        listener::answering(wiremock::ResponseTemplate::new(200).set_body_bytes(b"{\"infos\":[]}".to_vec())).await;
    let parameters = parameters("GetDatabaseBackupFromImageStore");
    let answer = call(&server.uri(), "GetDatabaseBackupFromImageStore", &parameters).await.unwrap();
    assert_eq!(answer, serde_json::json!({"infos": []}));
}

#[tokio::test]
async fn null_absent_and_empty_are_kept_apart_in_lists_and_unknown_fields_are_passed_over() {
    for body in [r#"{}"#, r#"{"infos":null}"#, r#"{"infos":[]}"#, r#"{"infos":[{"created":"no date"}]}"#] {
        let with_more = body.replacen('{', r#"{"unknown":{"a":[1]},"#, 1).replace(",}", "}");
        let server = listener::saying(200, &with_more).await;
        let parameters = parameters("GetDatabaseBackupFromImageStore");
        let answer = call(&server.uri(), "GetDatabaseBackupFromImageStore", &parameters).await.unwrap();
        assert_eq!(answer.to_string(), body);
    }
}
