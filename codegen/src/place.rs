//! Where each node of a document stands.

use std::collections::HashMap;

/// A stretch of one line of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The line, counted from 1.
    pub(crate) line: usize,
    /// The column, counted from 1, in characters.
    pub(crate) column: usize,
    /// How many characters it covers, at least 1.
    pub(crate) width: usize,
}

impl Place {
    /// The first character of a document.
    pub(crate) const START: Self = Self { line: 1, column: 1, width: 1 };
}

/// The places of a document's nodes, by JSON pointer (`/paths/~1volumes/get`; the document itself is the empty pointer).
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    nodes: HashMap<String, NodePlaces>,
}

/// Where a node's key (if it has one) and its value stand.
#[derive(Clone, Copy, Debug)]
struct NodePlaces {
    key: Option<Place>,
    value: Place,
}

impl Places {
    /// Remembers a node. The first place counts where a key stands twice.
    pub(crate) fn insert(&mut self, pointer: String, key: Option<Place>, value: Place) {
        self.nodes.entry(pointer).or_insert(NodePlaces { key, value });
    }

    /// Where a node stands: its key, or its value where it has no key (an item of a list).
    /// A node that is not known, because it was put in after reading, stands where its nearest known ancestor does.
    pub(crate) fn of(&self, pointer: &str) -> Place {
        self.nearest(pointer, |node| node.key.unwrap_or(node.value))
    }

    /// Where a node's value stands, with the same fallback as [`Places::of`].
    pub(crate) fn of_value(&self, pointer: &str) -> Place {
        match self.nodes.get(pointer) {
            Some(node) => node.value,
            None => self.of(pointer),
        }
    }

    fn nearest(&self, pointer: &str, place: impl Fn(&NodePlaces) -> Place) -> Place {
        let mut pointer = pointer;
        loop {
            if let Some(node) = self.nodes.get(pointer) {
                return place(node);
            }
            match pointer.rfind('/') {
                Some(slash) => pointer = &pointer[..slash],
                None => return Place::START,
            }
        }
    }
}

/// The pointer of a child.
pub(crate) fn child(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use super::{Place, Places, child};

    fn place(line: usize) -> Place {
        Place { line, column: 1, width: 1 }
    }

    #[test]
    fn a_node_that_is_not_known_stands_at_its_nearest_ancestor() {
        let mut places = Places::default();
        places.insert(String::new(), None, place(1));
        places.insert("/paths".to_owned(), Some(place(7)), place(8));
        assert_eq!(places.of("/paths/~1a/get").line, 7);
        assert_eq!(places.of_value("/paths/~1a/get").line, 7);
        assert_eq!(places.of_value("/paths").line, 8);
        assert_eq!(places.of("/components").line, 1);
    }

    #[test]
    fn keys_with_slashes_and_tildes_are_escaped() {
        assert_eq!(child("/paths", "/a~b"), "/paths/~1a~0b");
    }
}
