//! Limits: of lengths, numbers and sizes, and patterns.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::describe;
use crate::change::Verdict;
use crate::comparison::{Comparison, flag};
use crate::kind::Kind;
use crate::place::At;
use crate::shift::Shift;

/// The keywords that are compared here.
pub(super) const KEYS: &[&str] = &[
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "uniqueItems",
    "pattern",
];

const KINDS: (Kind, Kind) = (Kind::LimitNarrowed, Kind::LimitWidened);

/// A keyword that cuts off one end.
struct End {
    key: &'static str,
    /// Whether it cuts off what is small.
    is_lower: bool,
    /// The keyword that says that the limit itself is out too.
    exclusive: Option<&'static str>,
    /// What is beyond it, without the number: "texts shorter than".
    beyond: &'static str,
}

const ENDS: &[End] = &[
    End { key: "minLength", is_lower: true, exclusive: None, beyond: "texts with a length below" },
    End { key: "maxLength", is_lower: false, exclusive: None, beyond: "texts with a length above" },
    End { key: "minItems", is_lower: true, exclusive: None, beyond: "lists with a length below" },
    End { key: "maxItems", is_lower: false, exclusive: None, beyond: "lists with a length above" },
    End { key: "minProperties", is_lower: true, exclusive: None, beyond: "objects with a number of fields below" },
    End { key: "maxProperties", is_lower: false, exclusive: None, beyond: "objects with a number of fields above" },
    End { key: "minimum", is_lower: true, exclusive: Some("exclusiveMinimum"), beyond: "numbers below" },
    End { key: "maximum", is_lower: false, exclusive: Some("exclusiveMaximum"), beyond: "numbers above" },
];

/// Compares all limits.
pub(super) fn compare(comparison: &mut Comparison<'_>, at: &At, base: &Map<String, Value>, tree: &Map<String, Value>) {
    for end in ENDS {
        let (old, new) = (Limit::read(end, base), Limit::read(end, tree));
        let shift = match (&old, &new) {
            (None, None) => continue,
            (None, Some(_)) => Shift::Narrower,
            (Some(_), None) => Shift::Wider,
            (Some(old), Some(new)) => match old.tightness(new, end.is_lower) {
                Ordering::Less => Shift::Narrower,
                Ordering::Greater => Shift::Wider,
                Ordering::Equal => continue,
            },
        };
        if let Some(tighter) = if shift == Shift::Narrower { new } else { old } {
            comparison.shift(at, shift, KINDS, &tighter.beyond(end));
        }
    }
    let (old, new) = (flag(base, "uniqueItems"), flag(tree, "uniqueItems"));
    if old != new {
        comparison.shift(at, Shift::narrower_if(new), KINDS, "lists that hold an entry twice");
    }
    multiples(comparison, at, base, tree);
    pattern(comparison, at, base.get("pattern"), tree.get("pattern"));
}

/// One limit of one schema.
struct Limit {
    number: Value,
    is_exclusive: bool,
}

impl Limit {
    /// The limit, unless it cuts nothing off.
    fn read(end: &End, schema: &Map<String, Value>) -> Option<Limit> {
        let number = schema.get(end.key).filter(|number| number.is_number())?.clone();
        let cuts_nothing = end.exclusive.is_none() && end.is_lower && number == 0;
        let is_exclusive = end.exclusive.is_some_and(|key| flag(schema, key));
        (!cuts_nothing).then_some(Limit { number, is_exclusive })
    }

    /// Less: the other one is tighter.
    fn tightness(&self, other: &Limit, is_lower: bool) -> Ordering {
        let order = order(&self.number, &other.number);
        let order = if is_lower { order } else { order.reverse() };
        order.then(self.is_exclusive.cmp(&other.is_exclusive))
    }

    fn beyond(&self, end: &End) -> String {
        let or_equal = if self.is_exclusive { " or equal to" } else { "" };
        format!("{}{or_equal} {}", end.beyond, self.number)
    }
}

/// Whole numbers are compared as such: as floating point, large ones are not told apart.
fn order(one: &Value, other: &Value) -> Ordering {
    let whole = |value: &Value| value.as_i64().map(i128::from).or(value.as_u64().map(i128::from));
    match (whole(one), whole(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => one.as_f64().unwrap_or_default().total_cmp(&other.as_f64().unwrap_or_default()),
    }
}

fn multiples(comparison: &mut Comparison<'_>, at: &At, base: &Map<String, Value>, tree: &Map<String, Value>) {
    let of = |schema: &Map<String, Value>| schema.get("multipleOf").and_then(Value::as_f64);
    let values = |step: f64| format!("numbers that are no multiple of {step}");
    match (of(base), of(tree)) {
        (base, tree) if base == tree => {}
        (Some(base), None) => comparison.shift(at, Shift::Wider, KINDS, &values(base)),
        (None, Some(tree)) => comparison.shift(at, Shift::Narrower, KINDS, &values(tree)),
        (Some(base), Some(tree)) if tree % base == 0.0 => comparison.shift(at, Shift::Narrower, KINDS, &values(tree)),
        (Some(base), Some(tree)) if base % tree == 0.0 => comparison.shift(at, Shift::Wider, KINDS, &values(base)),
        _ => comparison.unjudged(at, base, tree, &["multipleOf"]),
    }
}

/// Whether one pattern is within another cannot be told.
fn pattern(comparison: &mut Comparison<'_>, at: &At, base: Option<&Value>, tree: Option<&Value>) {
    let values = |pattern: &Value| format!("texts that do not match {}", describe::value(pattern));
    match (base, tree) {
        (base, tree) if base == tree => {}
        (Some(base), None) => comparison.shift(at, Shift::Wider, KINDS, &values(base)),
        (None, Some(tree)) => comparison.shift(at, Shift::Narrower, KINDS, &values(tree)),
        (base, tree) => {
            let show = |pattern: Option<&Value>| pattern.map(describe::value).unwrap_or_default();
            let sentence = format!("Texts match {} now, not {}: callers should be looked at.", show(tree), show(base));
            comparison.add(at, Kind::PatternChanged, Verdict::Breaking, sentence);
        }
    }
}
