//! What the tests share: a plain HTTP client, and short names for the requests that most of them send.

use serde_json::Value;
use simulator::{Simulator, sample};

pub(crate) const OAUTH: (&str, &str) = ("authorization", "OAuth 5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c");
pub(crate) const TOKEN: (&str, &str) = ("x-auth-token", sample::TOKEN);
pub(crate) const RECOVER: &str = r#"{"recoverDataVolume":{}}"#;
pub(crate) const STORAGES: &str = r#"{"srcBackupStorageUuid":"11111111111111111111111111111111","dstBackupStorageUuid":"22222222222222222222222222222222"}"#;

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub(crate) fn code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap_or_else(|| panic!("no code: {self:?}")).to_owned()
    }
}

pub(crate) async fn send(
    simulator: &Simulator,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: Option<&str>,
) -> Reply {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let method = method.parse().unwrap();
    let mut request = client.request(method, format!("{}{target}", simulator.url()));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if let Some(body) = body {
        request = request.body(body.to_owned());
    }
    let response = request.send().await.unwrap();
    let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    Reply {
        status: response.status().as_u16(),
        content_type: header("content-type"),
        request_id: header("x-request-id"),
        text: response.text().await.unwrap(),
    }
}

pub(crate) fn volume() -> String {
    format!("/zstack/v1/volumes/{}/actions", sample::VOLUME)
}

pub(crate) fn volume_backup() -> String {
    format!("/zstack/v1/volume-backups/{}/actions", sample::VOLUME_BACKUP)
}

pub(crate) fn database_backup() -> String {
    format!("/zstack/v1/database-backups/{}/actions", sample::DATABASE_BACKUP)
}

pub(crate) fn image_store(query: &str) -> String {
    format!("/zstack/v1/database-backups/image-store{query}")
}

/// The sample's image store as a query value: `%` and `@` of the password encoded once more.
pub(crate) const IMAGE_STORE_URL: &str = "url=ssh%3A%2F%2Froot%3Ap%2540ss%4010.0.0.1%3A22%2Fzstack_bs";

pub(crate) fn restore() -> String {
    format!("/v3/{}/backups/{}/restore", sample::PROJECT, sample::BACKUP)
}

pub(crate) fn restore_of(backup: &str) -> String {
    format!("/v3/{}/backups/{backup}/restore", sample::PROJECT)
}

pub(crate) fn to_disk() -> String {
    format!(r#"{{"restore":{{"volume_id":"{}"}}}}"#, sample::DISK)
}

pub(crate) fn to_server() -> String {
    let (server, backup, disk) = (sample::SERVER, sample::DISK_OF_BACKUP, sample::DISK);
    format!(r#"{{"restore":{{"server_id":"{server}","mappings":[{{"backup_id":"{backup}","volume_id":"{disk}"}}]}}}}"#)
}

/// Sends a PUT that must be accepted, and returns the job's uuid, from the end of its `location`.
pub(crate) async fn job(simulator: &Simulator, target: &str, headers: &[(&str, &str)], body: &str) -> String {
    let reply = send(simulator, "PUT", target, headers, Some(body)).await;
    assert_eq!(reply.status, 202, "{reply:?}");
    let location = reply.json()["location"].as_str().unwrap().to_owned();
    location.rsplit('/').next().unwrap().to_owned()
}

pub(crate) async fn query(simulator: &Simulator, job: &str) -> Reply {
    send(simulator, "GET", &format!("/zstack/v1/api-jobs/{job}"), &[OAUTH], None).await
}

/// Sends a PUT that must be accepted, and follows its job to the end.
pub(crate) async fn finish(simulator: &Simulator, target: &str, headers: &[(&str, &str)], body: &str) -> Reply {
    let job = job(simulator, target, headers, body).await;
    loop {
        let reply = query(simulator, &job).await;
        if reply.status != 202 {
            return reply;
        }
        assert_eq!(reply.text, "{}");
    }
}

/// As [`finish`], with the sample's session.
pub(crate) async fn finished(simulator: &Simulator, target: &str, body: &str) -> Reply {
    finish(simulator, target, &[OAUTH], body).await
}
