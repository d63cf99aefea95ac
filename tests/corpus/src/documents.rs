//! The documents of the corpus.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::grown;

/// A document of the corpus.
#[derive(Debug)]
pub struct Document {
    /// What it attacks: the name of its file, without the ending.
    pub name: String,
    /// The name of its file, as reports have it.
    pub file: String,
    /// Its text.
    pub text: String,
}

/// The folder of the documents that are written by hand.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("documents")
}

/// All documents, ordered by name: those of the folder, and those that are too large to be written by hand.
pub fn all() -> Vec<Document> {
    let paths = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut documents: Vec<Document> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml" || ending == "json"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            Document { name, file, text: fs::read_to_string(&path).unwrap() }
        })
        .collect();
    documents.extend(grown::all());
    documents.sort_by(|one, other| one.name.cmp(&other.name));
    documents
}
