//! `anyOf` and `oneOf`: a value fits one of several schemas.

use serde_json::{Map, Value};

use super::branches::{Branch, matched};
use super::view::View;
use super::{compare as compare_schema, describe, values};
use crate::comparison::Comparison;
use crate::document::{Unreadable, list};
use crate::kind::Kind;
use crate::place::At;
use crate::shift::Shift;

const KEYS: [&str; 2] = ["anyOf", "oneOf"];
const KINDS: (Kind, Kind) = (Kind::AlternativeGone, Kind::AlternativeAdded);

/// Compares the alternatives of two schemas that both have some.
pub(super) fn compare(
    comparison: &mut Comparison<'_>,
    at: &At,
    base: &Map<String, Value>,
    tree: &Map<String, Value>,
) -> Result<(), Unreadable> {
    for key in KEYS {
        if base.contains_key(key) && tree.contains_key(key) {
            lists(comparison, at, list(base, key), list(tree, key))?;
        } else {
            comparison.unjudged(at, base, tree, &[key]);
        }
    }
    Ok(())
}

fn lists(comparison: &mut Comparison<'_>, at: &At, base: &[Value], tree: &[Value]) -> Result<(), Unreadable> {
    let base = Branch::all(&comparison.base, base)?;
    let tree = Branch::all(&comparison.tree, tree)?;
    let matched = matched(base, tree);
    for (base, tree) in &matched.pairs {
        let at = at.as_one_of(&describe::schema(&tree.view));
        compare_schema(comparison, &at, base.written, tree.written)?;
    }
    for gone in &matched.gone {
        comparison.shift(at, Shift::Narrower, KINDS, &describe::schema(&gone.view));
    }
    for added in &matched.added {
        comparison.shift(at, Shift::Wider, KINDS, &describe::schema(&added.view));
    }
    Ok(())
}

/// Compares a schema that has alternatives with one that has none: the latter is the only alternative that there is.
/// `true`: that is what they are, and they have been compared.
pub(super) fn one_sided(
    comparison: &mut Comparison<'_>,
    at: &At,
    base: &View,
    tree: &View,
) -> Result<bool, Unreadable> {
    let (alternatives, others) = (only_alternatives(&base.keys), only_alternatives(&tree.keys));
    let is_plain = |view: &View| KEYS.iter().all(|key| !view.keys.contains_key(*key));
    let (list, plain, shift) = match (alternatives, others) {
        (None, Some(list)) if is_plain(base) => (list, base, Shift::Wider),
        (Some(list), None) if is_plain(tree) => (list, tree, Shift::Narrower),
        _ => return Ok(false),
    };
    let document = if shift == Shift::Wider { &comparison.tree } else { &comparison.base };
    let mut branches = Branch::all(document, list)?;
    let names: Vec<String> = branches.iter().map(|branch| describe::schema(&branch.view)).collect();
    let names = describe::either(&names);
    let structure = describe::structure(&plain.keys);
    if structure.is_empty() {
        // Everything was, or is, allowed: the alternatives are fewer than that.
        let shift = if shift == Shift::Wider { Shift::Narrower } else { Shift::Wider };
        let kinds = (Kind::TypeNarrowed, Kind::TypeWidened);
        comparison.shift(at, shift, kinds, &format!("what is not {names}"));
        return Ok(true);
    }
    let same_name = |branch: &Branch<'_>| branch.view.name.is_some() && branch.view.name == plain.name;
    let same = |branch: &Branch<'_>| describe::structure(&branch.view.keys) == structure;
    let same_type = |branch: &Branch<'_>| branch.view.keys.get("type") == plain.keys.get("type");
    let index = branches.iter().position(same_name);
    let index = index.or_else(|| branches.iter().position(same)).or_else(|| branches.iter().position(same_type));
    let Some(branch) = index.map(|index| branches.remove(index)) else {
        let plain = describe::schema(plain);
        let (base, tree) = if shift == Shift::Wider { (plain, names) } else { (names, plain) };
        values::changed(comparison, at, &base, &tree);
        return Ok(true);
    };
    let plain = Value::Object(plain.keys.clone());
    let (base, tree) = if shift == Shift::Wider { (&plain, branch.written) } else { (branch.written, &plain) };
    compare_schema(comparison, &at.as_one_of(&describe::schema(&branch.view)), base, tree)?;
    for branch in &branches {
        comparison.shift(at, shift, KINDS, &describe::schema(&branch.view));
    }
    Ok(true)
}

/// The alternatives of a schema that says nothing else about what is allowed.
fn only_alternatives(keys: &Map<String, Value>) -> Option<&[Value]> {
    let structure = describe::structure(keys);
    let mut keys_of = structure.keys();
    match (keys_of.next(), keys_of.next()) {
        (Some(key), None) if KEYS.contains(&key.as_str()) => Some(list(keys, key)),
        _ => None,
    }
}
