//! Types, null, listed values, formats and defaults.

use serde_json::{Map, Value};

use super::describe;
use super::view::View;
use crate::change::Verdict;
use crate::comparison::{Comparison, flag};
use crate::document::list;
use crate::kind::Kind;
use crate::place::{At, Side};
use crate::shift::Shift;

/// Formats that hold less than others: the first is within the second.
const WITHIN: &[(&str, &str)] = &[("int32", "int64"), ("float", "double")];

/// Compares the types. `false`: they have nothing in common, and what else is said about either is of no use.
pub(super) fn compare_type(comparison: &mut Comparison<'_>, at: &At, base: &View, tree: &View) -> bool {
    let kinds = (Kind::TypeNarrowed, Kind::TypeWidened);
    let of = |view: &View| view.keys.get("type").cloned();
    match (of(base), of(tree)) {
        (None, None) => {}
        (Some(base), Some(tree)) if base == tree => {}
        (None, Some(kind)) | (Some(kind), None) => {
            let shift = Shift::narrower_if(tree.keys.contains_key("type"));
            comparison.shift(at, shift, kinds, &format!("what is no {}", describe::value(&kind)));
        }
        (Some(base), Some(tree)) if base == "number" && tree == "integer" => {
            comparison.shift(at, Shift::Narrower, kinds, "numbers that are not whole");
        }
        (Some(base), Some(tree)) if base == "integer" && tree == "number" => {
            comparison.shift(at, Shift::Wider, kinds, "numbers that are not whole");
        }
        (Some(base), Some(tree)) => {
            changed(comparison, at, &describe::value(&base), &describe::value(&tree));
            return false;
        }
    }
    true
}

/// Notes that a type was replaced by one that has nothing in common with it.
pub(super) fn changed(comparison: &mut Comparison<'_>, at: &At, base: &str, tree: &str) {
    let sentence = match at.side {
        Side::Response => format!("Callers that expect {base} get {tree} now."),
        _ => format!("Callers that send {base} are refused now: it is {tree}."),
    };
    comparison.add(at, Kind::TypeChanged, Verdict::Breaking, sentence);
}

/// Compares whether null is allowed.
pub(super) fn compare_null(
    comparison: &mut Comparison<'_>,
    at: &At,
    base: &Map<String, Value>,
    tree: &Map<String, Value>,
) {
    let (base, tree) = (flag(base, "nullable"), flag(tree, "nullable"));
    if base != tree {
        comparison.shift(at, Shift::narrower_if(base), (Kind::NullGone, Kind::NullAdded), "`null`");
    }
}

/// Compares the values that are listed, each for itself.
pub(crate) fn compare_enum(
    comparison: &mut Comparison<'_>,
    at: &At,
    base: &Map<String, Value>,
    tree: &Map<String, Value>,
) {
    let other_than = |values: &[Value]| {
        let values: Vec<String> = values.iter().map(describe::value).collect();
        format!("values other than {}", describe::either(&values))
    };
    let (values, others) = (list(base, "enum"), list(tree, "enum"));
    let whole = (Kind::EnumIntroduced, Kind::EnumDropped);
    match (base.contains_key("enum"), tree.contains_key("enum")) {
        (false, true) => comparison.shift(at, Shift::Narrower, whole, &other_than(others)),
        (true, false) => comparison.shift(at, Shift::Wider, whole, &other_than(values)),
        _ => {
            let kinds = (Kind::EnumValueGone, Kind::EnumValueAdded);
            for gone in values.iter().filter(|value| !others.contains(value)) {
                comparison.shift(at, Shift::Narrower, kinds, &describe::value(gone));
            }
            for added in others.iter().filter(|value| !values.contains(value)) {
                comparison.shift(at, Shift::Wider, kinds, &describe::value(added));
            }
        }
    }
}

/// Compares the formats.
pub(super) fn compare_format(
    comparison: &mut Comparison<'_>,
    at: &At,
    base: &Map<String, Value>,
    tree: &Map<String, Value>,
) {
    let kinds = (Kind::FormatNarrowed, Kind::FormatWidened);
    let of = |schema: &Map<String, Value>| schema.get("format").and_then(Value::as_str).map(str::to_owned);
    let beyond = |format: &str| format!("values that are no `{format}`");
    match (of(base), of(tree)) {
        (base, tree) if base == tree => {}
        (None, Some(tree)) => comparison.shift(at, Shift::Narrower, kinds, &beyond(&tree)),
        (Some(base), None) => comparison.shift(at, Shift::Wider, kinds, &beyond(&base)),
        (Some(base), Some(tree)) if WITHIN.contains(&(tree.as_str(), base.as_str())) => {
            comparison.shift(at, Shift::Narrower, kinds, &beyond(&tree));
        }
        (Some(base), Some(tree)) if WITHIN.contains(&(base.as_str(), tree.as_str())) => {
            comparison.shift(at, Shift::Wider, kinds, &beyond(&base));
        }
        (base, tree) => {
            let (base, tree) = (base.unwrap_or_default(), tree.unwrap_or_default());
            let sentence = match at.side {
                Side::Response => format!("Callers that expect `{base}` get `{tree}` now."),
                _ => format!("Callers that send `{base}` are refused now: it is `{tree}`."),
            };
            comparison.add(at, Kind::FormatChanged, Verdict::Breaking, sentence);
        }
    }
}

/// Compares what is taken where nothing is said. To state what was taken all along changes nothing.
pub(crate) fn compare_default(
    comparison: &mut Comparison<'_>,
    at: &At,
    base: &Map<String, Value>,
    tree: &Map<String, Value>,
) {
    match (base.get("default"), tree.get("default")) {
        (base, tree) if base == tree => {}
        (Some(base), Some(tree)) => {
            let (base, tree) = (describe::value(base), describe::value(tree));
            let sentence = format!("Where it is left out, {tree} is meant now, not {base}.");
            comparison.add(at, Kind::DefaultChanged, Verdict::Breaking, sentence);
        }
        (Some(base), None) => {
            let base = describe::value(base);
            let sentence = format!("Where it is left out, callers can no longer count on {base}.");
            comparison.add(at, Kind::DefaultGone, Verdict::Breaking, sentence);
        }
        (None, tree) => {
            let tree = tree.map(describe::value).unwrap_or_default();
            let sentence = format!("Where it is left out, {tree} is meant. Nothing was said about it before.");
            comparison.add(at, Kind::DefaultAdded, Verdict::Compatible, sentence);
        }
    }
}
