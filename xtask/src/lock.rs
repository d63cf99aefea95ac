//! One run at a time.
//!
//! The lock is a file in the work folder, held by the operating system for as long as the process
//! lives: a run that is killed leaves no lock behind. Since the work folder is removed when a run
//! ends, whoever waited may find that it now holds a file which no longer has a name; it tries
//! again then.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use crate::disk;

/// The name of the locked file inside the work folder.
pub const NAME: &str = "lock";

/// Takes the lock of `work`, and makes that folder if it is not there. Calls `waiting` once if another run has to end
/// first.
pub fn take(work: &Path, mut waiting: impl FnMut()) -> io::Result<File> {
    let path = work.join(NAME);
    let mut told = false;
    loop {
        disk::make_folders(work)?;
        let file = match disk::open_lock(&path) {
            Ok(file) => file,
            // Another run ended just now and took the folder with it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                if !told {
                    waiting();
                    told = true;
                }
                file.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
        if still_named(&file, &path)? {
            return Ok(file);
        }
    }
}

/// Whether the locked file is still the one which has this name.
#[cfg(unix)]
fn still_named(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let held = file.metadata()?;
    match std::fs::metadata(path) {
        Ok(named) => Ok((held.dev(), held.ino()) == (named.dev(), named.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Elsewhere an open file keeps its name: it cannot be removed before it is closed.
#[cfg(not(unix))]
fn still_named(_file: &File, path: &Path) -> io::Result<bool> {
    path.try_exists()
}

#[cfg(all(test, unix))]
mod tests {
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn whoever_waited_for_a_lock_that_lost_its_name_waits_for_the_one_that_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let work = folder.path().join("work");
        let first = take(&work, || panic!("nobody else is here")).unwrap();
        let (told, hears) = mpsc::channel();
        let waits = {
            let work = work.clone();
            thread::spawn(move || take(&work, || told.send(()).unwrap()).unwrap())
        };
        hears.recv().unwrap();
        // The first run removes its lock, and before it lets go of it a third one begins.
        disk::remove_file(&work.join(NAME)).unwrap();
        let third = take(&work, || panic!("this name is free")).unwrap();
        drop(first);
        thread::sleep(Duration::from_millis(200));
        assert!(!waits.is_finished(), "two runs hold the lock");
        drop(third);
        waits.join().unwrap();
    }
}
