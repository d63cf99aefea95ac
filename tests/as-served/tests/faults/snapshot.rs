//! The table that is checked in, held to what comes of the run.

use similar::TextDiff;

use crate::{run::TABLES, table};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/faults.md");

/// Makes the table again.
pub const COMMAND: &str = "FAULTS=overwrite cargo test -p as-served --test faults";

#[test]
fn the_table_is_what_comes_of_every_fault() {
    let made = table::page(&TABLES);
    if std::env::var("FAULTS").is_ok_and(|wish| wish == "overwrite") {
        overwrite(&made);
    }
    let kept = std::fs::read_to_string(FILE).unwrap_or_default();
    let diff = TextDiff::from_lines(&kept, &made);
    let diff = diff.unified_diff().header("data/faults.md", "what comes of the run").to_string();
    assert!(kept == made, "{diff}\n`{COMMAND}` makes the table again");
}

#[expect(
    clippy::disallowed_methods,
    reason = "the table is no generated source: one file, written when it is asked for"
)]
fn overwrite(table: &str) {
    std::fs::write(FILE, table).unwrap();
}
