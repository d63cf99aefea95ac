//! Credentials: which of them a call needs.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::change::Verdict;
use crate::comparison::Comparison;
use crate::document::{Document, list};
use crate::kind::Kind;
use crate::operations::Operation;
use crate::place::{At, Side};
use crate::words;

/// One way to authenticate: schemes that are needed together, each with its scopes. Empty: none are needed.
type Way = BTreeMap<String, BTreeSet<String>>;

/// Compares the credentials that an operation asks for.
pub(crate) fn compare(comparison: &mut Comparison<'_>, base: &Operation<'_>, tree: &Operation<'_>) {
    let at = At::new(Side::Request, "credentials");
    let base = ways(&comparison.base, base);
    let tree = ways(&comparison.tree, tree);
    for way in base.difference(&tree) {
        let asks_for_less = tree.iter().any(|other| is_within(other, way));
        let (verdict, sentence) = match (asks_for_less, way.is_empty()) {
            (true, _) => (Verdict::Compatible, format!("Callers need not authenticate with {} any more.", show(way))),
            (false, true) => (Verdict::Breaking, "Callers without credentials are refused now.".to_owned()),
            (false, false) => {
                (Verdict::Breaking, format!("Callers that authenticate with {} are refused now.", show(way)))
            }
        };
        comparison.add(&at, Kind::CredentialsGone, verdict, sentence);
    }
    for way in tree.difference(&base) {
        let sentence = if way.is_empty() {
            "Callers may leave out credentials now.".to_owned()
        } else {
            format!("Callers may authenticate with {} now.", show(way))
        };
        comparison.add(&at, Kind::CredentialsAdded, Verdict::Compatible, sentence);
    }
    let schemes: BTreeSet<&String> = base.intersection(&tree).flat_map(BTreeMap::keys).collect();
    for scheme in schemes {
        definition(comparison, &at.field(scheme), scheme);
    }
}

/// The ways that an operation takes. A document that says nothing asks for nothing.
fn ways(document: &Document<'_>, operation: &Operation<'_>) -> BTreeSet<Way> {
    let place = if operation.object.contains_key("security") { operation.object } else { document.root };
    let ways = list(place, "security").iter().filter_map(Value::as_object);
    let mut ways: BTreeSet<Way> = ways
        .map(|way| {
            let scopes = |name: &str| list(way, name).iter().filter_map(Value::as_str).map(str::to_owned).collect();
            way.keys().map(|name| (name.clone(), scopes(name))).collect()
        })
        .collect();
    if ways.is_empty() {
        ways.insert(Way::new());
    }
    ways
}

/// Whether whoever has the credentials of `way` has those of `other` too.
fn is_within(other: &Way, way: &Way) -> bool {
    other.iter().all(|(scheme, scopes)| way.get(scheme).is_some_and(|held| scopes.is_subset(held)))
}

fn show(way: &Way) -> String {
    let schemes: Vec<String> = way
        .iter()
        .map(|(scheme, scopes)| match scopes.len() {
            0 => format!("`{scheme}`"),
            _ => format!("`{scheme}` ({})", scopes.iter().map(String::as_str).collect::<Vec<_>>().join(", ")),
        })
        .collect();
    schemes.join(" and ")
}

/// Compares how credentials of the same name are sent.
fn definition(comparison: &mut Comparison<'_>, at: &At, scheme: &str) {
    let section = "securitySchemes";
    let of = |document: &Document<'_>| document.component(section, scheme).and_then(Value::as_object).cloned();
    let base = of(&comparison.base).unwrap_or_default();
    let tree = of(&comparison.tree).unwrap_or_default();
    words::compare(comparison, at, &base, &tree);
    let sent = |scheme: Map<String, Value>| -> BTreeMap<String, Value> {
        scheme.into_iter().filter(|(key, _)| !words::is_words(key)).collect()
    };
    let (base, tree) = (sent(base), sent(tree));
    if base != tree {
        let differs = |key: &&String| base.get(*key) != tree.get(*key);
        let keys: BTreeSet<&String> = base.keys().chain(tree.keys()).filter(differs).collect();
        let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        let sentence = format!("Callers that authenticate as before are refused now: {} changed.", keys.join(", "));
        comparison.add(at, Kind::CredentialsChanged, Verdict::Breaking, sentence);
    }
}
