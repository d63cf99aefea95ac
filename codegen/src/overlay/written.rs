//! Which action wrote what, so that a problem with the document that comes out can name it.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::place;

/// What the actions of an overlay did, in their order. What came of it for each node is put together when a problem asks
/// for it: most documents have none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written {
    events: Vec<Event>,
    nodes: OnceLock<Nodes>,
}

/// One thing that an action did with a node.
#[derive(Clone, Debug)]
struct Event {
    kind: Kind,
    /// The node's pointer in the document that comes out.
    pointer: String,
    action: Arc<str>,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// It was put in, or has another value.
    Put,
    /// It was put in as a part of something larger.
    PutInside,
    /// It was taken out, with its index if it was an entry of a list.
    Remove(Option<usize>),
}

/// The last action that wrote each node, by the node's pointer.
#[derive(Clone, Debug, Default)]
struct Nodes(HashMap<String, Writing>);

/// How a node was written, and by what.
#[derive(Clone, Debug)]
struct Writing {
    /// The action, by the pointer in the overlay of what it wrote there.
    action: Arc<str>,
    /// Whether the node is the action's with all that is in it, and not only with some of its keys or entries.
    is_whole: bool,
}

impl Written {
    /// The action that last wrote a node, or put it in as a part of something larger, or changed its keys or entries.
    pub(crate) fn by(&self, pointer: &str) -> Option<&str> {
        let Nodes(nodes) = self.nodes.get_or_init(|| Nodes::of(&self.events));
        if let Some(writing) = nodes.get(pointer) {
            return Some(&writing.action);
        }
        let mut inner = pointer;
        while let Some(slash) = inner.rfind('/') {
            inner = &inner[..slash];
            if let Some(writing) = nodes.get(inner).filter(|writing| writing.is_whole) {
                return Some(&writing.action);
            }
        }
        None
    }

    /// Remembers that an action put a node in, or gave it another value.
    pub(crate) fn put(&mut self, pointer: &str, action: &Arc<str>) {
        self.note(Kind::Put, pointer, action);
    }

    /// Remembers that an action put a node in as a part of something larger.
    pub(crate) fn put_inside(&mut self, pointer: &str, action: &Arc<str>) {
        self.note(Kind::PutInside, pointer, action);
    }

    /// Remembers that an action took a node out; `index` is that of an entry of a list.
    pub(crate) fn remove(&mut self, pointer: &str, index: Option<usize>, action: &Arc<str>) {
        self.note(Kind::Remove(index), pointer, action);
    }

    fn note(&mut self, kind: Kind, pointer: &str, action: &Arc<str>) {
        self.nodes = OnceLock::new();
        self.events.push(Event { kind, pointer: pointer.to_owned(), action: Arc::clone(action) });
    }
}

impl Nodes {
    fn of(events: &[Event]) -> Self {
        let mut nodes = Self::default();
        for Event { kind, pointer, action } in events {
            match kind {
                Kind::Put => {
                    nodes.put_inside(pointer, action);
                    nodes.touch(parent(pointer), action);
                }
                Kind::PutInside => nodes.put_inside(pointer, action),
                Kind::Remove(index) => {
                    place::remove(&mut nodes.0, pointer, *index);
                    nodes.touch(parent(pointer), action);
                }
            }
        }
        nodes
    }

    fn put_inside(&mut self, pointer: &str, action: &Arc<str>) {
        self.0.insert(pointer.to_owned(), Writing { action: Arc::clone(action), is_whole: true });
    }

    fn touch(&mut self, pointer: &str, action: &Arc<str>) {
        let is_whole = self.0.get(pointer).is_some_and(|writing| writing.is_whole);
        self.0.insert(pointer.to_owned(), Writing { action: Arc::clone(action), is_whole });
    }
}

fn parent(pointer: &str) -> &str {
    pointer.rfind('/').map_or("", |slash| &pointer[..slash])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_is_its_actions_with_all_that_is_in_it_and_its_parent_only_itself() {
        let mut written = Written::default();
        written.put("/a/b", &Arc::from("first"));
        assert_eq!(written.by("/a/b/c/d"), Some("first"));
        assert_eq!(written.by("/a"), Some("first"));
        assert_eq!(written.by("/a/other"), None);
        assert_eq!(written.by(""), None);
    }

    #[test]
    fn the_last_action_counts_and_a_node_that_is_taken_out_is_forgotten() {
        let mut written = Written::default();
        written.put("/a/0", &Arc::from("first"));
        written.put("/a/1", &Arc::from("second"));
        written.put("/a/1/b", &Arc::from("third"));
        assert_eq!(written.by("/a/1/b"), Some("third"));
        assert_eq!(written.by("/a/1/c"), Some("third"), "the third action changed what the second had put in");
        written.remove("/a/0", Some(0), &Arc::from("fourth"));
        assert_eq!(written.by("/a/0/b"), Some("third"), "what stood behind it has moved up");
        assert_eq!(written.by("/a/1"), None);
        assert_eq!(written.by("/a"), Some("fourth"));
    }
}
