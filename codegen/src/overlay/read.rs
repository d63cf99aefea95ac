//! From the text of an overlay to its actions.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json_path::JsonPath;

use super::target;
use crate::check::node::{Node, kind_of, list, nearest};
use crate::problem::{Problem, Report};
use crate::read::{self, Source, Tree};

/// How a correction can be known.
const GRADES: &[&str] = &["code", "wire", "doc", "docs", "spec", "cap", "sdk", "infer"];

/// What to write where evidence is missing.
const EVIDENCE: &str = "write `x-evidence:` with `source`, `where` and `grade` below it";

/// An action that can be applied.
pub(super) struct Action<'a> {
    /// Its place in the overlay.
    pub(super) pointer: String,
    /// The first line of its description.
    pub(super) name: &'a str,
    /// The target as it is written.
    pub(super) target: &'a str,
    /// The target, read.
    pub(super) path: JsonPath,
    /// What it does.
    pub(super) change: Change<'a>,
}

/// What an action does with each node that its target selects.
pub(super) enum Change<'a> {
    /// Merges this into it, or appends this to it.
    Update(&'a Value),
    /// Takes it out.
    Remove,
}

/// An action as reports show it when they speak of what it wrote; `pointer` is that of what it wrote, in the overlay.
pub(crate) fn written_by(overlay: &Tree, pointer: &str) -> String {
    let place = overlay.places().of(pointer);
    let mut steps = pointer.match_indices('/').map(|(start, _)| start);
    let action = steps.nth(2).map_or(pointer, |end| &pointer[..end]);
    let description = overlay.value.pointer(action).and_then(|action| action.get("description")?.as_str());
    let name = name_of(description.unwrap_or_default());
    format!("{}:{}:{}, in the action \"{name}\"", overlay.name, place.line, place.column)
}

/// An overlay's actions, and what is wrong with it.
pub(super) struct Actions<'a> {
    /// Those that can be applied.
    pub(super) actions: Vec<Action<'a>>,
    /// What is wrong, with the text of the overlay too.
    pub(super) problems: Vec<Problem>,
}

/// Reads the text.
pub(super) fn tree(source: Source<'_>) -> Result<Tree, Report> {
    let tree = read::read(source);
    let is_empty = match &tree {
        Ok(tree) => tree.value.is_null(),
        Err(_) => matches!(serde_yaml::from_str(source.text), Ok(Value::Null)),
    };
    if is_empty {
        let (what, instead) =
            ("the overlay is empty", "begin it with `overlay: 1.0.0`, then `info` and the list of `actions`");
        let place = crate::place::Place::START;
        return Err(Report::from_problem(Problem::new(source.name, source.text, place, "", what, instead)));
    }
    tree
}

/// Reads the actions. `document` is the name of the document that they are for, if it could be read.
pub(super) fn actions<'a>(overlay: &'a Tree, document: Option<&str>) -> Actions<'a> {
    let mut reader = Reader { overlay, problems: overlay.problems.clone(), names: BTreeMap::new() };
    let actions = reader.overlay(document);
    Actions { actions, problems: reader.problems }
}

struct Reader<'a> {
    overlay: &'a Tree,
    problems: Vec<Problem>,
    /// The names of the actions so far.
    names: BTreeMap<&'a str, String>,
}

impl<'a> Reader<'a> {
    fn report(&mut self, node: &Node<'_>, what: impl AsRef<str>, instead: impl AsRef<str>) {
        self.problems.push(self.overlay.problem(&node.pointer, what, instead));
    }

    fn report_value(&mut self, node: &Node<'_>, what: impl AsRef<str>, instead: impl AsRef<str>) {
        self.problems.push(self.overlay.problem_of_value(&node.pointer, what, instead));
    }

    fn overlay(&mut self, document: Option<&str>) -> Vec<Action<'a>> {
        let root = Node { value: &self.overlay.value, pointer: String::new() };
        if !root.value.is_object() {
            let what = format!("the overlay is {}, not a map", kind_of(root.value));
            self.report(&root, what, "begin it with `overlay: 1.0.0`, then `info` and the list of `actions`");
            return Vec::new();
        }
        if !self.is_overlay_1_0(&root) {
            return Vec::new();
        }
        self.keys(&root, "an overlay of version 1.0", &["overlay", "info", "extends", "actions"]);
        self.info(&root);
        self.extends(&root, document);
        let Some(actions) = root.get("actions") else {
            self.report(&root, "the overlay has no `actions`", "write `actions:` and the list of them");
            return Vec::new();
        };
        if !matches!(actions.value, Value::Array(items) if !items.is_empty()) {
            let what = match actions.value {
                Value::Array(_) => "`actions` is an empty list".to_owned(),
                other => format!("`actions` is {}, and must be a list", kind_of(other)),
            };
            self.report(&actions, what, "write one action at least, or do without the overlay");
            return Vec::new();
        }
        actions.items().iter().filter_map(|action| self.action(action)).collect()
    }

    fn is_overlay_1_0(&mut self, root: &Node<'a>) -> bool {
        let instead = "write `overlay: 1.0.0`";
        let Some(version) = root.get("overlay") else {
            self.report(root, "this is not an overlay: it has no `overlay` key", format!("begin it: {instead}"));
            return false;
        };
        let is_1_0 = |version: &str| {
            version
                .strip_prefix("1.0.")
                .is_some_and(|patch| !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit()))
        };
        match version.value {
            Value::String(text) if is_1_0(text) => true,
            Value::String(text) => {
                self.report_value(
                    &version,
                    format!("`{text}` is not a version of overlays that is read here"),
                    instead,
                );
                false
            }
            other => {
                let what = format!("the version of the overlay is {}, not a text", kind_of(other));
                self.report_value(&version, what, instead);
                false
            }
        }
    }

    fn info(&mut self, root: &Node<'a>) {
        let Some(info) = root.get("info") else {
            self.report(root, "the overlay has no `info`", "write `info:` with `title` and `version` below it");
            return;
        };
        if !info.value.is_object() {
            let what = format!("`info` is {}, and must be a map", kind_of(info.value));
            self.report(&info, what, "write `title` and `version` below it");
            return;
        }
        self.keys(&info, "`info`", &["title", "version"]);
        for (key, meaning) in
            [("title", "what the overlay is for"), ("version", "the overlay's own version, in quotes")]
        {
            self.text(&info, "`info`", key, &format!("write `{key}:` and {meaning}"));
        }
    }

    /// Folders are not compared: where the document and the overlay lie is not known here.
    fn extends(&mut self, root: &Node<'a>, document: Option<&str>) {
        let Some(extends) = root.get("extends") else { return };
        let last = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let instead = match document {
            Some(document) => format!("write `extends: ./{}`, or leave it out", last(document)),
            None => "write the document's place, or leave it out".to_owned(),
        };
        match (extends.value.as_str(), document) {
            (None, _) => {
                let what = format!("`extends` is {}, and must be a text", kind_of(extends.value));
                self.report_value(&extends, what, instead);
            }
            (Some(named), Some(document)) if last(named) != last(document) => {
                let what = format!("the overlay is for `{named}`, and is applied to {document}");
                self.report_value(&extends, what, instead);
            }
            (Some(_), _) => {}
        }
    }

    fn action(&mut self, node: &Node<'a>) -> Option<Action<'a>> {
        if !node.value.is_object() {
            let what = format!("this action is {}, and must be a map", kind_of(node.value));
            self.report(node, what, "write `target`, `description`, `x-evidence`, and `update` or `remove`");
            return None;
        }
        self.keys(node, "an action of Overlay 1.0", &["target", "description", "update", "remove"]);
        let name = self.name(node);
        self.evidence(node, name);
        let change = self.change(node, name);
        let target = self.text(
            node,
            &of(name),
            "target",
            "write `target:` and the JSONPath of what is to be changed: `$.paths['/volumes'].get`",
        )?;
        let path = match target::parse(target) {
            Ok(path) => path,
            Err(error) => {
                if let Some(node) = node.get("target") {
                    self.report_value(&node, format!("{}: {}", of(name), error.what), error.instead);
                }
                return None;
            }
        };
        Some(Action { pointer: node.pointer.clone(), name, target, path, change: change? })
    }

    /// The first line of the description. An action without one has none, and is reported.
    fn name(&mut self, node: &Node<'a>) -> &'a str {
        let instead = "write `description:` and what the page says and what the server does, the name of the correction in the first line";
        let Some(description) = self.text(node, "this action", "description", instead) else { return "" };
        let name = name_of(description);
        let Some(description) = node.get("description") else { return name };
        if let Some(first) = self.names.get(name) {
            let line = self.overlay.places().of(first).line;
            let what = format!("two actions are called \"{name}\", the first in line {line}");
            self.report_value(&description, what, "let the first line of each description name one action only");
        } else {
            self.names.insert(name, description.pointer);
        }
        name
    }

    fn evidence(&mut self, node: &Node<'a>, name: &str) {
        let Some(evidence) = node.get("x-evidence") else {
            self.report(node, format!("{} has no evidence", of(name)), EVIDENCE);
            return;
        };
        if !evidence.value.is_object() {
            let what = format!("the evidence of {} is {}, and must be a map", of(name), kind_of(evidence.value));
            self.report(&evidence, what, EVIDENCE);
            return;
        }
        let owner = format!("the evidence of {}", of(name));
        self.known_keys(&evidence, &owner, &["source", "where", "grade"]);
        self.text(
            &evidence,
            &owner,
            "source",
            "write `source:` and what was read: a repository and its commit, a page",
        );
        self.text(&evidence, &owner, "where", "write `where:` and the place in it: a file, a class, a section");
        let grades = format!("write `grade:` and one of {}", list(GRADES));
        if let Some(grade) = self.text(&evidence, &owner, "grade", &grades)
            && !GRADES.contains(&grade)
            && let Some(node) = evidence.get("grade")
        {
            self.report_value(&node, format!("`{grade}` is no grade, in {owner}"), grades);
        }
    }

    fn change(&mut self, node: &Node<'a>, name: &str) -> Option<Change<'a>> {
        let (update, remove) = (node.get("update"), node.get("remove"));
        if let Some(remove) = remove.as_ref().filter(|remove| *remove.value != true) {
            let what = format!("`remove` is {}, in {}", shown(remove.value), of(name));
            self.report_value(remove, what, "write `remove: true`, or leave it out");
            return None;
        }
        match (update, remove) {
            (Some(update), None) => Some(Change::Update(update.value)),
            (None, Some(_)) => Some(Change::Remove),
            (Some(_), Some(remove)) => {
                let what = format!("{} has `update` and `remove`, and would not update", of(name));
                self.report(&remove, what, "make two actions of it, one that removes and one that updates the parent");
                None
            }
            (None, None) => {
                let what = format!("{} does nothing: it has neither `update` nor `remove`", of(name));
                self.report(node, what, "write `update:` and what is to be merged, or `remove: true`");
                None
            }
        }
    }

    /// The text under a key that must be there.
    fn text(&mut self, node: &Node<'a>, owner: &str, key: &str, instead: &str) -> Option<&'a str> {
        let Some(value) = node.get(key) else {
            self.report(node, format!("{owner} has no `{key}`"), instead);
            return None;
        };
        match value.value {
            Value::String(text) if !text.trim().is_empty() => return Some(text),
            Value::String(_) => self.report_value(&value, format!("`{key}` says nothing, in {owner}"), instead),
            other => {
                let what = format!("`{key}` is {}, and must be a text, in {owner}", kind_of(other));
                let instead = match other {
                    Value::Number(_) | Value::Bool(_) => format!("put quotes around it: `\"{other}\"`"),
                    _ => instead.to_owned(),
                };
                self.report_value(&value, what, instead);
            }
        }
        None
    }

    /// Reports keys that mean nothing here. A key of one's own begins with `x-`.
    fn keys(&mut self, node: &Node<'a>, owner: &str, known: &[&str]) {
        for (key, value) in node.entries() {
            if !key.starts_with("x-") {
                self.key(key, &value, owner, known);
            }
        }
    }

    /// Reports keys that mean nothing here, whatever they begin with.
    fn known_keys(&mut self, node: &Node<'a>, owner: &str, known: &[&str]) {
        for (key, value) in node.entries() {
            self.key(key, &value, owner, known);
        }
    }

    fn key(&mut self, key: &str, value: &Node<'a>, owner: &str, known: &[&str]) {
        if known.contains(&key) {
            return;
        }
        let instead = match nearest(key, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("leave it out: the keys are {}", list(known)),
        };
        self.report(value, format!("{owner} has no key `{key}`"), instead);
    }
}

/// The name of an action: the first line of its description.
fn name_of(description: &str) -> &str {
    description.trim().lines().next().unwrap_or_default().trim()
}

/// How a sentence speaks of an action.
pub(super) fn of(name: &str) -> String {
    if name.is_empty() { "this action".to_owned() } else { format!("the action \"{name}\"") }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        other => kind_of(other).to_owned(),
    }
}
