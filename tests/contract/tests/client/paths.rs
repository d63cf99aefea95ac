//! Ids become one segment of a path, or nothing is sent.

use serde_json::json;

use crate::{
    call::call,
    client::ErrorKind,
    listener::{self, requests, saying},
};

#[tokio::test]
async fn an_id_that_would_change_the_path_is_refused_before_anything_is_sent() {
    let server = saying(202, "").await;
    for hostile in ["", ".", "..", "a/b", "/", "..\\", "a\\b", "a\nb", "\u{0}", "\u{7f}", "\u{85}"] {
        for (operation, parameter) in [
            ("RestoreBackup", "project_id"),
            ("RestoreBackup", "backup_id"),
            ("RecoverDataVolume", "uuid"),
            ("RecoverBackupFromImageStoreBackupStorage", "uuid"),
            ("SyncDatabaseBackupFromImageStoreBackupStorage", "uuid"),
        ] {
            let mut parameters = match operation {
                "RestoreBackup" => json!({"project_id": "p", "backup_id": "b"}),
                "RecoverDataVolume" => json!({"uuid": "u"}),
                _ => json!({"uuid": "u", "src_backup_storage_uuid": "s", "dst_backup_storage_uuid": "d"}),
            };
            parameters[parameter] = json!(hostile);
            let error = call(&server.uri(), operation, &parameters).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{hostile:?}");
            let text = error.to_string();
            assert!(text.starts_with(&format!("{operation}: `{parameter}`: ")), "{text}");
        }
    }
    assert_eq!(requests(&server).await, 0);
}

#[tokio::test]
async fn any_other_id_stays_one_segment_of_the_path() {
    for (id, segment) in [
        ("a b", "a%20b"),
        ("a%2Fb", "a%252Fb"),
        ("%2e%2e", "%252e%252e"),
        ("{a5200268}", "%7Ba5200268%7D"),
        ("a?b#c", "a%3Fb%23c"),
        ("...", "..."),
        ("ü", "%C3%BC"),
        ("a;b=c", "a%3Bb%3Dc"),
    ] {
        let server = saying(202, "").await;
        call(&server.uri(), "RestoreBackup", &json!({"project_id": "p", "backup_id": id})).await.unwrap();
        let sent = listener::only_request(&server).await;
        assert_eq!(sent.path, format!("/v3/p/backups/{segment}/restore"));
    }
}

#[tokio::test]
async fn a_required_parameter_that_was_not_set_is_named_and_nothing_is_sent() {
    let server = saying(200, "{}").await;
    for (operation, given, missing) in [
        ("RestoreBackup", json!({"project_id": "p"}), "backup_id"),
        ("RecoverDataVolume", json!({}), "uuid"),
        ("GetDatabaseBackupFromImageStore", json!({}), "url"),
        (
            "RecoverBackupFromImageStoreBackupStorage",
            json!({"uuid": "u", "dst_backup_storage_uuid": "d"}),
            "src_backup_storage_uuid",
        ),
    ] {
        let error = call(&server.uri(), operation, &given).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().contains(&format!("`{missing}` is required and was not set")), "{error}");
    }
    assert_eq!(requests(&server).await, 0);
}
