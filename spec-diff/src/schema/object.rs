//! Fields of objects.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::compare as compare_schema;
use crate::change::Verdict;
use crate::comparison::Comparison;
use crate::document::{Unreadable, list, object};
use crate::kind::Kind;
use crate::place::{At, Side};
use crate::shift::Shift;
use crate::words;

/// What the document says about fields that it does not name.
#[derive(PartialEq)]
enum Others<'a> {
    Refused,
    Any,
    Of(&'a Value),
}

impl<'a> Others<'a> {
    fn of(schema: &'a Map<String, Value>) -> Others<'a> {
        match schema.get("additionalProperties") {
            Some(Value::Bool(false)) => Others::Refused,
            Some(Value::Object(of)) if of.is_empty() => Others::Any,
            Some(of @ Value::Object(_)) => Others::Of(of),
            _ => Others::Any,
        }
    }
}

/// Compares the fields of two schemas.
pub(super) fn compare(
    comparison: &mut Comparison<'_>,
    at: &At,
    base: &Map<String, Value>,
    tree: &Map<String, Value>,
) -> Result<(), Unreadable> {
    let empty = Map::new();
    let fields = object(base, "properties").unwrap_or(&empty);
    let others = object(tree, "properties").unwrap_or(&empty);
    let (needed, now_needed) = (required(base), required(tree));
    for name in words::keys(fields, others) {
        let at = at.field(name);
        match (fields.get(name), others.get(name)) {
            (Some(field), Some(other)) => {
                needs(comparison, &at, name, &needed, &now_needed);
                compare_schema(comparison, &at, field, other)?;
            }
            (Some(_), _) => gone(comparison, &at, name, &Others::of(tree)),
            (None, _) => added(comparison, &at, name, now_needed.contains(name), &Others::of(base)),
        }
    }
    // Fields that have to be there, whatever they hold.
    for name in needed.union(&now_needed).filter(|name| !fields.contains_key(**name) && !others.contains_key(**name)) {
        needs(comparison, &at.field(name), name, &needed, &now_needed);
    }
    unnamed(comparison, at, &Others::of(base), &Others::of(tree))
}

fn required(schema: &Map<String, Value>) -> BTreeSet<&str> {
    list(schema, "required").iter().filter_map(Value::as_str).collect()
}

fn needs(comparison: &mut Comparison<'_>, at: &At, name: &str, base: &BTreeSet<&str>, tree: &BTreeSet<&str>) {
    let kinds = (Kind::NowRequired, Kind::NowOptional);
    comparison.required(at, base.contains(name), tree.contains(name), kinds, &format!("`{name}`"));
}

fn gone(comparison: &mut Comparison<'_>, at: &At, name: &str, others: &Others<'_>) {
    let sentence = match (at.side, others) {
        (Side::Response, _) => format!("Callers that read `{name}` find nothing there."),
        (_, Others::Refused) => format!("Callers that send `{name}` are refused now."),
        _ => format!("Callers that send `{name}` are refused now, or it has no effect."),
    };
    comparison.add(at, Kind::FieldGone, Verdict::Breaking, sentence);
}

fn added(comparison: &mut Comparison<'_>, at: &At, name: &str, is_required: bool, others: &Others<'_>) {
    let (kind, verdict, sentence) = match (at.side, is_required, others) {
        (Side::Response, _, Others::Refused) => {
            let sentence = format!("Callers must be ready for `{name}` now: they were promised no other fields.");
            (Kind::FieldAdded, Verdict::Breaking, sentence)
        }
        (Side::Response, _, _) => {
            let sentence = format!("Callers may read `{name}` now; those that do not know it can ignore it.");
            (Kind::FieldAdded, Verdict::Compatible, sentence)
        }
        (_, true, _) => {
            let sentence = format!("Callers that leave out `{name}` are refused now: it is new.");
            (Kind::RequiredFieldAdded, Verdict::Breaking, sentence)
        }
        _ => (Kind::FieldAdded, Verdict::Compatible, format!("Callers may send `{name}` now.")),
    };
    comparison.add(at, kind, verdict, sentence);
}

/// Compares what is allowed beyond the fields that have a name.
fn unnamed(comparison: &mut Comparison<'_>, at: &At, base: &Others<'_>, tree: &Others<'_>) -> Result<(), Unreadable> {
    let kinds = (Kind::OtherFieldsNarrowed, Kind::OtherFieldsWidened);
    let any = "fields that the document does not name";
    let typed = "fields of other types that the document does not name";
    match (base, tree) {
        (Others::Of(base), Others::Of(tree)) => compare_schema(comparison, &at.field("{any name}"), base, tree)?,
        (base, tree) if base == tree => {}
        (_, Others::Refused) => comparison.shift(at, Shift::Narrower, kinds, any),
        (Others::Refused, _) => comparison.shift(at, Shift::Wider, kinds, any),
        (_, Others::Of(_)) => comparison.shift(at, Shift::Narrower, kinds, typed),
        (_, Others::Any) => comparison.shift(at, Shift::Wider, kinds, typed),
    }
    Ok(())
}
