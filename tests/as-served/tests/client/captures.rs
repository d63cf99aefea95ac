//! Requests that other vendors' clients really sent, against what this client sends for the same call: JSON-equal, but
//! for the place of `systemTags`, which the vendor's SDK puts inside of the action and the document beside it. (Servers
//! take both.)

use generated_client::{cbr::types, zstack};
use serde_json::{Map, Value, json};
use simulator::{RecordedRequest, sample};

use crate::calls;

fn captures(name: &str) -> Vec<Value> {
    let path = format!("{}/../../spec/captures/{name}", env!("CARGO_MANIFEST_DIR"));
    let captures: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    captures["requests"].as_array().unwrap().clone()
}

fn text<'a>(node: &'a Value, name: &str) -> &'a str {
    node[name].as_str().unwrap_or_else(|| panic!("no text {name} in {node}"))
}

fn texts(node: &Value) -> Vec<String> {
    node.as_array().into_iter().flatten().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// The query's parameters, by name. Values of one name keep their order.
fn query(request: &RecordedRequest) -> Vec<(String, String)> {
    let mut pairs = request.query_pairs();
    pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
    pairs
}

/// `{"action": {…, "systemTags": […]}}` with the tags beside the action.
fn with_tags_beside(body: &Value) -> Value {
    let (key, action) = body.as_object().unwrap().iter().next().unwrap();
    let mut action = action.clone();
    let tags = action.as_object_mut().unwrap().remove("systemTags");
    let mut body = Map::from_iter([(key.clone(), action)]);
    body.extend(tags.map(|tags| ("systemTags".to_owned(), tags)));
    Value::Object(body)
}

/// Calls the operation of a captured PUT with what the capture has.
async fn put(zstack: &zstack::Client, uuid: &str, body: &Value) {
    let action = body.as_object().unwrap().iter().next().unwrap();
    let tags = texts(&action.1["systemTags"]);
    match action.0.as_str() {
        "recoverDataVolume" => {
            let call = zstack.recover_data_volume().uuid(uuid);
            let call = if tags.is_empty() { call } else { call.system_tags(tags) };
            call.send().await.map(drop)
        }
        "recoverBackupFromImageStoreBackupStorage" => zstack
            .recover_backup_from_image_store_backup_storage()
            .uuid(uuid)
            .src_backup_storage_uuid(text(action.1, "srcBackupStorageUuid"))
            .dst_backup_storage_uuid(text(action.1, "dstBackupStorageUuid"))
            .send()
            .await
            .map(drop),
        "syncDatabaseBackupFromImageStoreBackupStorage" => zstack
            .sync_database_backup_from_image_store_backup_storage()
            .uuid(uuid)
            .src_backup_storage_uuid(text(action.1, "srcBackupStorageUuid"))
            .dst_backup_storage_uuid(text(action.1, "dstBackupStorageUuid"))
            .send()
            .await
            .map(drop),
        other => panic!("no operation has the action {other}"),
    }
    .unwrap();
}

#[tokio::test]
async fn zstacks_java_sdk_sends_the_same() {
    let captures = captures("zstack-requests.json");
    assert_eq!(captures.len(), 5);
    for capture in captures {
        let simulator = calls::simulator().await;
        let zstack = calls::zstack(&simulator);
        let (path, captured) = match text(&capture, "target").split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (text(&capture, "target"), None),
        };
        if text(&capture, "method") == "PUT" {
            put(&zstack, path.split('/').nth(4).unwrap(), &capture["body_json"]).await;
        } else if path.contains("api-jobs") {
            let uuid = path.rsplit('/').next().unwrap().parse().unwrap();
            zstack.job::<zstack::operation::RecoverDataVolume>(uuid).poll().await.unwrap();
        } else {
            let call = zstack.get_database_backup_from_image_store().url(sample::IMAGE_STORE).registry_port(8000);
            call.system_tags(["x", "y"]).send().await.unwrap();
        }
        let sent = &simulator.requests()[0];
        assert_eq!((sent.method.as_str(), sent.path.as_str()), (text(&capture, "method"), path));
        let mut expected = sent.clone();
        expected.query = captured.map(str::to_owned);
        assert_eq!(query(sent), query(&expected));
        let body = if capture["body_json"].is_null() { None } else { Some(with_tags_beside(&capture["body_json"])) };
        assert_eq!(sent.json(), body, "{path}");
        assert_eq!(sent.header("authorization").unwrap(), text(&capture["headers"], "Authorization"));
        assert_eq!(sent.header("x-job-uuid").is_some(), sent.method == "PUT");
        calls::assert_all_fit(&simulator);
    }
}

#[tokio::test]
async fn cbrs_two_clients_send_the_same() {
    let captures = captures("cbr-requests.json");
    assert_eq!(captures.len(), 8);
    for capture in captures {
        let simulator = calls::simulator().await;
        let segments: Vec<&str> = text(&capture, "target").split('/').collect();
        let backup = segments[4].replace("%7B", "{").replace("%7D", "}");
        let restore = &capture["body_json"]["restore"];
        let cbr = calls::cbr(&simulator);
        let mut call = cbr.restore_backup().project_id(segments[2]).backup_id(backup);
        for (name, value) in restore.as_object().unwrap() {
            let text = || value.as_str().unwrap().to_owned();
            call = match name.as_str() {
                "mappings" => call
                    .mappings(serde_json::from_value::<Vec<types::BackupRestoreServerMapping>>(value.clone()).unwrap()),
                "power_on" => call.power_on(value.as_bool().unwrap()),
                "server_id" => call.server_id(text()),
                "volume_id" => call.volume_id(text()),
                "resource_id" => call.resource_id(text()),
                "details" => {
                    call.details(serde_json::from_value::<types::BackupRestoreDetails>(value.clone()).unwrap())
                }
                other => panic!("the operation has no {other}"),
            };
        }
        // What the backup's id in braces names is for the server to say.
        let accepted = call.send().await.is_ok();
        assert_eq!(accepted, capture["case"] != "p_braces");
        let sent = &simulator.requests()[0];
        assert_eq!((sent.method.as_str(), sent.path.as_str()), ("POST", text(&capture, "target")));
        assert_eq!(sent.json().unwrap(), json!({"restore": restore}), "{}", text(&capture, "case"));
        calls::assert_all_fit(&simulator);
    }
}
