//! The stand-in server, and the environment that the snippets read.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use simulator::{Simulator, sample};

/// The operations that have snippets, and the resource on which each is carried out.
pub(crate) const OPERATIONS: [(&str, &str); 6] = [
    ("RecoverBackupFromImageStoreBackupStorage", sample::VOLUME_BACKUP),
    ("SyncDatabaseBackupFromImageStoreBackupStorage", sample::DATABASE_BACKUP),
    ("GetDatabaseBackupFromImageStore", sample::IMAGE_STORE),
    ("RecoverDataVolume", sample::VOLUME),
    ("QueryApiJob", sample::JOB),
    ("RestoreBackup", sample::DISK),
];

/// How often a snippet carries its operation out: those that only ask carry out nothing.
pub(crate) fn executions(operation: &str) -> u64 {
    u64::from(!matches!(operation, "GetDatabaseBackupFromImageStore" | "QueryApiJob"))
}

/// A path in this package.
pub(crate) fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Runs a command in the environment that the page describes, and nothing else of it but the way to programs.
pub(crate) fn run(mut command: Command, simulator: &Simulator, folder: &Path) -> Output {
    let program = command.get_program().to_string_lossy().into_owned();
    command.env_clear().current_dir(folder);
    for name in ["PATH", "LD_LIBRARY_PATH", "SystemRoot"] {
        command.envs(std::env::var_os(name).map(|value| (name, value)));
    }
    command.env("ZSTACK_URL", simulator.url()).env("ZSTACK_SESSION", sample::SESSION);
    command.env("CBR_URL", simulator.url()).env("CBR_TOKEN", sample::TOKEN);
    command.env("IMAGE_STORE_URL", sample::IMAGE_STORE);
    command.output().unwrap_or_else(|error| panic!("{program} can't be started: {error}"))
}
