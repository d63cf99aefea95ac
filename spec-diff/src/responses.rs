//! Responses: their statuses, headers and bodies.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::change::Verdict;
use crate::comparison::{Comparison, flag};
use crate::document::{Unreadable, object};
use crate::kind::Kind;
use crate::place::{At, Side};
use crate::{body, parameters, words};

/// Compares the responses of an operation.
pub(crate) fn compare(
    comparison: &mut Comparison<'_>,
    base: Option<&Map<String, Value>>,
    tree: Option<&Map<String, Value>>,
) -> Result<(), Unreadable> {
    let empty = Map::new();
    let (base, tree) = (base.unwrap_or(&empty), tree.unwrap_or(&empty));
    words::compare(comparison, &At::new(Side::Response, "responses"), base, tree);
    for status in words::keys(base, tree).into_iter().filter(|key| !key.starts_with("x-")) {
        let at = At::new(Side::Response, format!("response {status}"));
        match (base.get(status), tree.get(status)) {
            (Some(base), Some(tree)) => {
                let base = comparison.base.resolve_object(base)?;
                let tree = comparison.tree.resolve_object(tree)?;
                pair(comparison, &at, &base, &tree)?;
            }
            (Some(_), _) => gone(comparison, &at, status),
            (None, _) => added(comparison, &at, status),
        }
    }
    Ok(())
}

/// Whether a caller is told by this status that the call went well, or where to go on. `default` is for what goes wrong.
fn is_success(status: &str) -> bool {
    status.starts_with(['1', '2', '3'])
}

fn gone(comparison: &mut Comparison<'_>, at: &At, status: &str) {
    let (verdict, sentence) = if is_success(status) {
        (Verdict::Breaking, format!("Callers that wait for {status} no longer get it."))
    } else {
        (Verdict::Compatible, format!("Callers that tell {status} apart no longer get it."))
    };
    comparison.add(at, Kind::StatusGone, verdict, sentence);
}

fn added(comparison: &mut Comparison<'_>, at: &At, status: &str) {
    let (verdict, sentence) = if is_success(status) {
        (Verdict::Breaking, format!("Callers must be ready for {status} now, where they may take it for a failure."))
    } else {
        (Verdict::Compatible, format!("Callers may tell {status} apart now; failures they had to be ready for anyway."))
    };
    comparison.add(at, Kind::StatusAdded, verdict, sentence);
}

fn pair(
    comparison: &mut Comparison<'_>,
    at: &At,
    base: &Map<String, Value>,
    tree: &Map<String, Value>,
) -> Result<(), Unreadable> {
    words::compare(comparison, at, base, tree);
    if base.get("links") != tree.get("links") {
        comparison.add(at, Kind::WordsChanged, Verdict::Words, "`links` read otherwise. They say where to go on.");
    }
    headers(comparison, at, object(base, "headers"), object(tree, "headers"))?;
    let at = at.field("body");
    let content = |response| object(response, "content").filter(|content| !content.is_empty());
    match (content(base), content(tree)) {
        (Some(before), Some(after)) => {
            let always = |response| !flag(response, "x-body-optional");
            let kinds = (Kind::BodyRequired, Kind::BodyOptional);
            comparison.required(&at, always(base), always(tree), kinds, "a body");
            body::content(comparison, &at, before, after)?;
        }
        (Some(_), None) => {
            let sentence = "Callers that read the body find none.";
            comparison.add(&at, Kind::BodyGone, Verdict::Breaking, sentence);
        }
        (None, Some(_)) => {
            let sentence = "Callers may read a body now; those that do not know it can ignore it.";
            comparison.add(&at, Kind::BodyAdded, Verdict::Compatible, sentence);
        }
        (None, None) => {}
    }
    Ok(())
}

fn headers(
    comparison: &mut Comparison<'_>,
    at: &At,
    base: Option<&Map<String, Value>>,
    tree: Option<&Map<String, Value>>,
) -> Result<(), Unreadable> {
    // Case does not matter in the names of headers. They are shown as the tree writes them.
    let by_name = |headers: Option<&Map<String, Value>>| -> BTreeMap<String, (String, Value)> {
        let headers = headers.into_iter().flatten();
        headers.map(|(name, header)| (name.to_lowercase(), (name.clone(), header.clone()))).collect()
    };
    let (base, tree) = (by_name(base), by_name(tree));
    let names: BTreeSet<&String> = base.keys().chain(tree.keys()).collect();
    for key in names {
        let Some((name, _)) = tree.get(key).or(base.get(key)) else { continue };
        let at = at.field(&format!("header {name}"));
        match (base.get(key).map(|(_, header)| header), tree.get(key).map(|(_, header)| header)) {
            (Some(base), Some(tree)) => {
                let base = comparison.base.resolve_object(base)?;
                let tree = comparison.tree.resolve_object(tree)?;
                let kinds = (Kind::NowRequired, Kind::NowOptional);
                let thing = format!("`{name}`");
                comparison.required(&at, flag(&base, "required"), flag(&tree, "required"), kinds, &thing);
                parameters::style(comparison, &at, "header", &base, &tree);
                parameters::value(comparison, &at, &base, &tree)?;
            }
            (Some(_), _) => {
                let sentence = format!("Callers that read `{name}` find nothing there.");
                comparison.add(&at, Kind::HeaderGone, Verdict::Breaking, sentence);
            }
            (None, _) => {
                let sentence = format!("Callers may read `{name}` now.");
                comparison.add(&at, Kind::HeaderAdded, Verdict::Compatible, sentence);
            }
        }
    }
    Ok(())
}
