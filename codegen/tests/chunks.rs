//! A service is made in chunks of operations, and its text is the same however large they are.
//!
//! The documents are those of `tests/chunks`, each of which has what chunks could get wrong, the workspace's own, and all
//! of `tests/corpus` that clients are made of.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use codegen::{Generated, Report, Settings, Source, generate};

/// The documents in a folder of the workspace.
fn documents(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    paths
}

fn made(text: &str, at_once: Option<usize>) -> Result<Generated, Report> {
    generate(Source { name: "document.yaml", text }, None, &Settings { at_once, ..Settings::default() })
}

/// Compares the client of a document that is made at once with those that are made in chunks. Whether there is one.
fn is_the_same_in_chunks(path: &Path) -> bool {
    let text = fs::read_to_string(path).unwrap();
    let Ok(whole) = made(&text, Some(usize::MAX)) else { return false };
    for at_once in [Some(1), Some(2), Some(7), None] {
        let chunks = made(&text, at_once).unwrap_or_else(|report| panic!("{}, {at_once:?}: {report}", path.display()));
        for (one, other) in whole.files.iter().zip(&chunks.files) {
            assert!(one == other, "{}, {at_once:?}: {} is another one", path.display(), one.path);
        }
        assert_eq!(whole.files.len(), chunks.files.len());
    }
    true
}

#[test]
fn what_chunks_share_is_the_same_in_all_of_them() {
    for path in documents("codegen/tests/chunks") {
        assert!(is_the_same_in_chunks(&path), "{} makes no client", path.display());
    }
}

#[test]
fn the_client_of_the_workspace_is_the_same_in_chunks() {
    let documents = documents("spec");
    let made = documents.iter().filter(|path| !path.ends_with("as-served.overlay.yaml"));
    assert_eq!(made.filter(|path| is_the_same_in_chunks(path)).count(), 2);
}

#[test]
fn the_clients_of_the_corpus_are_the_same_in_chunks() {
    let documents = documents("tests/corpus/documents");
    let made = documents.iter().filter(|path| is_the_same_in_chunks(path)).count();
    assert!(made > documents.len() / 2, "{made} of {}", documents.len());
}
