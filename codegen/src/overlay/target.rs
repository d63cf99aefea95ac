//! The target of an action: a JSONPath, and the places that it selects.

use std::collections::BTreeSet;

use serde_json::Value;
use serde_json_path::{JsonPath, ParseError};

use crate::check::node::nearest;

/// One step of the way from the document to a node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// The way from the document to a node.
pub(super) type Way = Vec<Step>;

/// A text that is not JSONPath: what is wrong, and what to write instead.
pub(super) struct NotJsonPath {
    pub(super) what: String,
    pub(super) instead: String,
}

/// Reads a target.
pub(super) fn parse(target: &str) -> Result<JsonPath, NotJsonPath> {
    JsonPath::parse(target).map_err(|error| explain(target, &error))
}

fn explain(target: &str, error: &ParseError) -> NotJsonPath {
    let message = error.to_string();
    let place = match error.position() {
        0 => "at its beginning".to_owned(),
        position => format!("after `{}`", target.get(..position).unwrap_or(target)),
    };
    let instead = if !target.starts_with('$') {
        "begin it with `$`, which is the document: `$.paths['/volumes'].get`"
    } else if message.contains("function name") {
        "use the functions of RFC 9535: length, count, match, search and value"
    } else {
        "write it as RFC 9535 has it; a key of other than letters, digits and `_` stands in quotes and brackets: `$.paths['/volumes'].get.responses['200']`"
    };
    // The message begins with the position, which is said in words already.
    let reason = message.split_once(", ").map_or("", |(_, reason)| reason).trim_start_matches("parser error");
    let separator = if reason.is_empty() { "" } else { ": " };
    let what = format!("the target `{target}` is not JSONPath, {place}{separator}{reason}");
    NotJsonPath { what, instead: instead.to_owned() }
}

/// The nodes that a target selects, each once, in the order of the selection.
pub(super) fn select(path: &JsonPath, document: &Value) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    let mut known: BTreeSet<Way> = BTreeSet::new();
    for node in path.query_located(document) {
        let way: Way = node
            .location()
            .iter()
            .map(|element| match (element.as_name(), element.as_index()) {
                (Some(name), _) => Step::Key(name.to_owned()),
                (None, index) => Step::Index(index.unwrap_or_default()),
            })
            .collect();
        if known.insert(way.clone()) {
            ways.push(way);
        }
    }
    ways
}

/// The pointer of a node.
pub(super) fn pointer(way: &[Step]) -> String {
    way.iter().fold(String::new(), |pointer, step| match step {
        Step::Key(key) => crate::place::child(&pointer, key),
        Step::Index(index) => crate::place::child(&pointer, &index.to_string()),
    })
}

/// How far a target that selects nothing leads, and what its next step may have meant: a sentence without its full
/// stop, or nothing if that does not help.
pub(super) fn how_far(target: &str, document: &Value) -> Option<String> {
    let ends = target.char_indices().filter(|(_, letter)| matches!(letter, '.' | '[')).map(|(end, _)| end);
    let ends: Vec<usize> = ends.filter(|end| *end > 1).collect();
    for end in ends.into_iter().rev() {
        let (start, rest) = target.split_at(end);
        // A cut through a quoted key or through a filter is no JSONPath, and passed over.
        let Ok(path) = JsonPath::parse(start) else { continue };
        let found = path.query(document);
        if found.is_empty() {
            continue;
        }
        let next = match rest.strip_prefix('.') {
            Some(next) => next.split(['.', '[']).next(),
            None => rest.trim_start_matches(['[', '\'', '"']).split(['\'', '"', ']']).next(),
        };
        let next = next.unwrap_or_default();
        let keys = found.iter().filter_map(|node| node.as_object()).flat_map(|node| node.keys().map(String::as_str));
        return Some(match nearest(next, keys) {
            Some(meant) => format!("`{start}` is there, and has no `{next}`: did you mean `{meant}`?"),
            None => format!("`{start}` is there, and has nothing that `{rest}` selects"),
        });
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_node_is_selected_once() {
        let document = json!({"a": [{"b/c": 1}, {"b/c": 2}]});
        let ways = select(&JsonPath::parse("$.a[0, 0, 1]['b/c']").unwrap(), &document);
        let pointers: Vec<String> = ways.iter().map(|way| pointer(way)).collect();
        assert_eq!(pointers, ["/a/0/b~1c", "/a/1/b~1c"]);
    }

    #[test]
    fn a_target_that_selects_nothing_is_followed_as_far_as_it_leads() {
        let document = json!({"paths": {"/a.b": {"trace": {}}}});
        let told = how_far("$.paths['/a.b'].trce.responses", &document).unwrap();
        assert_eq!(told, "`$.paths['/a.b']` is there, and has no `trce`: did you mean `trace`?");
        let told = how_far("$.paths['/a.c'].trace", &document).unwrap();
        assert_eq!(told, "`$.paths` is there, and has no `/a.c`: did you mean `/a.b`?");
        let told = how_far("$.paths[?@.x].trace", &document).unwrap();
        assert_eq!(told, "`$.paths` is there, and has nothing that `[?@.x].trace` selects");
    }
}
