//! Servers: where a call goes. They may stand on the operation, on its path, or at the root.

use serde_json::{Map, Value};

use crate::change::Verdict;
use crate::comparison::Comparison;
use crate::document::{Document, list, object};
use crate::kind::Kind;
use crate::operations::Operation;
use crate::place::{At, Side};
use crate::{schema, words};

/// Compares the servers of an operation.
pub(crate) fn compare(comparison: &mut Comparison<'_>, base: &Operation<'_>, tree: &Operation<'_>) {
    let base = servers(&comparison.base, base);
    let tree = servers(&comparison.tree, tree);
    for (url, server) in &base {
        let at = At::new(Side::Request, format!("server {url}"));
        if let Some((_, partner)) = tree.iter().find(|(candidate, _)| candidate == url) {
            words::compare(comparison, &at, server, partner);
            variables(comparison, &at, server, partner);
        } else {
            let sentence = format!("Callers that call `{url}` no longer reach a server that the document names.");
            comparison.add(&at, Kind::ServerGone, Verdict::Breaking, sentence);
        }
    }
    for (url, _) in tree.iter().filter(|(url, _)| !base.iter().any(|(candidate, _)| candidate == url)) {
        let at = At::new(Side::Request, format!("server {url}"));
        comparison.add(&at, Kind::ServerAdded, Verdict::Compatible, format!("Callers may call `{url}` now."));
    }
}

/// The servers that count for an operation, each with its address. Where none is named, it is `/`.
fn servers(document: &Document<'_>, operation: &Operation<'_>) -> Vec<(String, Map<String, Value>)> {
    let places = [operation.object, operation.item, document.root];
    let named = places.into_iter().map(|place| list(place, "servers")).find(|servers| !servers.is_empty());
    let servers = named.unwrap_or_default().iter().filter_map(Value::as_object);
    let mut servers: Vec<_> = servers
        .map(|server| (server.get("url").and_then(Value::as_str).unwrap_or("/").to_owned(), server.clone()))
        .collect();
    if servers.is_empty() {
        servers.push(("/".to_owned(), Map::new()));
    }
    servers
}

/// Variables in the address: the same in both, since the address is. Callers put in one of the values that are listed.
fn variables(comparison: &mut Comparison<'_>, at: &At, base: &Map<String, Value>, tree: &Map<String, Value>) {
    let empty = Map::new();
    let base = object(base, "variables").unwrap_or(&empty);
    let tree = object(tree, "variables").unwrap_or(&empty);
    for name in words::keys(base, tree) {
        let base = object(base, name).unwrap_or(&empty);
        let tree = object(tree, name).unwrap_or(&empty);
        let at = at.field(name);
        words::compare(comparison, &at, base, tree);
        schema::values::compare_enum(comparison, &at, base, tree);
        schema::values::compare_default(comparison, &at, base, tree);
    }
}
