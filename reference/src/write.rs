//! Writes the page: all of it or nothing.

#![expect(
    clippy::disallowed_methods,
    reason = "clippy.toml bans these for the tree of sources; the page is none, and is written whole or not at all"
)]

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

/// Writes a file beside the place where it belongs, and gives it its name when it is whole. Folders that are missing are
/// made.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().ok_or_else(|| io::Error::other("this is no name of a file"))?;
    fs::create_dir_all(folder)?;
    let draft = folder.join(format!(".{}.{}", name.to_string_lossy(), std::process::id()));
    let written = File::create(&draft).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_data()
    });
    let done = written.and_then(|()| fs::rename(&draft, path));
    if done.is_err() {
        // What matters is why it could not be written.
        let _ = fs::remove_file(&draft);
    }
    done
}
