//! The same requests without a guard, as most people would write them: a status of 2xx is a success, everything else is
//! a reason to try again, and what does not succeed after a few times was not done, as far as its caller knows.
//!
//! It stands on reqwest and not on what progenitor makes of the pages' document: of the pages' own requests, servers carry
//! out hardly any, so that nothing could happen twice.

use std::time::Duration;

use generated_client::reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use simulator::{Operation, sample};

use super::{Account, Connections, LARGEST_BODY};
use crate::Problem;
use crate::judge::Told;
use crate::plan::Call;

/// How often a request is sent again.
const AGAIN: usize = 3;

/// How long to wait before that.
const PAUSE: Duration = Duration::from_millis(50);

/// A caller without a guard.
#[derive(Debug, Clone)]
pub struct Naive {
    http: Client,
    url: String,
    connections: Connections,
}

impl Naive {
    /// A caller of the server at this address.
    ///
    /// # Errors
    /// No HTTP client can be made.
    pub fn new(url: &str) -> Result<Self, Problem> {
        let connections = Connections::default();
        let http = Client::builder().no_proxy().dns_resolver(connections.clone()).build()?;
        Ok(Self { http, url: url.to_owned(), connections })
    }

    pub(super) const fn connections(&self) -> &Connections {
        &self.connections
    }

    pub(super) async fn call(&self, call: &Call) -> Account {
        for again in 0..=AGAIN {
            if again > 0 {
                tokio::time::sleep(PAUSE).await;
            }
            if self.once(call).await.unwrap_or_default() {
                return Account::of(Told::Done);
            }
        }
        // The kindest way to read it: that it was not done, for whatever reason.
        Account::of(Told::Refused)
    }

    /// Sends the request once, and says whether it succeeded.
    async fn once(&self, call: &Call) -> Result<bool, generated_client::reqwest::Error> {
        let mut answer = self.request(call).timeout(call.limit).send().await?.error_for_status()?;
        if call.operation != Operation::GetDatabaseBackupFromImageStore {
            return Ok(true);
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            // For the sake of this machine; most people would not.
            if body.len() + chunk.len() > LARGEST_BODY {
                return Ok(false);
            }
            body.extend_from_slice(&chunk);
        }
        let listed: Value = serde_json::from_slice(&body).unwrap_or_default();
        Ok(listed["backups"][0]["name"] == call.resource.as_str())
    }

    fn request(&self, call: &Call) -> RequestBuilder {
        let (url, resource) = (&self.url, &call.resource);
        let storages = json!({
            "srcBackupStorageUuid": sample::SOURCE_BACKUP_STORAGE,
            "dstBackupStorageUuid": sample::DESTINATION_BACKUP_STORAGE,
        });
        let zstack = |request: RequestBuilder| request.header("Authorization", format!("OAuth {}", sample::SESSION));
        let put = |path: &str, body: Value| {
            zstack(self.http.put(format!("{url}/zstack/v1/{path}/{resource}/actions"))).body(body.to_string())
        };
        match call.operation {
            Operation::RecoverBackupFromImageStoreBackupStorage => {
                put("volume-backups", json!({ "recoverBackupFromImageStoreBackupStorage": storages }))
            }
            Operation::SyncDatabaseBackupFromImageStoreBackupStorage => {
                put("database-backups", json!({ "syncDatabaseBackupFromImageStoreBackupStorage": storages }))
            }
            Operation::RecoverDataVolume => put("volumes", json!({ "recoverDataVolume": {} })),
            Operation::RestoreBackup => {
                let request = self.http.post(format!("{url}/v3/{}/backups/{resource}/restore", sample::PROJECT));
                let body = json!({ "restore": { "volume_id": sample::DISK } });
                request.header("X-Auth-Token", sample::TOKEN).body(body.to_string())
            }
            _ => {
                let request = self.http.get(format!("{url}/zstack/v1/database-backups/image-store"));
                zstack(request).query(&[("url", call.image_store())])
            }
        }
    }
}
