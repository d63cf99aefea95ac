//! Calls an operation by its name, with parameters that are data.

use serde_json::{Map, Value};

use crate::client::{
    Error, List, Response,
    cbr::{self, types::BackupRestoreServerMapping},
    zstack,
};

/// The session that every test uses.
pub const SESSION: &str = "5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c";

/// The token that every test uses.
pub const TOKEN: &str = "gAAAAABTheTokenThatIamHandedOut";

pub fn zstack(base_url: &str) -> zstack::Client {
    zstack::Client::new(base_url, zstack::Session::new(SESSION).expect("a session")).expect("a client")
}

pub fn cbr(base_url: &str) -> cbr::Client {
    cbr::Client::new(base_url, cbr::Token::new(TOKEN).expect("a token")).expect("a client")
}

/// The parameters of a call, each of which has to be used.
struct Parameters(Map<String, Value>);

impl Parameters {
    fn text(&mut self, name: &str) -> Option<String> {
        self.0.remove(name).map(|value| value.as_str().expect("a text").to_owned())
    }

    fn number(&mut self, name: &str) -> Option<i64> {
        self.0.remove(name).map(|value| value.as_i64().expect("a number"))
    }

    fn flag(&mut self, name: &str) -> Option<bool> {
        self.0.remove(name).map(|value| value.as_bool().expect("true or false"))
    }

    fn texts(&mut self, name: &str) -> Option<List<String>> {
        self.0.remove(name).map(|value| serde_json::from_value(value).expect("a list of texts, or null"))
    }

    fn mappings(&mut self, name: &str) -> Option<List<BackupRestoreServerMapping>> {
        self.0.remove(name).map(|value| serde_json::from_value(value).expect("a list of mappings, or null"))
    }
}

/// Begins the operation, calls the setter of every parameter that is there, and sends.
macro_rules! send {
    ($client:expr, $operation:ident, $parameters:ident, $($kind:ident($name:ident)),* $(,)?) => {{
        let client = $client;
        let mut builder = client.$operation();
        $(if let Some(value) = $parameters.$kind(stringify!($name)) {
            builder = builder.$name(value);
        })*
        assert!($parameters.0.is_empty(), "the operation has no such parameters: {:?}", $parameters.0);
        builder.send().await
    }};
}

/// The same for the two operations that name a pair of backup storages.
macro_rules! send_between_storages {
    ($client:expr, $operation:ident, $parameters:ident) => {
        send!(
            $client,
            $operation,
            $parameters,
            text(uuid),
            text(src_backup_storage_uuid),
            text(dst_backup_storage_uuid),
            texts(system_tags),
            texts(user_tags),
        )
    };
}

/// Calls the operation with these parameters. The client's setters are named as the parameters are.
pub async fn call(base_url: &str, operation: &str, parameters: &Value) -> Result<Value, Error> {
    let mut p = Parameters(parameters.as_object().expect("parameters by name").clone());
    match operation {
        "RecoverBackupFromImageStoreBackupStorage" => {
            send_between_storages!(zstack(base_url), recover_backup_from_image_store_backup_storage, p).map(encode)
        }
        "SyncDatabaseBackupFromImageStoreBackupStorage" => {
            send_between_storages!(zstack(base_url), sync_database_backup_from_image_store_backup_storage, p)
                .map(encode)
        }
        "GetDatabaseBackupFromImageStore" => send!(
            zstack(base_url),
            get_database_backup_from_image_store,
            p,
            text(url),
            number(registry_port),
            texts(system_tags),
            texts(user_tags),
        )
        .map(encode),
        "RecoverDataVolume" => {
            send!(zstack(base_url), recover_data_volume, p, text(uuid), texts(system_tags), texts(user_tags))
                .map(encode)
        }
        "RestoreBackup" => send!(
            cbr(base_url),
            restore_backup,
            p,
            text(project_id),
            text(backup_id),
            mappings(mappings),
            flag(power_on),
            text(server_id),
            text(volume_id),
            text(resource_id),
        )
        .map(encode),
        other => panic!("there is no operation {other}"),
    }
}

fn encode(answer: Response<impl serde::Serialize>) -> Value {
    serde_json::to_value(answer.into_inner()).expect("an answer encodes")
}
