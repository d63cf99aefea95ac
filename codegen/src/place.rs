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

    /// Forgets a node that an overlay takes out.
    pub(crate) fn remove(&mut self, pointer: &str, index: Option<usize>) {
        remove(&mut self.nodes, pointer, index);
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

/// Forgets a node and all that is in it. `index` is that of an entry of a list, whose later entries move up.
pub(crate) fn remove<T>(nodes: &mut HashMap<String, T>, pointer: &str, index: Option<usize>) {
    let inside = format!("{pointer}/");
    nodes.retain(|known, _| known != pointer && !known.starts_with(&inside));
    let (Some(index), Some((list, _))) = (index, pointer.rsplit_once('/')) else { return };
    let list = format!("{list}/");
    let moved = |known: &String| {
        let (entry, rest) = known.strip_prefix(&list).map(|rest| rest.split_once('/').unwrap_or((rest, "")))?;
        let entry: usize = entry.parse().ok().filter(|entry| *entry > index)?;
        let slash = if rest.is_empty() { "" } else { "/" };
        Some((known.clone(), format!("{list}{}{slash}{rest}", entry - 1)))
    };
    let renamed: Vec<(String, String)> = nodes.keys().filter_map(moved).collect();
    // All are taken out before any is put back: the new name of one is the old name of another.
    let taken: Vec<(String, T)> =
        renamed.into_iter().filter_map(|(old, new)| Some((new, nodes.remove(&old)?))).collect();
    nodes.extend(taken);
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
    fn the_entries_behind_one_that_is_taken_out_move_up() {
        let mut places = Places::default();
        for (pointer, line) in [("/a", 1), ("/a/0", 2), ("/a/0/x", 3), ("/a/1", 4), ("/a/1/x", 5), ("/a/2", 6)] {
            places.insert(pointer.to_owned(), None, place(line));
        }
        places.remove("/a/0", Some(0));
        let lines = ["/a/0", "/a/0/x", "/a/1", "/a/2"].map(|pointer| places.of(pointer).line);
        assert_eq!(lines, [4, 5, 6, 1]);
        places.remove("/a", None);
        assert_eq!(places.of("/a/0"), Place::START);
    }

    #[test]
    fn keys_with_slashes_and_tildes_are_escaped() {
        assert_eq!(child("/paths", "/a~b"), "/paths/~1a~0b");
    }
}
