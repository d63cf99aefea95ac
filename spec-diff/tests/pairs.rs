//! Small pairs of documents, and exactly what is said of each: `pairs/*.yaml`.
//!
//! A pair has a `claim`, a `base`, a `tree`, and `changes`. `base` and `tree` are put into `skeleton.yaml`:
//!
//! - `request`, `response`: the schema of the body that is sent, and of that which comes back with 200;
//! - `parameters`: parameters beside the `id` in the path;
//! - `operation`, `document`: put over the operation, or over the whole document; `null` takes a key away.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise, in its helpers too")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::{Expected, Pair, pairs};
use serde_json::Value;
use spec_diff::{Kind, Side, Verdict, compare};

fn said(base: &Value, tree: &Value) -> Vec<Expected> {
    compare(base, tree).unwrap().into_iter().map(Expected::from).collect()
}

#[test]
fn of_each_pair_exactly_its_changes_are_said() {
    for Pair { file, claim, base, tree, changes } in pairs() {
        let said = said(&base, &tree);
        assert_eq!(said, changes, "{file}: {claim}\n{}", serde_yaml::to_string(&said).unwrap());
    }
}

#[test]
fn each_kind_has_a_pair() {
    let shown: BTreeSet<String> = pairs().into_iter().flat_map(|pair| pair.changes).map(|change| change.kind).collect();
    let missing: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).filter(|kind| !shown.contains(*kind)).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn a_document_against_itself_has_no_change() {
    for Pair { file, base, tree, .. } in pairs() {
        assert_eq!(said(&base, &base), [], "{file}, base");
        assert_eq!(said(&tree, &tree), [], "{file}, tree");
    }
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("spec");
    for name in ["openapi.yaml", "openapi.as-served.yaml"] {
        let document: Value = serde_yaml::from_slice(&fs::read(spec.join(name)).unwrap()).unwrap();
        assert_eq!(said(&document, &document), [], "{name}");
    }
}

/// Kinds that undo one another: what narrows one way widens the other.
const UNDO: &[(Kind, Kind)] = &[
    (Kind::BodyRequired, Kind::BodyOptional),
    (Kind::NowRequired, Kind::NowOptional),
    (Kind::OtherFieldsNarrowed, Kind::OtherFieldsWidened),
    (Kind::TypeNarrowed, Kind::TypeWidened),
    (Kind::NullGone, Kind::NullAdded),
    (Kind::EnumValueGone, Kind::EnumValueAdded),
    (Kind::EnumIntroduced, Kind::EnumDropped),
    (Kind::LimitNarrowed, Kind::LimitWidened),
    (Kind::FormatNarrowed, Kind::FormatWidened),
    (Kind::AlternativeGone, Kind::AlternativeAdded),
    (Kind::ConditionAdded, Kind::ConditionGone),
];

#[test]
fn what_breaks_one_way_is_compatible_the_other_way_wherever_values_narrow_or_widen() {
    let mut tried = 0;
    for Pair { file, base, tree, changes, .. } in pairs() {
        let swapped = said(&tree, &base);
        for change in &changes {
            let undone = UNDO.iter().find_map(|(one, other)| match change.kind.as_str() {
                kind if kind == one.name() => Some(other),
                kind if kind == other.name() => Some(one),
                _ => None,
            });
            let Some(undone) = undone else { continue };
            let verdict = if change.verdict == "breaking" { Verdict::Compatible } else { Verdict::Breaking };
            let there = swapped.iter().any(|other| {
                (&other.side, other.kind.as_str(), other.verdict.as_str())
                    == (&change.side, undone.name(), verdict.name())
            });
            assert!(there, "{file}: {change:?} is undone by none of {swapped:#?}");
            tried += 1;
        }
    }
    assert!(tried >= 40, "{tried}");
}

/// Kinds that break either way: callers of both states have to do something.
const EITHER_WAY: &[Kind] = &[
    Kind::OperationRenamed,
    Kind::OperationMoved,
    Kind::TagsChanged,
    Kind::JobChanged,
    Kind::CredentialsChanged,
    Kind::ParameterMoved,
    Kind::ParameterRenamed,
    Kind::StyleChanged,
    Kind::TypeChanged,
    Kind::FormatChanged,
    Kind::PatternChanged,
    Kind::DefaultChanged,
    Kind::SchemaRenamed,
    Kind::Unjudged,
];

#[test]
fn what_is_neither_narrower_nor_wider_breaks_both_ways() {
    for Pair { file, base, tree, changes, .. } in pairs() {
        let swapped = said(&tree, &base);
        for change in changes.iter().filter(|change| EITHER_WAY.iter().any(|kind| kind.name() == change.kind)) {
            assert_eq!(change.verdict, "breaking", "{file}: {change:?}");
            let again = swapped.iter().any(|other| other.kind == change.kind && other.verdict == "breaking");
            assert!(again, "{file}: {change:?}, and the other way {swapped:#?}");
        }
    }
}

#[test]
fn the_order_of_keys_means_nothing() {
    for Pair { file, base, tree, .. } in pairs() {
        assert_eq!(said(&base, &common::reversed(&base)), [], "{file}");
        assert_eq!(said(&common::reversed(&base), &common::reversed(&tree)), said(&base, &tree), "{file}");
    }
}

/// What the README's table says: kind, side, verdict.
fn table() -> BTreeSet<(String, &'static str, &'static str)> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, table) = readme.split_once("| kind | request | response | reason |").unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let mut said = BTreeSet::new();
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let kind = cells[1].trim_matches('`');
        for (side, cell) in [("request", cells[2]), ("response", cells[3])] {
            for letter in cell.split(", ").filter(|letter| *letter != "–") {
                let verdict = Verdict::ALL.into_iter().map(Verdict::name);
                let verdict = verdict.zip(["B", "c", "w"]).find(|(_, short)| *short == letter).unwrap().0;
                said.insert((kind.to_owned(), side, verdict));
            }
        }
    }
    said
}

#[test]
fn the_pairs_show_each_verdict_of_the_readme_and_no_other() {
    let mut shown = BTreeSet::new();
    for change in pairs().into_iter().flat_map(|pair| pair.changes) {
        let verdict = Verdict::ALL.into_iter().map(Verdict::name).find(|name| *name == change.verdict).unwrap();
        for side in ["request", "response"] {
            // What is about the operation, or the document, is about both.
            if change.side == side || change.side == "operation" || change.side == "document" {
                shown.insert((change.kind.clone(), side, verdict));
            }
        }
    }
    let table = table();
    let (untold, unshown): (Vec<_>, Vec<_>) = (shown.difference(&table).collect(), table.difference(&shown).collect());
    assert!(untold.is_empty() && unshown.is_empty(), "not in the table: {untold:#?}\nin no pair: {unshown:#?}");
}

#[test]
fn gravest_changes_come_first() {
    let base = common::document(&serde_yaml::from_str("{request: {type: object, properties: {a: {}}}}").unwrap());
    let tree = "{request: {type: object, description: New., properties: {b: {}}}}";
    let tree = common::document(&serde_yaml::from_str(tree).unwrap());
    let verdicts: Vec<Verdict> = compare(&base, &tree).unwrap().iter().map(|change| change.verdict).collect();
    assert_eq!(verdicts, Verdict::ALL);
    assert!(compare(&base, &tree).unwrap().iter().all(|change| change.place.side == Side::Request));
}

#[test]
fn a_document_that_cannot_be_followed_is_told_with_its_place() {
    let sound = common::document(&Value::Null);
    for (fragment, told) in [
        ("{request: {$ref: '#/components/schemas/None'}}", "`$ref: #/components/schemas/None` leads nowhere"),
        ("{request: {$ref: 'other.yaml#/Thing'}}", "`$ref: other.yaml#/Thing` leads out of the document"),
        (
            "{request: {$ref: '#/components/schemas/Request'}}",
            "a reference refers to itself: #/components/schemas/Request",
        ),
        (
            "{request: {allOf: [{$ref: '#/components/schemas/Request'}]}}",
            "the `allOf` of a schema holds the schema itself",
        ),
        ("{request: {type: object, properties: {a: true}}}", "true is no schema"),
        ("{parameters: [{name: a}]}", "a parameter of put /things/{id} has no `name` or no `in`"),
    ] {
        let broken = common::document(&serde_yaml::from_str(fragment).unwrap());
        assert_eq!(compare(&broken, &broken).unwrap_err().to_string(), format!("the base: {told}"), "{fragment}");
        if !fragment.contains("properties") {
            assert_eq!(compare(&sound, &broken).unwrap_err().to_string(), format!("the tree: {told}"), "{fragment}");
        }
    }
    assert_eq!(compare(&Value::Null, &sound).unwrap_err().to_string(), "the base: the root is no object");
}
