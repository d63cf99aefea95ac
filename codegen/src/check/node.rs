//! A walk through a document's values that always knows where it is.

use serde_json::Value;

use crate::place::child;
use crate::problem::Problem;
use crate::read::Tree;

/// A value of the document, and its JSON pointer.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    pub(crate) value: &'a Value,
    pub(crate) pointer: String,
}

impl<'a> Node<'a> {
    /// The value under a key, if this is a map and has it.
    pub(crate) fn get(&self, key: &str) -> Option<Node<'a>> {
        self.value.as_object()?.get(key).map(|value| Node { value, pointer: child(&self.pointer, key) })
    }

    /// The value under several keys, one below the other.
    pub(super) fn at(&self, keys: &[&str]) -> Option<Node<'a>> {
        keys.iter().try_fold(self.clone(), |node, key| node.get(key))
    }

    /// The keys and values of a map; nothing of anything else.
    pub(crate) fn entries(&self) -> Vec<(&'a str, Node<'a>)> {
        self.value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, value)| {
                let pointer = child(&self.pointer, key);
                (key.as_str(), Node { value, pointer })
            })
            .collect()
    }

    /// The items of a list; nothing of anything else.
    pub(crate) fn items(&self) -> Vec<Node<'a>> {
        self.value
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(index, value)| Node { value, pointer: child(&self.pointer, &index.to_string()) })
            .collect()
    }

    /// The entries of the map under a key; nothing if there is none.
    pub(super) fn entries_of(&self, key: &str) -> Vec<(&'a str, Node<'a>)> {
        self.get(key).map(|node| node.entries()).unwrap_or_default()
    }

    /// The items of the list under a key; nothing if there is none.
    pub(super) fn items_of(&self, key: &str) -> Vec<Node<'a>> {
        self.get(key).map(|node| node.items()).unwrap_or_default()
    }

    /// The text under a key, if there is one and it is a text.
    pub(super) fn text_of(&self, key: &str) -> Option<&'a str> {
        self.value.as_object()?.get(key)?.as_str()
    }

    /// Whether there is anything under a key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.value.get(key).is_some()
    }

    /// Whether `true` stands under a key.
    pub(super) fn is_true(&self, key: &str) -> bool {
        self.value.get(key) == Some(&Value::Bool(true))
    }
}

/// How many references in a row are followed; rings are reported, and no other chain is longer.
const LONGEST_CHAIN: usize = 4096;

/// A document that is looked at, and what was found so far.
pub(super) struct Inspection<'a> {
    pub(super) tree: &'a Tree,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Inspection<'a> {
    pub(super) fn new(tree: &'a Tree) -> Self {
        Self { tree, problems: tree.problems.clone() }
    }

    /// The document itself.
    pub(super) fn root(&self) -> Node<'a> {
        Node { value: &self.tree.value, pointer: String::new() }
    }

    /// Reports a node, shown at its key.
    pub(super) fn report(&mut self, node: &Node<'_>, what: impl AsRef<str>, instead: impl AsRef<str>) {
        let problem = self.tree.problem(&node.pointer, what, instead);
        self.problems.push(problem);
    }

    /// Reports a node, shown at its value.
    pub(super) fn report_value(&mut self, node: &Node<'_>, what: impl AsRef<str>, instead: impl AsRef<str>) {
        let problem = self.tree.problem_of_value(&node.pointer, what, instead);
        self.problems.push(problem);
    }

    /// The line where a node stands.
    pub(super) fn line(&self, node: &Node<'_>) -> usize {
        self.tree.places().of(&node.pointer).line
    }

    /// The node itself, or what its `$ref` leads to. Nothing if it leads nowhere or round in a ring.
    pub(super) fn follow(&self, node: &Node<'a>) -> Option<Node<'a>> {
        let mut node = node.clone();
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = node.value.get("$ref") else {
                return Some(node);
            };
            node = self.target(reference.as_str()?)?;
        }
        None
    }

    /// Like [`Inspection::follow`], and through each `allOf` of one schema, which says the same as that schema.
    pub(super) fn see_through(&self, node: &Node<'a>) -> Option<Schema<'a>> {
        let mut node = self.follow(node)?;
        let mut is_nullable = node.is_true("nullable");
        for _ in 0..64 {
            let parts = node.items_of("allOf");
            let ([part], false) = (parts.as_slice(), node.has("properties")) else {
                return Some(Schema { node, is_nullable });
            };
            node = self.follow(part)?;
            is_nullable |= node.is_true("nullable");
        }
        None
    }

    /// The properties of an object and of all its parts (`allOf`), and whether each has to be there.
    pub(super) fn properties(&self, schema: &Node<'a>) -> Vec<(&'a str, Node<'a>, bool)> {
        let mut parts = Vec::new();
        self.collect_parts(schema, &mut parts);
        let is_required =
            |name: &str| parts.iter().any(|part| part.items_of("required").iter().any(|item| item.value == name));
        let mut properties: Vec<(&'a str, Node<'a>, bool)> = Vec::new();
        for (name, node) in parts.iter().flat_map(|part| part.entries_of("properties")) {
            // What several parts say of one property is merged into one.
            if properties.iter().all(|(known, _, _)| *known != name) {
                properties.push((name, node, is_required(name)));
            }
        }
        properties
    }

    fn collect_parts(&self, schema: &Node<'a>, parts: &mut Vec<Node<'a>>) {
        if parts.iter().any(|part| part.pointer == schema.pointer) {
            return;
        }
        parts.push(schema.clone());
        for part in schema.items_of("allOf") {
            if let Some(part) = self.follow(&part) {
                self.collect_parts(&part, parts);
            }
        }
    }

    /// What a reference to one of the document's components leads to.
    pub(super) fn target(&self, reference: &str) -> Option<Node<'a>> {
        let (section, name) = component(reference)?;
        self.root().at(&["components", section, name])
    }
}

/// A schema, behind whatever refers to it.
pub(super) struct Schema<'a> {
    pub(super) node: Node<'a>,
    /// Whether null is allowed, here or on the way here.
    pub(super) is_nullable: bool,
}

/// The section and the name of a reference of the form `#/components/SECTION/NAME`.
pub(super) fn component(reference: &str) -> Option<(&str, &str)> {
    let (section, name) = reference.strip_prefix("#/components/")?.split_once('/')?;
    (!name.is_empty() && !name.contains('/')).then_some((section, name))
}

/// What kind of value this is, in words.
pub(crate) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "empty (null)",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a map",
    }
}

/// The candidate that a misspelt name was probably meant to be.
pub(crate) fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    candidates
        .into_iter()
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 2.min(candidate.len() / 2))
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many letters must be put in, left out or changed to make one word of the other; capitals do not count.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let above = row[j + 1];
            let changed = diagonal + usize::from(letter != *other);
            row[j + 1] = changed.min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    row[b.len()]
}

/// Several names as a person would list them: "`a`, `b` and `c`".
pub(crate) fn list<S: AsRef<str>>(names: &[S]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{component, list, nearest};

    #[test]
    fn a_misspelt_name_finds_its_neighbour() {
        let candidates = ["operationId", "responses", "tags"];
        assert_eq!(nearest("operationID", candidates), Some("operationId"));
        assert_eq!(nearest("response", candidates), Some("responses"));
        assert_eq!(nearest("something", candidates), None);
    }

    #[test]
    fn only_a_component_can_be_referred_to() {
        assert_eq!(component("#/components/schemas/A"), Some(("schemas", "A")));
        assert_eq!(component("#/components/schemas/A/properties/b"), None);
        assert_eq!(component("#/paths/~1a"), None);
    }

    #[test]
    fn names_are_listed_as_in_a_sentence() {
        assert_eq!(list(&["a"]), "`a`");
        assert_eq!(list(&["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
