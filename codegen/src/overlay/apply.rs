//! Applies one action to a document.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use super::read::{Action, Change, of};
use super::target::{self, Step, Way};
use crate::check::node::kind_of;
use crate::place::child;
use crate::problem::Problem;
use crate::read::Tree;

/// Applies an action, or says why it can't be applied, or need not be.
pub(super) fn action(served: &mut Tree, overlay: &Tree, action: &Action<'_>, problems: &mut Vec<Problem>) {
    let ways = target::select(&action.path, &served.value);
    let mut report = |what: String, instead: &str| {
        problems.push(overlay.problem_of_value(&format!("{}/target", action.pointer), what, instead));
    };
    if ways.is_empty() {
        let what = format!("{} changes nothing: its target `{}` selects nothing", of(action.name), action.target);
        let instead = match target::how_far(action.target, &served.value) {
            Some(how_far) => format!("correct the target ({how_far}), or take the action out if it is not needed now"),
            None => "correct the target, or take the action out if it is not needed now".to_owned(),
        };
        report(what, &instead);
        return;
    }
    let selected = |way: &Way| served.value.pointer(&target::pointer(way));
    let is_primitive = |way: &&Way| !selected(way).is_some_and(|node| node.is_object() || node.is_array());
    if let Some(way) = ways.iter().find(is_primitive) {
        let kind = selected(way).map_or("nothing", kind_of);
        let what = format!(
            "{} selects `#{}`, which is {kind}, and an overlay can change maps and lists only",
            of(action.name),
            target::pointer(way)
        );
        report(what, "let the target select the map around it, and write the key and its new value in `update`");
        return;
    }
    match action.change {
        Change::Remove if ways.iter().any(Vec::is_empty) => {
            report(
                format!("{} would remove the whole document", of(action.name)),
                "let the target select what is to be removed",
            );
        }
        Change::Remove => remove(served, action, ways),
        Change::Update(update) => update_all(served, overlay, action, update, &ways, problems),
    }
}

/// Takes nodes out, from the last to the first, so that none of them moves before its turn.
fn remove(served: &mut Tree, action: &Action<'_>, mut ways: Vec<Way>) {
    let shown: Arc<str> = Arc::from(action.pointer.as_str());
    ways.sort();
    for way in ways.iter().rev() {
        let Some((last, parent)) = way.split_last() else { continue };
        let node = served.value.pointer_mut(&target::pointer(parent));
        let index = match (node, last) {
            (Some(Value::Object(node)), Step::Key(key)) => {
                // Not `remove`, which puts the last key into the gap.
                node.shift_remove(key);
                None
            }
            (Some(Value::Array(node)), Step::Index(index)) if *index < node.len() => {
                node.remove(*index);
                Some(*index)
            }
            _ => continue,
        };
        served.remove(&target::pointer(way), index, &shown);
    }
}

fn update_all(
    served: &mut Tree,
    overlay: &Tree,
    action: &Action<'_>,
    update: &Value,
    ways: &[Way],
    problems: &mut Vec<Problem>,
) {
    let mut merge = Merge { overlay, action, served, changed: BTreeSet::new(), idle: Vec::new(), problems: Vec::new() };
    let from = format!("{}/update", action.pointer);
    // Not in place, because what was written is noted in the tree at the same time.
    let mut value = std::mem::take(&mut merge.served.value);
    for way in ways {
        let pointer = target::pointer(way);
        if let Some(node) = value.pointer_mut(&pointer) {
            merge.target(node, update, &pointer, &from);
        }
    }
    merge.served.value = value;
    let Merge { changed, idle, problems: found, .. } = merge;
    let is_useless = changed.is_empty() && found.is_empty();
    problems.extend(found);
    if is_useless {
        problems.push(overlay.problem(
            &from,
            format!("{} changes nothing: the document says all of it already", of(action.name)),
            "take the action out: the pages have caught up with it, or another action does the same",
        ));
        return;
    }
    let reported: BTreeSet<&(String, &str)> = idle.iter().filter(|(from, _)| !changed.contains(from)).collect();
    for (from, what) in reported {
        problems.push(overlay.problem(from, format!("{what}, in {}", of(action.name)), "take this part out"));
    }
}

/// An update that is being merged.
struct Merge<'a> {
    overlay: &'a Tree,
    action: &'a Action<'a>,
    served: &'a mut Tree,
    /// The parts of the update that have changed something, as pointers into the overlay.
    changed: BTreeSet<String>,
    /// The parts that have changed nothing in one of the targets, and why.
    idle: Vec<(String, &'static str)>,
    problems: Vec<Problem>,
}

impl Merge<'_> {
    /// Merges into a node that the target selects: into a map what is in the map, and to a list one entry.
    fn target(&mut self, node: &mut Value, update: &Value, pointer: &str, from: &str) {
        match (node, update) {
            (Value::Array(_), Value::Array(_)) => {
                let what = format!(
                    "{} adds a list to the list `#{pointer}`, and the readers of overlays do not agree on what that is",
                    of(self.action.name)
                );
                let instead = "write one entry without the `-`; for several, select the map around the list and write its key above these entries";
                self.report(from, what, instead);
            }
            (Value::Array(items), entry) => self.append(items, entry, pointer, from),
            (node, update) => self.node(node, update, pointer, from),
        }
    }

    fn node(&mut self, node: &mut Value, update: &Value, pointer: &str, from: &str) {
        match (node, update) {
            (Value::Object(node), Value::Object(update)) => {
                if update.is_empty() {
                    self.idle(from, "this is an empty map, which adds nothing");
                }
                for (key, update) in update {
                    let (pointer, from) = (child(pointer, key), child(from, key));
                    match node.get_mut(key) {
                        Some(node) => self.node(node, update, &pointer, &from),
                        None => {
                            node.insert(key.clone(), update.clone());
                            self.put(&pointer, update, &from);
                        }
                    }
                }
            }
            (Value::Array(items), Value::Array(entries)) => {
                if entries.is_empty() {
                    self.idle(from, "this is an empty list, which adds nothing");
                }
                for (index, entry) in entries.iter().enumerate() {
                    self.append(items, entry, pointer, &child(from, &index.to_string()));
                }
            }
            (node, update) if is_primitive(node) && is_primitive(update) => {
                if node == update {
                    self.idle(from, "this changes nothing: the document says it already");
                } else {
                    *node = update.clone();
                    self.put(pointer, update, from);
                }
            }
            (node, update) => {
                let what = format!(
                    "{} puts {} in the place of `#{pointer}`, which is {}",
                    of(self.action.name),
                    kind_of(update),
                    kind_of(node)
                );
                self.report(
                    from,
                    what,
                    "write a value of the same kind; or remove the old one first, with an action of its own",
                );
            }
        }
    }

    fn append(&mut self, items: &mut Vec<Value>, entry: &Value, pointer: &str, from: &str) {
        if items.contains(entry) {
            self.idle(from, "this changes nothing: the list has this entry already");
            return;
        }
        items.push(entry.clone());
        self.put(&child(pointer, &(items.len() - 1).to_string()), entry, from);
    }

    fn put(&mut self, pointer: &str, value: &Value, from: &str) {
        self.changed.insert(from.to_owned());
        self.served.put(pointer, &Arc::from(from));
        self.put_inside(pointer, value, from);
    }

    /// Notes the lines of what stands inside a value that was put in, for reports on it.
    fn put_inside(&mut self, pointer: &str, value: &Value, from: &str) {
        let inside: Vec<(String, &Value)> = match value {
            Value::Object(entries) => entries.iter().map(|(key, value)| (key.clone(), value)).collect(),
            Value::Array(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
            _ => return,
        };
        for (key, value) in inside {
            let (pointer, from) = (child(pointer, &key), child(from, &key));
            self.served.put_inside(&pointer, &Arc::from(from.as_str()));
            self.put_inside(&pointer, value, &from);
        }
    }

    fn idle(&mut self, from: &str, why: &'static str) {
        self.idle.push((from.to_owned(), why));
    }

    fn report(&mut self, from: &str, what: String, instead: &str) {
        self.problems.push(self.overlay.problem(from, what, instead));
    }
}

fn is_primitive(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}
