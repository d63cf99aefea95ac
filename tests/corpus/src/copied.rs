//! Copies of folders, for tests that break what is in them.

#![allow(clippy::disallowed_methods, reason = "the copies are thrown away, and nobody reads them half-written")]

use std::{fs, path::Path};

/// Copies a folder with all that is in it.
///
/// # Panics
/// When something in it can't be read, or can't be written there.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}
