//! The documents of the tree.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// What the pages say, and what servers do.
const DOCUMENTS: [&str; 2] = ["spec/openapi.yaml", "spec/openapi.as-served.yaml"];

/// A document of the tree.
pub(crate) struct File {
    /// As it is shown.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

impl File {
    /// Its text.
    pub(crate) fn read(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.path).map_err(|error| format!("{} can't be read: {error}", self.name))
    }
}

/// The document that was asked for, or those of the workspace.
pub(crate) fn chosen(one: Option<&Path>) -> Result<Vec<File>, String> {
    if let Some(path) = one {
        return Ok(vec![File { name: path.display().to_string(), path: path.to_owned() }]);
    }
    let root = workspace()?;
    Ok(DOCUMENTS.iter().map(|name| File { name: (*name).to_owned(), path: root.join(name) }).collect())
}

/// The workspace that cargo started this program from, or else the one around the current folder.
fn workspace() -> Result<PathBuf, String> {
    let here = env::current_dir().map_err(|error| format!("can't tell the current folder: {error}"))?;
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let from_cargo = package.as_deref().and_then(Path::parent);
    let [document, _] = DOCUMENTS;
    from_cargo
        .into_iter()
        .chain(here.ancestors())
        .find(|folder| folder.join(document).is_file())
        .map(Path::to_owned)
        .ok_or_else(|| format!("no {document} here or above: start this inside the workspace, or name a --document"))
}

/// Reads YAML or JSON.
pub(crate) fn parse(name: &str, text: &[u8]) -> Result<Value, String> {
    serde_yaml::from_slice(text).map_err(|error| format!("{name} is no document: {error}"))
}
