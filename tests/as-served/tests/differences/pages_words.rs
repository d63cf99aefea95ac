//! Whoever searches the client for the pages' words finds the correction.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::overlay;

/// What stands in the generated client's documentation: a page's word, and the correction that it leads to.
const WORDS: [(&str, &str); 4] = [
    ("recoverbackupfromimagestorebackupstorage", "Action key in camel case"),
    ("syncdatabasebackupfromimagestorebackupstorage", "Action key in camel case"),
    ("recoverDataVolume", "Action key of RecoverDataVolume"),
    ("infos", "Database backups in an image store"),
];

/// The names of the actions, as the documentation calls them.
fn names() -> BTreeSet<String> {
    overlay::actions().iter().map(|action| action.short_name().to_owned()).collect()
}

/// The paragraphs and list items of the doc comments in a source, each in one line.
fn paragraphs(source: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in source.lines().map(str::trim_start) {
        let text = line.strip_prefix("///").map(str::trim).unwrap_or_default();
        if text.is_empty() || text.starts_with("- ") {
            paragraphs.push(String::new());
        }
        if let Some(paragraph) = paragraphs.last_mut().filter(|_| !text.is_empty()) {
            paragraph.push_str(text);
            paragraph.push(' ');
        }
    }
    paragraphs
}

/// The names that a text calls corrections by.
fn corrections(text: &str) -> Vec<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts = text.split("Correction: ").skip(1);
    parts.map(|rest| rest.split('.').next().unwrap_or_default().to_owned()).collect()
}

/// All texts in a document.
fn texts<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| texts(field, found)),
        _ => {}
    }
}

#[test]
fn every_correction_is_found_from_the_pages_words() {
    let source = concat!(
        include_str!("../../../../generated-client/src/generated/zstack.rs"),
        include_str!("../../../../generated-client/src/generated/cbr.rs"),
    );
    let paragraphs = paragraphs(source);
    for (word, correction) in WORDS {
        assert!(names().contains(correction), "no action is called `{correction}`");
        assert!(
            paragraphs.iter().any(|paragraph| {
                paragraph.contains(&format!("`{word}`")) && corrections(paragraph).iter().any(|name| name == correction)
            }),
            "no paragraph of the generated client's documentation has `{word}` and \"Correction: {correction}\""
        );
    }
}

#[test]
fn every_correction_that_the_documentation_names_is_an_action() {
    let served: Value = serde_yaml::from_str(include_str!("../../../../spec/openapi.as-served.yaml")).unwrap();
    let mut found = Vec::new();
    texts(&served, &mut found);
    let called: Vec<String> = found.into_iter().flat_map(corrections).collect();
    assert!(called.len() >= 20, "{} corrections are named", called.len());
    let names = names();
    for name in called {
        assert!(
            names.contains(&name),
            "the served document names the correction `{name}`, and no action is called that"
        );
    }
}
