//! The only code of the workspace that changes files.
//!
//! Each function is one step that the file system does wholly or not at all, and each error says
//! what was tried on which path. Everything above this module decides; this module does.

#![expect(
    clippy::disallowed_methods,
    reason = "clippy.toml bans these everywhere else, so that nothing writes past the plan"
)]

use std::fs::{self, File, FileTimes, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// Says what was tried and on which path; a bare "permission denied" helps nobody.
fn explain(action: &str, path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot {action} {}: {error}", path.display()))
}

/// Makes one folder, whose parent is there and which itself is not.
pub fn make_folder(path: &Path) -> io::Result<()> {
    fs::create_dir(path).map_err(|e| explain("make the folder", path, &e))
}

/// Makes a folder and those above it, as far as they are missing.
pub fn make_folders(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path).map_err(|e| explain("make the folder", path, &e))
}

/// Removes a folder, which must be empty.
pub fn remove_empty_folder(path: &Path) -> io::Result<()> {
    fs::remove_dir(path).map_err(|e| explain("remove the folder", path, &e))
}

/// Removes one file.
pub fn remove_file(path: &Path) -> io::Result<()> {
    fs::remove_file(path).map_err(|e| explain("remove", path, &e))
}

/// Gives a file another name in the same file system, replacing what has that name.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to).map_err(|e| explain("write", to, &e))
}

/// Writes a file that is not there yet and waits until its bytes have reached the disk.
pub fn write_new(path: &Path, text: &str) -> io::Result<()> {
    File::create_new(path)
        .and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_data()
        })
        .map_err(|e| explain("write", path, &e))
}

/// Writes a file that is not there yet, and does not wait: for what no file of the tree is made of.
pub fn write_note(path: &Path, text: &str) -> io::Result<()> {
    File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(|e| explain("write", path, &e))
}

/// Gives a file a second name. Where the file system knows no hard links, or forbids them, a copy
/// with the same time stamp serves as well.
pub fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    let copy = || {
        fs::copy(from, to)?;
        let modified = fs::metadata(from)?.modified()?;
        let file = OpenOptions::new().write(true).open(to)?;
        file.set_times(FileTimes::new().set_modified(modified))?;
        file.sync_data()
    };
    copy().map_err(|e| explain("copy", from, &e))
}

/// Gives a new file the permissions of the one that it is to replace.
pub fn copy_permissions(from: &Path, to: &Path) -> io::Result<()> {
    fs::metadata(from)
        .and_then(|data| fs::set_permissions(to, data.permissions()))
        .map_err(|e| explain("set the permissions of", to, &e))
}

/// Opens the file that runs lock, and makes it first if need be.
pub fn open_lock(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(|e| explain("open the lock", path, &e))
}
