//! `allOf` whose parts could not be put together: a value fits every one of them.

use serde_json::{Map, Value};

use super::branches::{Branch, matched};
use super::{compare as compare_schema, describe};
use crate::comparison::Comparison;
use crate::document::{Unreadable, list};
use crate::kind::Kind;
use crate::place::At;
use crate::shift::Shift;

/// Compares the parts: one more narrows, one fewer widens.
pub(super) fn compare(
    comparison: &mut Comparison<'_>,
    at: &At,
    base: &Map<String, Value>,
    tree: &Map<String, Value>,
) -> Result<(), Unreadable> {
    let base = Branch::all(&comparison.base, list(base, "allOf"))?;
    let tree = Branch::all(&comparison.tree, list(tree, "allOf"))?;
    let matched = matched(base, tree);
    for (base, tree) in &matched.pairs {
        compare_schema(comparison, at, base.written, tree.written)?;
    }
    let kinds = (Kind::ConditionAdded, Kind::ConditionGone);
    let misfits = |branch: &Branch<'_>| match describe::schema(&branch.view) {
        anything if anything == describe::ANYTHING => "what does not fit one of the schemas in `allOf`".to_owned(),
        schema => format!("what does not fit {schema}, one of the schemas in `allOf`"),
    };
    for gone in &matched.gone {
        comparison.shift(at, Shift::Wider, kinds, &misfits(gone));
    }
    for added in &matched.added {
        comparison.shift(at, Shift::Narrower, kinds, &misfits(added));
    }
    Ok(())
}
