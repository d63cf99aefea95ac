//! Documents that can't be generated from: every problem is reported at once, with its place, and nothing panics.
//!
//! Each folder of `tests/bad-documents` is a case: `document.yaml`, and `report.txt`, which is the report to the letter.
//! `UPDATE_REPORTS=1 cargo test -p codegen --test bad_documents` writes the reports anew, and fails, so that they are
//! read before they are believed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use codegen::{Settings, Source, generate};
use serde_json::Value;

/// What the reports call the document.
const NAME: &str = "spec/openapi.yaml";

fn folders() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad-documents");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// What is said about a document, or why nothing is.
fn report(text: &str) -> Result<String, &'static str> {
    let source = Source { name: NAME, text };
    match catch_unwind(|| generate(source, None, &Settings::default())) {
        Err(_) => Err("panics"),
        Ok(Ok(_)) => Err("is generated from, as if nothing were wrong with it"),
        Ok(Err(report)) => Ok(format!("{report}\n")),
    }
}

#[test]
fn each_bad_document_has_its_report_to_the_letter() {
    let is_update = std::env::var_os("UPDATE_REPORTS").is_some();
    let mut failures = Vec::new();
    for folder in folders() {
        let case = folder.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(folder.join("document.yaml"))
            .unwrap_or_else(|error| panic!("{case}/document.yaml: {error}"));
        let expected = folder.join("report.txt");
        let found = match report(&text) {
            Ok(found) => found,
            Err(outcome) => {
                failures.push(format!("{case}: the document {outcome}"));
                continue;
            }
        };
        if is_update {
            #[allow(clippy::disallowed_methods)]
            fs::write(&expected, found).unwrap();
            continue;
        }
        match fs::read_to_string(&expected) {
            Err(_) => failures.push(format!("{case}: has no report.txt; the report is\n{found}")),
            Ok(expected) if expected != found => {
                failures.push(format!("{case}: expected\n{expected}\nfound\n{found}"));
            }
            Ok(_) => {}
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    assert!(!is_update, "the reports are written anew: read them, and run the test without UPDATE_REPORTS");
}

#[test]
fn there_is_a_case_for_everything_that_can_be_wrong() {
    assert!(folders().len() >= 35, "cases are missing: {}", folders().len());
}

#[test]
fn good_documents_are_generated_from() {
    for name in ["good.yaml", "rich.yaml", "hostile.yaml"] {
        let good = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(name);
        let text = fs::read_to_string(good).unwrap();
        let result = generate(Source { name: NAME, text: &text }, None, &Settings::default());
        assert!(result.is_ok(), "{}", result.unwrap_err());
    }
}

#[test]
fn every_problem_says_what_is_wrong_and_what_to_write_instead() {
    for folder in folders() {
        let text = fs::read_to_string(folder.join("document.yaml")).unwrap();
        let report = generate(Source { name: NAME, text: &text }, None, &Settings::default()).unwrap_err();
        let lines = text.lines().count().max(1);
        for problem in report.problems() {
            assert!(!problem.what.is_empty() && !problem.instead.is_empty(), "{problem}");
            assert!((1..=lines).contains(&problem.line), "{problem}");
            assert!(problem.pointer.starts_with('#'), "{problem}");
        }
        let places: Vec<usize> = report.problems().iter().map(|problem| problem.line).collect();
        assert!(places.is_sorted(), "the problems are not in the order of their lines:\n{report}");
    }
}

/// What is put in the place of each node of a good document.
const REPLACEMENTS: &[&str] = &[
    "null",
    "true",
    "-1",
    "1.5",
    "\"\"",
    "\"/\"",
    "[]",
    "[null]",
    "{}",
    "{\"\": {}}",
    "{\"$ref\": \"#/components/schemas/Volume\"}",
];

/// The document with one of its nodes taken out, or replaced. `node` counts the nodes before it, and is nothing after it.
fn altered(value: &Value, node: &mut Option<usize>, replacement: Option<&Value>) -> Option<Value> {
    match node {
        None => {}
        Some(0) => {
            *node = None;
            return replacement.cloned();
        }
        Some(before) => *before -= 1,
    }
    Some(match value {
        Value::Object(entries) => Value::Object(
            entries.iter().filter_map(|(key, value)| Some((key.clone(), altered(value, node, replacement)?))).collect(),
        ),
        Value::Array(items) => Value::Array(items.iter().filter_map(|item| altered(item, node, replacement)).collect()),
        other => other.clone(),
    })
}

#[test]
fn no_alteration_of_a_good_document_panics() {
    // Each node is taken out, and replaced by one of the values, another one for each node.
    let values = replacements();
    assert_no_panic(|place| vec![None, Some(values[place % values.len()].clone())]);
}

fn replacements() -> Vec<Value> {
    REPLACEMENTS.iter().map(|text| serde_json::from_str(text).unwrap()).collect()
}

/// Puts into each node of a document what is to be put there, and looks whether anything panics, or is said by
/// progenitor that the check should have said.
fn assert_no_panic(alterations: impl Fn(usize) -> Vec<Option<Value>>) {
    let rich = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/rich.yaml");
    let rich: Value = serde_yaml::from_str(&fs::read_to_string(rich).unwrap()).unwrap();
    let mut failures = Vec::new();
    for place in 0.. {
        if altered(&rich, &mut Some(place), None) == Some(rich.clone()) {
            break;
        }
        for replacement in alterations(place) {
            let document = altered(&rich, &mut Some(place), replacement.as_ref());
            let text = serde_json::to_string_pretty(&document).unwrap();
            let source = Source { name: NAME, text: &text };
            match catch_unwind(|| generate(source, None, &Settings::default())) {
                Err(_) => failures.push(format!("node {place} as {replacement:?}: panics, in\n{text}")),
                Ok(Err(report)) if report.to_string().contains("can't be made") => {
                    failures.push(format!("node {place} as {replacement:?}: {report}"));
                }
                Ok(_) => {}
            }
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}
