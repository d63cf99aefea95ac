//! Which files there should be, and how the disk differs from that.
//!
//! Both verbs of a command work from the same plan: `--check` prints what differs, and the plain
//! command changes it and compares again. Nothing here changes the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::report::Failure;

/// Everything that a command is responsible for.
///
/// All paths are relative to `base`, with forward slashes.
#[derive(Debug)]
pub struct Plan {
    /// An existing folder that all planned paths lie in.
    pub base: PathBuf,
    /// How `base` is shown; empty where paths are shown relative to the workspace.
    pub shown_base: String,
    /// The name, in `base`, of the folder that a run works in and that no run leaves behind.
    pub work: String,
    /// The files that there should be: path and text.
    pub files: BTreeMap<String, String>,
    /// The folders in which there should be no other files.
    pub folders: Vec<OwnedFolder>,
}

/// A folder in which every file is the plan's.
#[derive(Debug)]
pub struct OwnedFolder {
    /// Relative to the plan's base.
    pub path: String,
    /// Whether files that are not marked as generated may be replaced and removed. They may where
    /// the folder is known to be for generated files only, and not where someone has pointed us.
    pub takes_strangers: bool,
}

/// One difference between plan and disk.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// Relative to the plan's base.
    pub path: String,
    /// What is the matter.
    pub kind: Kind,
}

/// What is the matter with a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    /// It should be there and is not.
    Missing,
    /// Its text is another one; this is it.
    Changed(String),
    /// It should not be there; this is its text.
    Orphan(String),
}

/// What comparing plan and disk has found.
#[derive(Debug, Default)]
pub struct Comparison {
    /// How many files are as planned.
    pub unchanged: usize,
    /// What is not, in the order of the paths.
    pub differences: Vec<Difference>,
}

/// Whether a path is made of plain names alone: relative, no dots, no control characters, no
/// backslashes. Only such paths are ever written to.
pub fn is_plain(path: &str) -> bool {
    !path.is_empty()
        && path.split('/').all(|name| !name.is_empty() && name != "." && name != "..")
        && !path.contains(['\\', ':'])
        && !path.chars().any(char::is_control)
}

impl Plan {
    /// Adds a file; two texts for one path, or a path that leads elsewhere, are the maker's bugs.
    pub fn add(&mut self, path: String, text: String) -> Result<(), Failure> {
        if !is_plain(&path) {
            return Err(Failure::new(format!("this is a bug in codegen: it makes a file named {path:?}")));
        }
        if self.files.contains_key(&path) {
            return Err(Failure::new(format!("this is a bug in codegen: it makes {path} twice")));
        }
        self.files.insert(path, text);
        Ok(())
    }

    /// How many lines all planned files have.
    pub fn lines(&self) -> usize {
        self.files.values().map(|text| text.lines().count()).sum()
    }

    /// How a planned path is shown.
    pub fn show(&self, path: &str) -> String {
        match self.shown_base.trim_end_matches('/') {
            "" if self.shown_base.is_empty() => path.to_owned(),
            base => format!("{base}/{path}"),
        }
    }

    /// The folder that a run works in.
    pub fn work_folder(&self) -> PathBuf {
        self.base.join(&self.work)
    }

    /// Reads the disk and tells how it differs. Refuses folders that hold what is not ours.
    pub fn compare(&self) -> Result<Comparison, Failure> {
        let mut found = BTreeSet::new();
        for folder in &self.folders {
            let mut strangers = Vec::new();
            self.walk(folder, &folder.path, &mut found, &mut strangers)?;
            self.refuse(folder, &strangers)?;
        }
        let mut comparison = Comparison::default();
        for (path, text) in &self.files {
            let kind = match self.read(path)? {
                None => Kind::Missing,
                Some(old) if old == text.as_bytes() => {
                    comparison.unchanged += 1;
                    continue;
                }
                Some(old) => Kind::Changed(String::from_utf8_lossy(&old).into_owned()),
            };
            comparison.differences.push(Difference { path: path.clone(), kind });
        }
        for path in found {
            if !self.files.contains_key(&path) {
                let text = self.read(&path)?.unwrap_or_default();
                comparison
                    .differences
                    .push(Difference { kind: Kind::Orphan(String::from_utf8_lossy(&text).into_owned()), path });
            }
        }
        comparison.differences.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(comparison)
    }

    /// The bytes of a file, or none where no file has this path.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Failure> {
        use io::ErrorKind::{IsADirectory, NotADirectory, NotFound};
        match fs::read(self.base.join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if matches!(e.kind(), NotFound | IsADirectory | NotADirectory) => Ok(None),
            Err(e) => Err(self.unreadable(path, &e)),
        }
    }

    fn unreadable(&self, path: &str, error: &io::Error) -> Failure {
        Failure::new(format!("cannot read {}: {error}", self.show(path)))
    }

    /// Collects the files below `path`, and those that are not ours to touch.
    fn walk(
        &self,
        folder: &OwnedFolder,
        path: &str,
        found: &mut BTreeSet<String>,
        strangers: &mut Vec<String>,
    ) -> Result<(), Failure> {
        let entries = match fs::read_dir(self.base.join(path)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                return Err(Failure::new(format!("{} is a file, and the output needs a folder", self.show(path))));
            }
            Err(error) => return Err(self.unreadable(path, &error)),
        };
        for entry in entries {
            let entry = entry.map_err(|e| self.unreadable(path, &e))?;
            let name = entry.file_name();
            let inner = match name.to_str().map(|name| format!("{path}/{name}")) {
                Some(inner) if is_plain(&inner) => inner,
                _ => {
                    return Err(Failure::new(format!(
                        "{} holds a file with a strange name, {name:?}: remove it by hand",
                        self.show(path)
                    )));
                }
            };
            let kind = entry.file_type().map_err(|e| self.unreadable(&inner, &e))?;
            if kind.is_dir() {
                self.walk(folder, &inner, found, strangers)?;
            } else {
                if !folder.takes_strangers && !is_generated(&entry.path()) {
                    strangers.push(inner.clone());
                }
                found.insert(inner);
            }
            // A wrong `--out` may be a whole disk; a few names are enough to say so.
            if strangers.len() > 5 {
                break;
            }
        }
        Ok(())
    }

    fn refuse(&self, folder: &OwnedFolder, strangers: &[String]) -> Result<(), Failure> {
        if strangers.is_empty() {
            return Ok(());
        }
        let mut text = format!(
            "{} holds files that no generator made, and regenerating would replace or remove them:\n",
            self.show(&folder.path)
        );
        for path in strangers.iter().take(5) {
            text.push_str(&format!("  {}\n", self.show(path)));
        }
        if strangers.len() > 5 {
            text.push_str("  …\n");
        }
        text.push_str("Give --out a folder that is empty or not there yet, or move these away.");
        Err(Failure::new(text))
    }
}

/// Whether a file says in its first lines that it is generated.
fn is_generated(path: &Path) -> bool {
    use io::Read as _;
    let mut start = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(2048).read_to_end(&mut start));
    read.is_ok() && String::from_utf8_lossy(&start).lines().take(20).any(|line| line.contains("@generated"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_paths_are_written_to() {
        for path in ["a", "a/b.rs", "a b/ü.rs", ".hidden"] {
            assert!(is_plain(path), "{path:?}");
        }
        for path in ["", "/a", "a/", "a//b", ".", "..", "a/../b", "a\\b", "C:a", "a\nb"] {
            assert!(!is_plain(path), "{path:?}");
        }
    }
}
