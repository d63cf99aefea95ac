//! Each document is made into code that parses, or has its report beside it, to the letter.
//!
//! `UPDATE_REPORTS=1 cargo test -p corpus --test corpus` writes the reports anew, and fails, so that they are read
//! before they are believed.

use std::fs;

use corpus::{Outcome, all, folder, outcome};

#[test]
fn each_document_is_made_into_code_or_has_its_report_to_the_letter() {
    let is_update = std::env::var_os("UPDATE_REPORTS").is_some();
    let mut failures = Vec::new();
    for document in all() {
        let path = folder().join(format!("{}.report", document.name));
        let expected = fs::read_to_string(&path).ok();
        match (outcome(&document.file, &document.text), expected) {
            (Outcome::Panicked, _) => failures.push(format!("{}: panics", document.file)),
            (Outcome::NotForeseen(report), _) => {
                failures.push(format!("{}: no check has foreseen\n{report}", document.file));
            }
            (Outcome::Made(files), expected) => {
                if expected.is_some() && is_update {
                    fs::remove_file(&path).unwrap();
                } else if expected.is_some() {
                    failures.push(format!("{}: is made, and has a report", document.file));
                }
                for file in files {
                    if let Err(error) = syn::parse_file(&file.text) {
                        failures.push(format!("{}: {} does not parse: {error}", document.file, file.path));
                    }
                }
            }
            (Outcome::Reported(found), _) if is_update => fs::write(&path, found).unwrap(),
            (Outcome::Reported(found), Some(expected)) if found == expected => {}
            (Outcome::Reported(found), expected) => {
                let expected = expected.unwrap_or_else(|| "no report".to_owned());
                failures.push(format!("{}: expected\n{expected}\nfound\n{found}", document.file));
            }
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n\n"));
    assert!(!is_update, "the reports are written anew: read them, and run the test without UPDATE_REPORTS");
}
