//! The tables of the README are the corpus: what is supported is what was tried.

use std::{collections::BTreeMap, fs, path::Path};

use corpus::{all, folder};

/// The rows of the tables of documents: the document's name, and whether its outcome is "made".
fn rows() -> Vec<(String, bool)> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, tables) = readme.split_once("## Names").expect("the tables of documents");
    let cells = tables.lines().map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect::<Vec<_>>());
    cells
        .filter_map(|cells| {
            let [_, document, outcome] = cells.as_slice() else { return None };
            let name = document.split('`').nth(1)?;
            Some((name.to_owned(), outcome.starts_with("made")))
        })
        .collect()
}

#[test]
fn the_tables_say_of_each_document_once_what_becomes_of_it() {
    let rows = rows();
    let table: BTreeMap<String, bool> = rows.iter().cloned().collect();
    assert_eq!(table.len(), rows.len(), "a document has two rows");
    // A document without a report is made: the other tests see to that.
    let corpus: BTreeMap<String, bool> = all()
        .into_iter()
        .map(|document| {
            let is_reported = folder().join(format!("{}.report", document.name)).exists();
            (document.name, !is_reported)
        })
        .collect();
    assert_eq!(table, corpus);
}

#[test]
fn the_figures_are_those_of_the_tables() {
    let (rows, readme) = (rows(), include_str!("../../README.md"));
    let made = rows.iter().filter(|(_, is_made)| *is_made).count();
    let figures = format!("{} documents: {made} made, {} reported, 0 panics", rows.len(), rows.len() - made);
    assert!(readme.contains(&figures), "the README should say: {figures}");
}
