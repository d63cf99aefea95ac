//! The programs that are measured: built one package at a time, so that none brings features into another's tree.

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::Problem;

/// A client that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Client {
    /// What this workspace generates.
    Generated,
    /// By hand, with the same guards.
    Guarded,
    /// By hand, the barest.
    Barest,
    /// Progenitor's, made of the same document.
    Progenitor,
}

impl Client {
    /// All of them, in the order of the table's columns.
    pub const ALL: [Self; 4] = [Self::Generated, Self::Guarded, Self::Barest, Self::Progenitor];

    /// The ending of its package's and its programs' names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Generated => "generated",
            Self::Guarded => "guarded",
            Self::Barest => "barest",
            Self::Progenitor => "progenitor",
        }
    }

    /// The package that one depends on to use it.
    pub fn package(self) -> &'static str {
        match self {
            Self::Generated => "generated-client",
            Self::Guarded => "by-hand-guarded",
            Self::Barest => "by-hand",
            Self::Progenitor => "plain-progenitor",
        }
    }

    /// Whether it follows jobs.
    pub fn knows_jobs(self) -> bool {
        matches!(self, Self::Generated | Self::Guarded)
    }
}

/// Cargo, in this workspace.
pub fn cargo(workspace: &Path) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(workspace).env("CARGO_TERM_COLOR", "never");
    cargo
}

/// Where programs are built: beside the one that runs.
///
/// # Errors
/// When the system does not say what runs.
pub fn target() -> Result<PathBuf, Problem> {
    let program = env::current_exe()?;
    let folder = program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
    Ok(folder.ok_or("the folder that cargo builds in can't be found")?.to_owned())
}

/// Builds a package's programs for release.
///
/// # Errors
/// When it does not build.
pub fn build(workspace: &Path, package: &str) -> Result<(), Problem> {
    let target = target()?;
    let mut cargo = cargo(workspace);
    cargo.args(["build", "--quiet", "--release", "--locked", "--package", package, "--target-dir"]).arg(target);
    run(&mut cargo).map(|_| ())
}

/// Builds one program without symbols, and returns where it is.
///
/// # Errors
/// When it does not build.
pub fn build_stripped(workspace: &Path, package: &str, name: &str) -> Result<PathBuf, Problem> {
    let target = target()?;
    let mut cargo = cargo(workspace);
    cargo.args(["rustc", "--quiet", "--release", "--locked", "--package", package, "--bin", name, "--target-dir"]);
    run(cargo.arg(&target).args(["--", "-C", "strip=symbols"]))?;
    Ok(target.join("release").join(name))
}

/// Where a program is that was built for release.
///
/// # Errors
/// When the system does not say what runs.
pub fn built(name: &str) -> Result<PathBuf, Problem> {
    Ok(target()?.join("release").join(name))
}

/// Runs a command to its end, and returns what it printed.
///
/// # Errors
/// When it can't be started, or fails: with what it said.
pub fn run(command: &mut Command) -> Result<String, Problem> {
    let name = Path::new(command.get_program()).file_name().unwrap_or(OsStr::new("it")).display().to_string();
    let output =
        command.stdin(Stdio::null()).output().map_err(|error| format!("`{name}` can't be started: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`{name}` failed with {}:\n{}", output.status, said.trim()).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
