//! Calls an operation by its name, with parameters that are data, through both clients.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The session that every call is made in.
pub const SESSION: &str = "5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c";

/// The token that every call is made with.
pub const TOKEN: &str = "gAAAAABTheTokenThatIamHandedOut";

/// No call here takes longer, unless something hangs.
const LIMIT: Duration = Duration::from_secs(20);

/// What a client makes of an answer.
pub type Told = Result<Value, Failure>;

/// What an error says, in the words of its types.
#[derive(Debug, PartialEq)]
pub struct Failure {
    pub kind: String,
    pub outcome: String,
    pub code: Option<String>,
}

/// The parameters of a call, each of which has to be used.
struct Parameters(Map<String, Value>);

impl Parameters {
    fn of(parameters: &Value) -> Self {
        Self(parameters.as_object().unwrap().clone())
    }

    fn take<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        self.0.remove(name).map(|value| serde_json::from_value(value).unwrap_or_else(|error| panic!("{name}: {error}")))
    }

    /// Leaves out what this client has no setters for.
    fn pass_over(&mut self, names: &[&str]) {
        self.0.retain(|name, _| !names.contains(&name.as_str()));
    }

    fn assert_used(&self) {
        assert!(self.0.is_empty(), "the operation has no such parameters: {:?}", self.0);
    }
}

/// Calls the setter of every parameter that is there.
macro_rules! set {
    ($builder:ident, $parameters:ident, $($name:ident: $type:ty),* $(,)?) => {
        $(if let Some(value) = $parameters.take::<$type>(stringify!($name)) {
            $builder = $builder.$name(value);
        })*
    };
}

/// The calls of one client, as a module. What the one has and the other has not stands in the blocks: the last setters
/// before a job and before a restore is sent.
macro_rules! client {
    ($name:ident, $library:ident, |$builder:ident, $parameters:ident| jobs: $jobs:block, restores: $restores:block) => {
        pub mod $name {
            use $library::{Error, List, Response, Retries, cbr, zstack};

            use super::*;

            /// Calls the operation with these parameters. The client's setters are named as the parameters are.
            pub async fn call(base_url: &str, operation: &str, parameters: &Value) -> Told {
                let mut $parameters = Parameters::of(parameters);
                let often = Duration::from_millis(1);
                let session = zstack::Session::new(SESSION).unwrap();
                let zstack = zstack::Client::builder(base_url, session).poll_interval(often, often).timeout(LIMIT);
                // Each request is looked at, and each is to be sent once.
                let zstack = zstack.retries(Retries::none());
                let zstack = zstack.build().unwrap();
                let token = cbr::Token::new(TOKEN).unwrap();
                let cbr = cbr::Client::builder(base_url, token).timeout(LIMIT).retries(Retries::none()).build().unwrap();
                macro_rules! between_storages {
                    ($operation:ident) => {{
                        let mut $builder = zstack.$operation();
                        set!(
                            $builder,
                            $parameters,
                            uuid: String,
                            src_backup_storage_uuid: String,
                            dst_backup_storage_uuid: String,
                            system_tags: List<String>,
                            user_tags: List<String>,
                        );
                        $builder = $jobs;
                        $parameters.assert_used();
                        told($builder.send().await)
                    }};
                }
                match operation {
                    "RecoverBackupFromImageStoreBackupStorage" => {
                        between_storages!(recover_backup_from_image_store_backup_storage)
                    }
                    "SyncDatabaseBackupFromImageStoreBackupStorage" => {
                        between_storages!(sync_database_backup_from_image_store_backup_storage)
                    }
                    "RecoverDataVolume" => {
                        let mut $builder = zstack.recover_data_volume();
                        set!(
                            $builder,
                            $parameters,
                            uuid: String,
                            system_tags: List<String>,
                            user_tags: List<String>,
                        );
                        $builder = $jobs;
                        $parameters.assert_used();
                        told($builder.send().await)
                    }
                    "GetDatabaseBackupFromImageStore" => {
                        let mut $builder = zstack.get_database_backup_from_image_store();
                        set!(
                            $builder,
                            $parameters,
                            url: String,
                            registry_port: i64,
                            system_tags: List<String>,
                            user_tags: List<String>,
                        );
                        $parameters.assert_used();
                        told($builder.send().await)
                    }
                    "RestoreBackup" => {
                        let mut $builder = cbr.restore_backup();
                        set!(
                            $builder,
                            $parameters,
                            project_id: String,
                            backup_id: String,
                            mappings: List<cbr::types::BackupRestoreServerMapping>,
                            power_on: bool,
                            server_id: String,
                            volume_id: String,
                            resource_id: String,
                        );
                        $builder = $restores;
                        $parameters.assert_used();
                        told($builder.send().await)
                    }
                    other => panic!("there is no operation {other}"),
                }
            }

            fn told(answer: Result<Response<impl serde::Serialize>, Error>) -> Told {
                match answer {
                    Ok(answer) => Ok(serde_json::to_value(answer.into_inner()).unwrap()),
                    Err(error) => Err(Failure {
                        kind: format!("{:?}", error.kind()),
                        outcome: format!("{:?}", error.outcome()),
                        code: error.code().map(str::to_owned),
                    }),
                }
            }
        }
    };
}

client!(documented, documented_client, |builder, parameters| jobs: {
    parameters.pass_over(&["job_uuid", "api_timeout", "validation_only"]);
    builder
}, restores: {
    parameters.pass_over(&["details"]);
    builder
});

client!(served, generated_client, |builder, parameters| jobs: {
    if let Some(uuid) = parameters.take::<String>("job_uuid") {
        builder = builder.job_uuid(uuid.parse().unwrap());
    }
    if let Some(seconds) = parameters.take("api_timeout") {
        builder = builder.api_timeout(Duration::from_secs_f64(seconds));
    }
    if let Some(true) = parameters.take("validation_only") {
        builder = builder.validation_only();
    }
    builder
}, restores: {
    set!(builder, parameters, details: generated_client::cbr::types::BackupRestoreDetails);
    builder
});
