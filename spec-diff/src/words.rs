//! What people read: it changes nothing for callers.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::change::Verdict;
use crate::comparison::Comparison;
use crate::kind::Kind;
use crate::place::{At, Side};

/// Keys that hold text for people, wherever they stand.
pub(crate) const KEYS: &[&str] = &["title", "summary", "description", "externalDocs", "example", "examples", "xml"];

/// Extensions that say something about what is sent. Each is judged where it stands.
const JUDGED: &[&str] = &["x-job", "x-error-property", "x-body-optional"];

/// Whether a key is for people only.
pub(crate) fn is_words(key: &str) -> bool {
    KEYS.contains(&key) || is_extension(key)
}

fn is_extension(key: &str) -> bool {
    key.starts_with("x-") && !JUDGED.contains(&key)
}

/// Notes the keys that are for people and differ.
pub(crate) fn compare(comparison: &mut Comparison<'_>, at: &At, base: &Map<String, Value>, tree: &Map<String, Value>) {
    for key in keys(base, tree).into_iter().filter(|key| is_words(key) && base.get(*key) != tree.get(*key)) {
        let kind = if is_extension(key) { Kind::ExtensionChanged } else { Kind::WordsChanged };
        note(comparison, at, kind, key, base.get(key), tree.get(key));
    }
}

/// Notes what differs at the root of the documents and at their paths, beside the operations.
pub(crate) fn document(comparison: &mut Comparison<'_>) {
    let (base, tree) = (comparison.base.root, comparison.tree.root);
    let at = At::new(Side::Document, "");
    for key in keys(base, tree) {
        let elsewhere = ["paths", "components", "servers", "security"].contains(&key);
        if !elsewhere && base.get(key) != tree.get(key) {
            note(comparison, &at.field(key), Kind::WordsChanged, key, base.get(key), tree.get(key));
        }
    }
    let paths =
        |root: &'_ Map<String, Value>| root.get("paths").and_then(Value::as_object).cloned().unwrap_or_default();
    let (base, tree) = (paths(base), paths(tree));
    for path in keys(&base, &tree) {
        let item = |paths: &Map<String, Value>| paths.get(path).and_then(Value::as_object).cloned();
        if let (Some(base), Some(tree)) = (&item(&base), &item(&tree)) {
            compare(comparison, &At::new(Side::Document, format!("path {path}")), base, tree);
        }
    }
}

fn note(comparison: &mut Comparison<'_>, at: &At, kind: Kind, key: &str, base: Option<&Value>, tree: Option<&Value>) {
    let what = match (base, tree) {
        (None, _) => "is new",
        (_, None) => "is gone",
        _ => "reads otherwise",
    };
    comparison.add(at, kind, Verdict::Words, format!("`{key}` {what}."));
}

/// The keys of both, each once, in alphabetical order: the order of keys in a document means nothing.
pub(crate) fn keys<'m>(base: &'m Map<String, Value>, tree: &'m Map<String, Value>) -> BTreeSet<&'m str> {
    base.keys().chain(tree.keys()).map(String::as_str).collect()
}
