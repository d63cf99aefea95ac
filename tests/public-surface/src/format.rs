//! What to say when rustdoc's JSON can't be read: its format changes with the toolchain.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use serde::Deserialize;

/// The formats that the pinned version of `public-api` reads: 57 is what Rust 1.93 to 1.97 write, 58 to 60 only add
/// optional fields to it. Others are tried as well.
const READ: &str = "57 to 60";

/// The beginning of an explanation of every format.
#[derive(Deserialize)]
struct Version {
    format_version: u32,
}

/// Says why `json` can't be read, and what to do, in a few lines.
pub(crate) fn explain(json: &Path, error: &public_api::Error) -> String {
    let place = json.display();
    match version(json) {
        Some(found) => format!(
            "{place} has rustdoc's format {found}, which is not read here: {error}\n\
             The formats {READ} are. With an older toolchain, use one that writes them:\n  \
             RUSTUP_TOOLCHAIN=1.95.0 tests/public-surface/run\n\
             With a newer one, do the same, or raise `public-api` in tests/public-surface/Cargo.toml to a version that \
             reads format {found},\nwrite the snapshots anew, and read their diff."
        ),
        None => format!("{place} is no JSON of rustdoc: {error}"),
    }
}

fn version(json: &Path) -> Option<u32> {
    let file = BufReader::new(File::open(json).ok()?);
    serde_json::from_reader::<_, Version>(file).ok().map(|read| read.format_version)
}
