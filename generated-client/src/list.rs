//! Optional lists that keep *left out*, `null` and *empty* apart.

use std::ops::Deref;
use std::{slice, vec};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An optional list of a request or an answer, just as it stands in the JSON.
///
/// In a request the three states can mean three things: leave it as it is, reset it, empty it. In an answer they
/// mean the same, and which of them a server sends changes from version to version. So nothing is folded here:
///
/// | JSON | value |
/// |---|---|
/// | the field is left out | [`List::Absent`], the default |
/// | `"tags": null` | [`List::Null`] |
/// | `"tags": []` | [`List::Items`] with no items |
/// | `"tags": ["a"]` | [`List::Items`] |
///
/// Whoever doesn't care reads it as a slice: the first three are empty ones.
///
/// ```
/// use generated_client::List;
///
/// let tags: List<String> = List::Null;
/// assert_eq!(tags.len(), 0);
/// for tag in &tags {
///     println!("{tag}");
/// }
/// ```
///
/// Setters take an array (`["a", "b"]`), a slice (`&tags`), a `Vec` (`vec![]` sends `[]`), or a `List` (`List::Null` sends
/// `null`). A query has no way to say the last two: an empty list is left out of it, and `List::Null` refused.
///
/// A field needs two attributes, since no type can tell serde that it isn't there:
/// `#[serde(default, skip_serializing_if = "generated_client::List::is_absent")]`. Without the first, serde reads a
/// field that is left out as `null`; without the second, `Absent` is written as `null`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum List<T> {
    /// The field is left out.
    #[default]
    Absent,
    /// The field is `null`.
    Null,
    /// The field is a list, which may be empty.
    Items(Vec<T>),
}

impl<T> List<T> {
    /// Whether the field is left out.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the field is `null`.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The items where the field is a list, even an empty one; `None` where it is left out or `null`.
    #[must_use]
    pub fn items(&self) -> Option<&[T]> {
        match self {
            Self::Absent | Self::Null => None,
            Self::Items(items) => Some(items),
        }
    }

    /// The items: none where the field is left out, `null` or empty.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        self.items().unwrap_or_default()
    }

    /// The items, owned: none where the field is left out, `null` or empty.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        match self {
            Self::Absent | Self::Null => Vec::new(),
            Self::Items(items) => items,
        }
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> AsRef<[T]> for List<T> {
    fn as_ref(&self) -> &[T] {
        self
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self::Items(items)
    }
}

// Also of what becomes an item, so that `["a", "b"]` is a list of `String`s. A `Vec` has to be one of the items' own
// type: so `vec![]` is the empty list, without a word about its type.
impl<T, U: Into<T>, const N: usize> From<[U; N]> for List<T> {
    fn from(items: [U; N]) -> Self {
        Self::Items(items.into_iter().map(Into::into).collect())
    }
}

impl<T, U: Clone + Into<T>> From<&[U]> for List<T> {
    fn from(items: &[U]) -> Self {
        Self::Items(items.iter().cloned().map(Into::into).collect())
    }
}

impl<T, U: Clone + Into<T>> From<&Vec<U>> for List<T> {
    fn from(items: &Vec<U>) -> Self {
        items.as_slice().into()
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::Items(items.into_iter().collect())
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            // A value can't leave itself out; `skip_serializing_if` keeps it from being asked.
            Self::Absent | Self::Null => serializer.serialize_none(),
            Self::Items(items) => items.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::deserialize(deserializer)? {
            None => Self::Null,
            Some(items) => Self::Items(items),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Holder {
        #[serde(default, skip_serializing_if = "crate::list::List::is_absent")]
        tags: List<String>,
    }

    fn forms() -> [(&'static str, List<String>); 4] {
        [
            ("{}", List::Absent),
            (r#"{"tags":null}"#, List::Null),
            (r#"{"tags":[]}"#, List::Items(vec![])),
            (r#"{"tags":["a","b"]}"#, List::Items(vec!["a".to_owned(), "b".to_owned()])),
        ]
    }

    #[test]
    fn absent_null_and_empty_are_read_as_different_things() {
        for (json, tags) in forms() {
            let holder = serde_json::from_str::<Holder>(json).ok();
            assert_eq!(holder, Some(Holder { tags }), "{json}");
        }
    }

    #[test]
    fn absent_null_and_empty_are_written_as_different_things() {
        for (json, tags) in forms() {
            assert_eq!(serde_json::to_string(&Holder { tags }).ok().as_deref(), Some(json));
        }
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for json in [r#"{"tags":"a"}"#, r#"{"tags":{}}"#, r#"{"tags":[1]}"#, r#"{"tags":0}"#] {
            assert!(serde_json::from_str::<Holder>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn a_list_reads_as_a_slice_in_every_state() {
        let lengths = forms().map(|(_, tags)| (tags.len(), tags.as_slice().len()));
        assert_eq!(lengths, [(0, 0), (0, 0), (0, 0), (2, 2)]);
        let counts = forms().map(|(_, tags)| ((&tags).into_iter().count(), tags.into_vec().len()));
        assert_eq!(counts, [(0, 0), (0, 0), (0, 0), (2, 2)]);
        let counts = forms().map(|(_, tags)| tags.into_iter().count());
        assert_eq!(counts, [0, 0, 0, 2]);
    }

    #[test]
    fn each_state_can_be_asked_for() {
        let states = forms().map(|(_, tags)| (tags.is_absent(), tags.is_null(), tags.items().map(<[String]>::len)));
        let expected = [(true, false, None), (false, true, None), (false, false, Some(0)), (false, false, Some(2))];
        assert_eq!(states, expected);
    }

    #[test]
    fn an_empty_list_can_be_given_to_a_setter_without_naming_its_type() {
        fn set(value: impl TryInto<List<String>>) -> Option<List<String>> {
            value.try_into().ok()
        }
        assert_eq!(set(vec![]), Some(List::Items(vec![])));
        assert_eq!(set(vec![]), Some(List::Items(vec![])));
        assert_eq!(set(["a"]), Some(List::Items(vec!["a".to_owned()])));
        assert_eq!(set(List::Null), Some(List::Null));
    }

    #[test]
    fn collecting_nothing_makes_an_empty_list_and_not_an_absent_one() {
        assert_eq!(std::iter::empty::<i64>().collect::<List<_>>(), List::Items(vec![]));
    }
}
