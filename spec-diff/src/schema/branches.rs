//! Which entry of one `anyOf`, `oneOf` or `allOf` is which of the other.

use serde_json::Value;

use super::describe;
use super::view::View;
use crate::document::{Document, Unreadable};

/// One entry.
pub(super) struct Branch<'v> {
    pub(super) written: &'v Value,
    pub(super) view: View,
}

impl<'v> Branch<'v> {
    /// All entries of a list.
    pub(super) fn all(document: &Document<'_>, list: &'v [Value]) -> Result<Vec<Branch<'v>>, Unreadable> {
        list.iter().map(|written| Ok(Branch { written, view: View::of(document, written)? })).collect()
    }

    fn same_name(&self, other: &Branch<'_>) -> bool {
        self.view.name.is_some() && self.view.name == other.view.name
    }

    fn same_structure(&self, other: &Branch<'_>) -> bool {
        describe::structure(&self.view.keys) == describe::structure(&other.view.keys)
    }

    /// Entries of one type, of which at least one has no name that tells them apart.
    fn same_type(&self, other: &Branch<'_>) -> bool {
        (self.view.name.is_none() || other.view.name.is_none())
            && self.view.keys.get("type") == other.view.keys.get("type")
    }
}

/// Entries that belong together, and those that only the base, or only the tree, has.
pub(super) struct Matched<'v> {
    pub(super) pairs: Vec<(Branch<'v>, Branch<'v>)>,
    pub(super) gone: Vec<Branch<'v>>,
    pub(super) added: Vec<Branch<'v>>,
}

/// Matches entries by name, else by what they say, else by their type.
pub(super) fn matched<'v>(base: Vec<Branch<'v>>, tree: Vec<Branch<'v>>) -> Matched<'v> {
    let mut matched = Matched { pairs: Vec::new(), gone: base, added: tree };
    for same in [Branch::same_name, Branch::same_structure, Branch::same_type] {
        for branch in std::mem::take(&mut matched.gone) {
            match matched.added.iter().position(|other| same(&branch, other)) {
                Some(index) => {
                    let other = matched.added.remove(index);
                    matched.pairs.push((branch, other));
                }
                None => matched.gone.push(branch),
            }
        }
    }
    matched
}
