//! Commands that need the client, a server, or the comparison of documents: packages of their own, which are started here
//! and not linked in. A client that does not compile must not keep anybody from making it again.

use std::env;
use std::ffi::OsString;
use std::io;
use std::process::Command;

use crate::report::{Exit, Failure};
use crate::workspace::Workspace;

/// Runs a package of the workspace with these arguments. Where the system can, this program becomes that one: a Ctrl-C, and
/// the exit code, are then its own.
pub fn run(package: &str, arguments: &[OsString], workspace: &Workspace) -> Result<Exit, Failure> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["run", "--quiet", "--manifest-path"]).arg(workspace.root.join("Cargo.toml"));
    command.args(["--package", package, "--"]).args(arguments);
    let not_started = |error| Failure::new(format!("`{package}` can't be started: {error}; is cargo installed?"));
    become_it(command).map_err(not_started)
}

#[cfg(unix)]
fn become_it(mut command: Command) -> io::Result<Exit> {
    use std::os::unix::process::CommandExt as _;
    // It returns only if it fails.
    Err(command.exec())
}

#[cfg(not(unix))]
fn become_it(mut command: Command) -> io::Result<Exit> {
    Ok(match command.status()?.code() {
        Some(0) => Exit::Fresh,
        Some(4) => Exit::Stale,
        _ => Exit::Failed,
    })
}
