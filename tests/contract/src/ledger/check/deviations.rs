//! Deviations about words. They have no effect on what is expected at a place, so that a row could name one in vain, or
//! leave one out; here each has a rule that tells from the row which of them it must name.

use crate::ledger::FieldFact;

/// Tells from a row, and the document's words for it, whether a deviation belongs there.
type Belongs = fn(&FieldFact, &str) -> bool;

const RULES: [(&str, Belongs); 16] = [
    ("chinese-description", |fact, _| !fact.says.is_ascii()),
    ("unit-not-printed", |fact, text| text.contains("bytes") && !fact.says.contains("bytes")),
    ("java-map", |fact, _| fact.printed_type == "LinkedHashMap"),
    ("int-for-integer", |fact, _| fact.printed_type == "int"),
    ("pointer-for-description", |fact, _| starts_with_one_of(&fact.says, &["See ", "For details, see"])),
    ("link-within-page", |fact, _| ends_with_one_of(&fact.says, &["see error", "seeerror"])),
    ("name-for-description", |fact, _| fact.says == format!("{} request body object.", fact.path)),
    ("no-description", |fact, _| ["Optional.", "No description provided."].contains(&fact.says.as_str())),
    ("source-and-destination-by-name", |fact, text| {
        ["source", "destination"].iter().any(|end| text.contains(end) && !fact.says.contains(end))
    }),
    ("resource-for-the-thing", |fact, text| {
        fact.says.to_lowercase().contains("resource") && !text.to_lowercase().contains("resource")
    }),
    ("size-as-record-count", |fact, _| fact.says.contains("记录数")),
    ("user-tags-as-system-tags", |fact, _| fact.path == "userTags" && fact.says.contains("system tags")),
    ("arch-as-os-structure", |fact, _| fact.says.contains("OS structure")),
    ("image-storage-for-backup-storage", |fact, text| {
        fact.says.contains("Image Storage") && text.contains("backup storage")
    }),
    ("bounds-as-length", |fact, text| fact.says.contains("Minimum:") && text.contains("characters")),
    ("thing-not-printed", |fact, _| ["Creation time", "Last modification time"].contains(&fact.says.as_str())),
];

/// The deviations of a field's row that do not belong there, and those that it lacks.
pub(super) fn misplaced(fact: &FieldFact, text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for (deviation, belongs) in RULES {
        match (belongs(fact, text), fact.deviations.iter().any(|key| key == deviation)) {
            (true, false) => problems.push(format!("words: the deviation {deviation} is missing")),
            (false, true) => problems.push(format!("words: the deviation {deviation} does not belong here")),
            _ => {}
        }
    }
    problems
}

fn starts_with_one_of(text: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| text.starts_with(start))
}

fn ends_with_one_of(text: &str, ends: &[&str]) -> bool {
    let text = text.trim_end_matches('.');
    ends.iter().any(|end| text.ends_with(end))
}
