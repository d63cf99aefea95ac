//! Where the workspace is, and how paths are shown.

use std::env;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::report::Failure;

/// The workspace whose files a command works on.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// Its root folder, absolute.
    pub root: PathBuf,
}

impl Workspace {
    /// The workspace that cargo started this program from, or the one around the current folder
    /// when the program was started by hand. Never one that was compiled in: a checkout may move.
    pub fn find() -> Result<Workspace, Failure> {
        let from_cargo = env::var_os("CARGO_MANIFEST_DIR")
            .map(PathBuf::from)
            .and_then(|folder| folder.parent().map(Path::to_path_buf));
        let here =
            env::current_dir().map_err(|error| Failure::new(format!("cannot tell the current folder: {error}")))?;
        from_cargo
            .into_iter()
            .chain(here.ancestors().map(Path::to_path_buf))
            .find(|folder| folder.join("xtask").join("Cargo.toml").is_file())
            .map(|root| Workspace { root })
            .ok_or_else(|| Failure::new("not inside the workspace: start this with `cargo xtask …` there"))
    }

    /// How a path is shown: relative to the root with forward slashes if it is inside, and
    /// otherwise as it was given.
    pub fn show(&self, path: &Path) -> String {
        self.inside(path).unwrap_or_else(|| path.display().to_string())
    }

    /// The path relative to the root, if it is inside.
    pub fn inside(&self, path: &Path) -> Option<String> {
        let absolute = settle(path).ok()?;
        let root = settle(&self.root).ok()?;
        Some(slashes(absolute.strip_prefix(root).ok()?))
    }
}

/// A relative path with forward slashes.
pub fn slashes(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// The path without links and dots, as far as it exists.
pub fn settle(path: &Path) -> io::Result<PathBuf> {
    let (base, rest) = split_existing(path)?;
    Ok(base.join(rest))
}

/// Splits a path into the longest part that exists, without links and dots, and the rest.
pub fn split_existing(path: &Path) -> io::Result<(PathBuf, PathBuf)> {
    let absolute = std::path::absolute(path)?;
    for base in absolute.ancestors() {
        match base.canonicalize() {
            Ok(settled) => {
                let rest = absolute.strip_prefix(base).unwrap_or(Path::new(""));
                if rest.components().all(|c| matches!(c, Component::Normal(_))) {
                    return Ok((settled, rest.to_path_buf()));
                }
                break;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(io::ErrorKind::NotFound, "part of the path does not exist"))
}
