//! Commands that need the client, or a server: packages of their own, which are started here and not linked in. A client
//! that does not compile must not keep anybody from making it again.

use std::env;
use std::ffi::OsString;
use std::process::Command;

use crate::report::{Exit, Failure};
use crate::workspace::Workspace;

/// Runs a package of the workspace with these arguments, and waits for its end.
pub fn run(package: &str, arguments: &[OsString], workspace: &Workspace) -> Result<Exit, Failure> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--manifest-path"])
        .arg(workspace.root.join("Cargo.toml"))
        .args(["--package", package, "--"])
        .args(arguments)
        .status()
        .map_err(|error| {
            Failure::new(format!("the package `{package}` can't be started: {error}; is cargo installed?"))
        })?;
    Ok(if status.success() { Exit::Fresh } else { Exit::Failed })
}
