//! The table of what the servers do otherwise has every correction, in the README and in the ledger alike.

use std::{collections::BTreeSet, path::Path};

use contract::document;

/// The lines of the table about disagreements.
fn table(text: &str) -> Vec<&str> {
    let begin = text.lines().skip_while(|line| !line.starts_with("| the page | the server |"));
    begin.take_while(|line| line.starts_with('|')).collect()
}

/// The corrections that the table names, in its last column.
fn named(table: &[&str]) -> BTreeSet<String> {
    let cells = table.iter().skip(2).filter_map(|line| line.trim_matches('|').rsplit('|').next());
    cells.flat_map(|cell| cell.split('·')).map(|name| name.trim().to_owned()).collect()
}

/// The names of the overlay's actions, without what tells apart those that make up one correction.
fn corrections() -> BTreeSet<String> {
    let overlay = document::yaml(&document::read("as-served.overlay.yaml"));
    let descriptions = overlay["actions"].as_array().expect("actions").iter();
    let name = |description: &str| {
        let line = description.lines().next().unwrap_or_default();
        line.split([',', '(']).next().unwrap_or_default().trim().to_owned()
    };
    descriptions.map(|action| name(action["description"].as_str().expect("a description"))).collect()
}

#[test]
fn every_correction_is_in_the_table_and_nothing_else() {
    let ledger = document::read("ledger/disagreements.md");
    let mut corrections = corrections();
    // It changes words about the document itself.
    assert!(corrections.remove("Title of the served document"));
    assert_eq!(named(&table(&ledger)), corrections);
}

#[test]
fn the_readme_and_the_ledger_have_the_same_table() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let (readme, ledger) =
        (std::fs::read_to_string(readme).expect("a README"), document::read("ledger/disagreements.md"));
    assert!(table(&ledger).len() > 2);
    assert_eq!(table(&readme), table(&ledger));
}
