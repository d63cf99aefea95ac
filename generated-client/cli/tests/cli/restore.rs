//! Running the program.

use std::{
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;
use simulator::{Fault, FaultRule, Phase, Simulator, sample};

/// How long something may take to happen.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// The arguments of each operation, on what the simulator has, ready to be sent.
pub(crate) const OPERATIONS: [(&str, &[&str], &str); 5] = [
    (
        "RecoverBackupFromImageStoreBackupStorage",
        &[
            "recover-backup-from-image-store-backup-storage",
            "--uuid",
            sample::VOLUME_BACKUP,
            "--src-backup-storage-uuid",
            sample::SOURCE_BACKUP_STORAGE,
            "--dst-backup-storage-uuid",
            sample::DESTINATION_BACKUP_STORAGE,
        ],
        sample::VOLUME_BACKUP,
    ),
    (
        "SyncDatabaseBackupFromImageStoreBackupStorage",
        &[
            "sync-database-backup-from-image-store-backup-storage",
            "--uuid",
            sample::DATABASE_BACKUP,
            "--src-backup-storage-uuid",
            sample::SOURCE_BACKUP_STORAGE,
            "--dst-backup-storage-uuid",
            sample::DESTINATION_BACKUP_STORAGE,
        ],
        sample::DATABASE_BACKUP,
    ),
    ("RecoverDataVolume", &VOLUME, sample::VOLUME),
    ("GetDatabaseBackupFromImageStore", &["get-database-backup-from-image-store"], sample::IMAGE_STORE),
    ("RestoreBackup", &DISK, sample::DISK),
];

/// Recovers the sample's volume.
pub(crate) const VOLUME: [&str; 3] = ["recover-data-volume", "--uuid", sample::VOLUME];

/// Restores the sample's backup to its disk.
pub(crate) const DISK: [&str; 7] =
    ["restore-backup", "--project-id", sample::PROJECT, "--backup-id", sample::BACKUP, "--volume-id", sample::DISK];

/// All secrets of the sample.
pub(crate) const SECRETS: [&str; 4] = [sample::SESSION, sample::TOKEN, sample::IMAGE_STORE, sample::ACCESS_KEY_SECRET];

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// stdout as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|problem| panic!("{problem}: {self:?}"))
    }

    /// The same, if it was done.
    pub(crate) fn done(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        self
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// The program, with nothing of this process's environment but the way to libraries.
pub(crate) fn bare(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_restore"));
    command.args(arguments).stdin(Stdio::null());
    clean(&mut command);
    command
}

/// Takes the environment away, but for the ways to programs and libraries.
pub(crate) fn clean(command: &mut Command) {
    command.env_clear();
    for name in ["PATH", "LD_LIBRARY_PATH", "SystemRoot"] {
        command.envs(std::env::var_os(name).map(|value| (name, value)));
    }
}

/// Gives it the simulator's addresses.
pub(crate) fn addressed(command: &mut Command, simulator: &Simulator) {
    command.env("ZSTACK_URL", simulator.url()).env("CBR_URL", simulator.url());
}

/// Gives it the simulator's addresses and credentials.
pub(crate) fn equipped(command: &mut Command, simulator: &Simulator) {
    addressed(command, simulator);
    command.env("ZSTACK_SESSION", sample::SESSION).env("CBR_TOKEN", sample::TOKEN);
    command.env("IMAGE_STORE_URL", sample::IMAGE_STORE);
}

/// Runs the program with the simulator's addresses and credentials.
pub(crate) fn run(simulator: &Simulator, arguments: &[&str]) -> Ran {
    let mut command = bare(arguments);
    equipped(&mut command, simulator);
    command.output().unwrap().into()
}

/// These arguments, and then those.
pub(crate) fn with<'a>(arguments: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [arguments, more].concat()
}

/// The arguments of an operation, with its consent where it asks for one.
pub(crate) fn agreed<'a>(operation: &str, arguments: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    let yes: &[&str] = if operation == "GetDatabaseBackupFromImageStore" { &[] } else { &["--yes"] };
    [arguments, yes, more].concat()
}

/// This happens from now on.
pub(crate) fn fault(simulator: &Simulator, phase: Phase, fault: Fault) {
    simulator.add_fault(FaultRule::always(None, phase, fault));
}

/// Waits until so many requests have arrived.
pub(crate) async fn arrived(simulator: &Simulator, requests: usize) {
    let begun = Instant::now();
    while simulator.requests().len() < requests {
        assert!(begun.elapsed() < PATIENCE, "{} requests have arrived, and not {requests}", simulator.requests().len());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
