//! Schemas: which values are allowed. One that allows fewer narrows, one that allows more widens, and [`Shift`] says what
//! that means on either side.
//!
//! [`Shift`]: crate::shift::Shift

mod alternatives;
mod branches;
mod conditions;
mod describe;
mod limits;
mod object;
pub(crate) mod values;
mod view;

use serde_json::{Map, Value};

use crate::change::Verdict;
use crate::comparison::Comparison;
use crate::document::Unreadable;
use crate::kind::Kind;
use crate::place::{At, Side};
use crate::words;

use view::View;

/// Keywords that are compared one by one, here and in the modules below.
const JUDGED: &[&str] = &[
    "type",
    "nullable",
    "enum",
    "format",
    "default",
    "deprecated",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "allOf",
    "anyOf",
    "oneOf",
    "x-error-property",
];

/// Compares two schemas that may both be missing: without a schema, everything is allowed.
pub(crate) fn compare_optional(
    comparison: &mut Comparison<'_>,
    at: &At,
    base: Option<&Value>,
    tree: Option<&Value>,
) -> Result<(), Unreadable> {
    let anything = Value::Object(Map::new());
    compare(comparison, at, base.unwrap_or(&anything), tree.unwrap_or(&anything))
}

/// Compares two schemas, and all that is within them.
pub(crate) fn compare(comparison: &mut Comparison<'_>, at: &At, base: &Value, tree: &Value) -> Result<(), Unreadable> {
    // The same two again, further down: the schema holds itself, and is being compared already.
    let pair = (base.to_string(), tree.to_string());
    if !comparison.open.insert(pair.clone()) {
        return Ok(());
    }
    let base = View::of(&comparison.base, base)?;
    let tree = View::of(&comparison.tree, tree)?;
    let compared = views(comparison, at, &base, &tree);
    comparison.open.remove(&pair);
    compared
}

fn views(comparison: &mut Comparison<'_>, at: &At, base: &View, tree: &View) -> Result<(), Unreadable> {
    if let (Some(old), Some(new)) = (&base.name, &tree.name)
        && old != new
    {
        let sentence = format!("Generated clients call its type `{new}` now, not `{old}`. What is sent is the same.");
        comparison.add(at, Kind::SchemaRenamed, Verdict::Breaking, sentence);
    }
    words::compare(comparison, at, &base.keys, &tree.keys);
    comparison.deprecated(at, &base.keys, &tree.keys);
    error_property(comparison, at, &base.keys, &tree.keys);
    if alternatives::one_sided(comparison, at, base, tree)? || !values::compare_type(comparison, at, base, tree) {
        return Ok(());
    }
    values::compare_null(comparison, at, &base.keys, &tree.keys);
    values::compare_enum(comparison, at, &base.keys, &tree.keys);
    values::compare_format(comparison, at, &base.keys, &tree.keys);
    values::compare_default(comparison, at, &base.keys, &tree.keys);
    limits::compare(comparison, at, &base.keys, &tree.keys);
    object::compare(comparison, at, &base.keys, &tree.keys)?;
    if base.keys.contains_key("items") || tree.keys.contains_key("items") {
        compare_optional(comparison, &at.entries(), base.keys.get("items"), tree.keys.get("items"))?;
    }
    alternatives::compare(comparison, at, &base.keys, &tree.keys)?;
    conditions::compare(comparison, at, &base.keys, &tree.keys)?;
    let rest: Vec<&str> = words::keys(&base.keys, &tree.keys)
        .into_iter()
        .filter(|key| !JUDGED.contains(key) && !limits::KEYS.contains(key) && !words::is_words(key))
        .collect();
    comparison.unjudged(at, &base.keys, &tree.keys, &rest);
    Ok(())
}

/// Compares which field of an answer says that the operation failed.
fn error_property(comparison: &mut Comparison<'_>, at: &At, base: &Map<String, Value>, tree: &Map<String, Value>) {
    let of = |schema: &Map<String, Value>| schema.get("x-error-property").and_then(Value::as_str).map(str::to_owned);
    let sentence = match (of(base), of(tree)) {
        (base, tree) if base == tree => return,
        (_, Some(field)) => format!("Callers have to look at `{field}` now: an answer with it is a failure."),
        (Some(field), None) => format!("Callers that take an answer with `{field}` for a failure are wrong now."),
        (None, None) => return,
    };
    if at.side == Side::Response {
        comparison.add(at, Kind::ErrorPropertyChanged, Verdict::Breaking, sentence);
    } else {
        let sentence = "`x-error-property` changed. It means nothing in a request.";
        comparison.add(at, Kind::ErrorPropertyChanged, Verdict::Words, sentence);
    }
}
