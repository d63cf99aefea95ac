//! Where each node of a document stands.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher as _};

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
///
/// Of a pointer only a number is kept that is made from it: a large document has millions of nodes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    nodes: HashMap<u64, NodePlaces>,
    /// What an overlay has taken out, in its order.
    removed: Vec<Removed>,
}

/// Where a node's key (if it has one) and its value stand.
#[derive(Clone, Copy, Debug)]
struct NodePlaces {
    key: Option<Short>,
    value: Short,
}

/// A place in half the room.
#[derive(Clone, Copy, Debug)]
struct Short {
    line: u32,
    column: u32,
    width: u32,
}

impl From<Place> for Short {
    fn from(place: Place) -> Self {
        let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { line: short(place.line), column: short(place.column), width: short(place.width) }
    }
}

impl From<Short> for Place {
    fn from(short: Short) -> Self {
        Self { line: short.line as usize, column: short.column as usize, width: short.width as usize }
    }
}

/// What an overlay has taken out.
#[derive(Clone, Debug)]
enum Removed {
    /// Nodes under keys, one after the other.
    Keys(HashSet<String>),
    /// An entry of a list, whose later entries move up.
    Entry(String, usize),
}

impl Places {
    /// Remembers a node. The first place counts where a key stands twice.
    pub(crate) fn insert(&mut self, pointer: &str, key: Option<Place>, value: Place) {
        let places = NodePlaces { key: key.map(Short::from), value: value.into() };
        self.nodes.entry(number(pointer)).or_insert(places);
    }

    /// Forgets a node that an overlay takes out.
    pub(crate) fn remove(&mut self, pointer: &str, index: Option<usize>) {
        match (index, pointer.rsplit_once('/'), self.removed.last_mut()) {
            (Some(index), Some((list, _)), _) => self.removed.push(Removed::Entry(list.to_owned(), index)),
            (_, _, Some(Removed::Keys(keys))) => {
                keys.insert(pointer.to_owned());
            }
            _ => self.removed.push(Removed::Keys(HashSet::from([pointer.to_owned()]))),
        }
    }

    /// Where a node stands: its key, or its value where it has no key (an item of a list).
    /// A node that is not known, because it was put in after reading, stands where its nearest known ancestor does.
    pub(crate) fn of(&self, pointer: &str) -> Place {
        let pointer = self.in_text(pointer);
        self.nearest(&pointer).map_or(Place::START, |node| node.key.unwrap_or(node.value).into())
    }

    /// Where a node's value stands, with the same fallback as [`Places::of`].
    pub(crate) fn of_value(&self, pointer: &str) -> Place {
        let in_text = self.in_text(pointer);
        // What has lost its last steps is an ancestor.
        let is_itself = in_text.matches('/').count() == pointer.matches('/').count();
        match self.nodes.get(&number(&in_text)).filter(|_| is_itself) {
            Some(node) => node.value.into(),
            None => self.of(pointer),
        }
    }

    /// The pointer that a node had before anything was taken out, or that of its nearest ancestor.
    fn in_text(&self, pointer: &str) -> String {
        let mut pointer = pointer.to_owned();
        for removed in self.removed.iter().rev() {
            match removed {
                Removed::Keys(keys) => {
                    let ends = pointer.match_indices('/').map(|(end, _)| end).skip(1).chain([pointer.len()]);
                    let gone = ends.map(|end| &pointer[..end]).find(|start| keys.contains(*start));
                    if let Some(length) = gone.map(|gone| gone.rfind('/').unwrap_or_default()) {
                        pointer.truncate(length);
                    }
                }
                Removed::Entry(list, index) => {
                    let rest = pointer.strip_prefix(list.as_str()).and_then(|rest| rest.strip_prefix('/'));
                    let (entry, inner) =
                        rest.map_or(("", ""), |rest| rest.split_at(rest.find('/').unwrap_or(rest.len())));
                    if let Some(entry) = entry.parse::<usize>().ok().filter(|entry| entry >= index) {
                        pointer = format!("{list}/{}{inner}", entry + 1);
                    }
                }
            }
        }
        pointer
    }

    fn nearest(&self, pointer: &str) -> Option<&NodePlaces> {
        let mut pointer = pointer;
        loop {
            if let Some(node) = self.nodes.get(&number(pointer)) {
                return Some(node);
            }
            pointer = &pointer[..pointer.rfind('/')?];
        }
    }
}

/// A number for a pointer: the same in every run, and no other pointer's but by a chance of one in millions of millions.
fn number(pointer: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(pointer.as_bytes());
    hasher.finish()
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
    let mut child = String::with_capacity(pointer.len() + 1 + key.len());
    child.push_str(pointer);
    push(&mut child, key);
    child
}

/// Adds a key to a pointer.
pub(crate) fn push(pointer: &mut String, key: &str) {
    pointer.push('/');
    if !key.contains(['~', '/']) {
        pointer.push_str(key);
        return;
    }
    for letter in key.chars() {
        match letter {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
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
        places.insert("", None, place(1));
        places.insert("/paths", Some(place(7)), place(8));
        assert_eq!(places.of("/paths/~1a/get").line, 7);
        assert_eq!(places.of_value("/paths/~1a/get").line, 7);
        assert_eq!(places.of_value("/paths").line, 8);
        assert_eq!(places.of("/components").line, 1);
    }

    #[test]
    fn the_entries_behind_one_that_is_taken_out_move_up() {
        let mut places = Places::default();
        for (pointer, line) in [("/a", 1), ("/a/0", 2), ("/a/0/x", 3), ("/a/1", 4), ("/a/1/x", 5), ("/a/2", 6)] {
            places.insert(pointer, None, place(line));
        }
        places.remove("/a/0", Some(0));
        let lines = ["/a/0", "/a/0/x", "/a/1", "/a/2"].map(|pointer| places.of(pointer).line);
        assert_eq!(lines, [4, 5, 6, 1]);
        places.remove("/a", None);
        assert_eq!(places.of("/a/0"), Place::START);
        assert_eq!(places.of_value("/a"), Place::START);
    }

    #[test]
    fn keys_with_slashes_and_tildes_are_escaped() {
        assert_eq!(child("/paths", "/a~b"), "/paths/~1a~0b");
    }
}
