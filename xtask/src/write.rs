//! Carries a plan out: all of it or nothing.
//!
//! Several files cannot be replaced in one step, so a run prepares everything in a work folder
//! beside the tree and keeps what it needs to go back:
//!
//! 1. take the lock of the work folder, and put back what an interrupted run left half done;
//! 2. write every new file into the work folder, and wait for the disk; give every file that is to
//!    be replaced or removed a second name there;
//! 3. write the journal. Up to here the tree has not been touched;
//! 4. rename the new files into the tree, remove the others: a few renames, nothing slow;
//! 5. read everything back. When it is as planned, removing the journal makes it final;
//! 6. remove the work folder.
//!
//! A failure before 5 undoes what was done. A run that is killed between 3 and 5 leaves its
//! journal, and the next run undoes it before it does anything else, whether it then succeeds or
//! not. Files that do not change are never touched, and keep their time stamps.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::disk;
use crate::journal::{self, Entry};
use crate::lock;
use crate::plan::{Difference, Kind, Plan};
use crate::report::{Failure, count};

const JOURNAL: &str = "journal";
const UNFINISHED_JOURNAL: &str = "journal.part";

/// One step of a run. Tests stop a run before each of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Write a new file's text into the work folder.
    Stage(String),
    /// Keep a file that is to be replaced or removed.
    Keep(String),
    /// Write the journal under a name that does not count yet.
    PrepareJournal,
    /// Give the journal its name.
    Journal,
    /// Remove a file from the tree.
    Remove(String),
    /// Remove an empty folder from the tree.
    RemoveFolder(String),
    /// Make a folder in the tree.
    MakeFolder(String),
    /// Rename a new file into the tree.
    Install(String),
    /// Read everything back.
    ReadBack,
    /// Remove the journal: from here on the new tree counts.
    Commit,
    /// Undo one entry of the journal.
    Undo(String),
    /// Remove the journal of a run that has been undone.
    Forget,
    /// Remove the work folder.
    Clean,
}

/// Is told each step before it is taken, and can make it fail.
pub type Watch<'a> = dyn FnMut(&Step) -> io::Result<()> + 'a;

/// Lets every step pass.
pub fn unwatched(_: &Step) -> io::Result<()> {
    Ok(())
}

/// What a run found in the work folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leftover {
    /// Nothing: no run was interrupted.
    None,
    /// A run was interrupted, and the tree is as it was before.
    Harmless,
    /// A run was interrupted while it changed the tree.
    HalfDone,
}

/// What is in the work folder, which may be at work this very moment.
pub fn leftover(plan: &Plan) -> Leftover {
    let work = plan.work_folder();
    if work.join(JOURNAL).exists() {
        Leftover::HalfDone
    } else if work.exists() {
        Leftover::Harmless
    } else {
        Leftover::None
    }
}

/// A run that holds the lock. While it lives no other run touches these files.
#[derive(Debug)]
pub struct Run {
    base: PathBuf,
    work: PathBuf,
    /// Held, not used: the lock ends with it.
    _lock: fs::File,
}

impl Run {
    /// Takes the lock, puts back what an interrupted run left half done, and clears the work
    /// folder. Returns the paths that were put back.
    pub fn begin(plan: &Plan, watch: &mut Watch<'_>) -> Result<(Run, Vec<String>), Failure> {
        let work = plan.work_folder();
        let run = Run {
            base: plan.base.clone(),
            _lock: lock::take(&work, || {
                // Not worth failing for: whoever closed stderr does not want to know.
                let _ = writeln!(io::stderr(), "waiting for another run to end …");
            })?,
            work,
        };
        let restored = run.undo(watch).map_err(|error| {
            Failure::new(format!(
                "an earlier run was interrupted, and its changes cannot be undone: {error}\n\
                 Its notes are kept in {}; mend the cause and run the same command again.",
                run.work.display()
            ))
        })?;
        run.clear()?;
        Ok((run, restored))
    }

    /// Carries out `differences`, which the plan has found just now, or leaves everything as it is.
    pub fn carry_out(&self, plan: &Plan, differences: &[Difference], watch: &mut Watch<'_>) -> Result<(), Failure> {
        let done =
            self.prepare(plan, differences, watch).and_then(|entries| self.apply(&entries, watch)).and_then(|()| {
                watch(&Step::ReadBack)?;
                read_back(plan)?;
                watch(&Step::Commit)?;
                disk::remove_file(&self.work.join(JOURNAL))
            });
        let Err(error) = done else { return Ok(()) };
        match self.undo(watch) {
            Ok(_) => Err(Failure::new(format!("{error}\nNothing was changed: every file is as it was."))),
            Err(second) => Err(Failure::new(format!(
                "{error}\nUndoing what had been done failed as well: {second}\n\
                 Some files may be new and others old. Mend the cause and run the same command \
                 again: it puts them back first, from {}.",
                self.work.display()
            ))),
        }
    }

    /// Removes the work folder and gives the lock back. What cannot be removed stays for the next
    /// run to remove: the tree is whole by now, or the journal says how to make it so.
    pub fn end(self, watch: &mut Watch<'_>) {
        if self.work.join(JOURNAL).exists() {
            return;
        }
        // Another run may be waiting for the lock: it notices that the name is gone. Where an
        // open file cannot be removed it stays, which harms nobody.
        let cleaned = watch(&Step::Clean)
            .and_then(|()| self.clear())
            .and_then(|()| disk::remove_file(&self.work.join(lock::NAME)));
        if cleaned.is_ok() {
            let _ = disk::remove_empty_folder(&self.work);
        }
    }

    fn new_text(&self, number: usize) -> PathBuf {
        self.work.join(format!("{number}.new"))
    }

    /// The file that is renamed into the tree. The new text is kept apart from it, and not as a second name: an undo
    /// tells by it whether somebody has written to the file in the tree since, perhaps in place.
    fn to_install(&self, number: usize) -> PathBuf {
        self.work.join(format!("{number}.install"))
    }

    fn old_text(&self, number: usize) -> PathBuf {
        self.work.join(format!("{number}.old"))
    }

    /// Steps 2 and 3: everything that can be done without touching the tree.
    fn prepare(&self, plan: &Plan, differences: &[Difference], watch: &mut Watch<'_>) -> io::Result<Vec<Entry>> {
        let mut removals = Vec::new();
        let mut installs = Vec::new();
        for (number, difference) in differences.iter().enumerate() {
            let path = difference.path.clone();
            let in_tree = self.base.join(&path);
            if !matches!(difference.kind, Kind::Missing) {
                watch(&Step::Keep(path.clone()))?;
                disk::link_or_copy(&in_tree, &self.old_text(number))?;
            }
            if matches!(difference.kind, Kind::Orphan(_)) {
                removals.push(Entry::Remove { number, path });
                continue;
            }
            watch(&Step::Stage(path.clone()))?;
            let text = plan.files.get(&path).map_or("", String::as_str);
            disk::write_note(&self.new_text(number), text)?;
            disk::write_new(&self.to_install(number), text)?;
            if matches!(difference.kind, Kind::Changed(_)) {
                disk::copy_permissions(&in_tree, &self.to_install(number))?;
            }
            installs.push(match difference.kind {
                Kind::Missing => Entry::Create { number, path },
                _ => Entry::Replace { number, path },
            });
        }
        let mut entries = removals;
        entries.extend(emptied_folders(plan, differences));
        entries.extend(missing_folders(&self.base, &installs));
        entries.extend(installs);
        watch(&Step::PrepareJournal)?;
        let part = self.work.join(UNFINISHED_JOURNAL);
        disk::write_new(&part, &journal::print(&entries))?;
        watch(&Step::Journal)?;
        disk::rename(&part, &self.work.join(JOURNAL))?;
        Ok(entries)
    }

    /// Step 4: the tree changes here, and nowhere else but in `undo`.
    fn apply(&self, entries: &[Entry], watch: &mut Watch<'_>) -> io::Result<()> {
        for entry in entries {
            let path = self.base.join(entry.path());
            let name = entry.path().to_owned();
            match entry {
                Entry::Remove { .. } => {
                    watch(&Step::Remove(name))?;
                    disk::remove_file(&path)?;
                }
                Entry::RemoveFolder { .. } => {
                    watch(&Step::RemoveFolder(name))?;
                    // An empty folder inside it keeps it alive, and neither git nor rustc minds.
                    let _ = disk::remove_empty_folder(&path);
                }
                Entry::MakeFolder { .. } => {
                    watch(&Step::MakeFolder(name))?;
                    disk::make_folder(&path)?;
                }
                Entry::Create { number, .. } | Entry::Replace { number, .. } => {
                    watch(&Step::Install(name))?;
                    disk::rename(&self.to_install(*number), &path)?;
                }
            }
        }
        Ok(())
    }

    /// Undoes what the journal says, from its last entry to its first, and returns the paths that
    /// were put back. Undoing twice, or after an interrupted undo, comes to the same. A file that
    /// somebody has changed since the interrupted run is left alone.
    fn undo(&self, watch: &mut Watch<'_>) -> io::Result<Vec<String>> {
        let journal = self.work.join(JOURNAL);
        let text = match fs::read_to_string(&journal) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut restored = Vec::new();
        for entry in journal::parse(&text)?.iter().rev() {
            watch(&Step::Undo(entry.path().to_owned()))?;
            let path = self.base.join(entry.path());
            let changed = match entry {
                Entry::Replace { number, .. } => {
                    let ours = is_ours(&path, &self.new_text(*number))?;
                    if ours {
                        disk::rename(&self.old_text(*number), &path)?;
                    }
                    ours
                }
                Entry::Create { number, .. } => {
                    let ours = is_ours(&path, &self.new_text(*number))?;
                    if ours {
                        disk::remove_file(&path)?;
                    }
                    ours
                }
                Entry::Remove { number, .. } => {
                    let gone = fs::symlink_metadata(&path).is_err();
                    if gone {
                        disk::rename(&self.old_text(*number), &path)?;
                    }
                    gone
                }
                Entry::MakeFolder { .. } => {
                    // Not there yet, or in use by somebody else: both are fine.
                    let _ = disk::remove_empty_folder(&path);
                    false
                }
                Entry::RemoveFolder { .. } => {
                    if !path.exists() {
                        disk::make_folder(&path)?;
                    }
                    false
                }
            };
            if changed {
                restored.push(entry.path().to_owned());
            }
        }
        watch(&Step::Forget)?;
        disk::remove_file(&journal)?;
        restored.reverse();
        Ok(restored)
    }

    /// Empties the work folder but for the lock.
    fn clear(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.work)? {
            let entry = entry?;
            if entry.file_name() != lock::NAME {
                disk::remove_file(&entry.path())?;
            }
        }
        Ok(())
    }
}

/// Whether the file in the tree is the one that the interrupted run put there.
fn is_ours(in_tree: &Path, staged: &Path) -> io::Result<bool> {
    let staged = fs::read(staged)?;
    match fs::read(in_tree) {
        Ok(text) => Ok(text == staged),
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory => Ok(false),
            _ => Err(error),
        },
    }
}

/// Step 5: reads the tree again. Whatever differs now is not a matter of this input.
fn read_back(plan: &Plan) -> io::Result<()> {
    let again = plan.compare().map_err(io::Error::other)?;
    if again.differences.is_empty() {
        return Ok(());
    }
    let paths: Vec<_> = again.differences.iter().map(|difference| plan.show(&difference.path)).collect();
    Err(io::Error::other(format!(
        "{} read back differently from what was written: {}\n\
         Unless something else writes there at the same time, this is a bug in xtask.",
        count(paths.len(), "file"),
        paths.join(", ")
    )))
}

/// The folders that hold nothing once the orphans are removed, the innermost first. The owned
/// folder itself stays.
fn emptied_folders(plan: &Plan, differences: &[Difference]) -> Vec<Entry> {
    let mut folders = BTreeSet::new();
    for difference in differences {
        if !matches!(difference.kind, Kind::Orphan(_)) {
            continue;
        }
        for folder in parents(&difference.path) {
            let inside = plan.folders.iter().any(|owned| is_below(folder, &owned.path));
            let needed = plan.files.keys().any(|path| is_below(path, folder));
            if inside && !needed {
                folders.insert(folder.to_owned());
            }
        }
    }
    folders.into_iter().rev().map(|path| Entry::RemoveFolder { path }).collect()
}

/// The folders that new files need and that are not there, the outermost first.
fn missing_folders(base: &Path, installs: &[Entry]) -> Vec<Entry> {
    let folders: BTreeSet<_> = installs
        .iter()
        .flat_map(|entry| parents(entry.path()))
        .filter(|folder| !base.join(folder).is_dir())
        .map(str::to_owned)
        .collect();
    folders.into_iter().map(|path| Entry::MakeFolder { path }).collect()
}

/// The folders that a path lies in, the outermost first.
fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(move |(end, _)| &path[..end])
}

/// Whether `path` lies in `folder`.
fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folders_of_a_path_are_told_from_outside_in() {
        assert_eq!(parents("a/b/c.rs").collect::<Vec<_>>(), ["a", "a/b"]);
        assert!(parents("c.rs").next().is_none());
        assert!(is_below("a/b", "a"));
        assert!(!is_below("ab", "a"));
        assert!(!is_below("a", "a"));
    }
}
