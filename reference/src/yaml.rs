//! Reading YAML: as models of our own, or node by node where it is an OpenAPI document.

use serde::de::DeserializeOwned;
use serde_yaml::Value;

use crate::{Error, Source};

/// Reads a source as a model of our own.
pub(crate) fn read<T: DeserializeOwned>(source: &Source) -> Result<T, Error> {
    serde_yaml::from_str(&source.text).map_err(|error| {
        let place = error.location().map(|at| format!("line {}, column {}", at.line(), at.column()));
        Error::new(&source.file, place.unwrap_or_default(), error.to_string())
    })
}

/// A place in a document, which knows how it is called.
#[derive(Debug, Clone)]
pub(crate) struct Node<'a> {
    file: &'a str,
    /// A JSON pointer.
    pub(crate) pointer: String,
    pub(crate) value: &'a Value,
}

impl<'a> Node<'a> {
    pub(crate) fn root(file: &'a str, value: &'a Value) -> Self {
        Self { file, pointer: String::new(), value }
    }

    pub(crate) fn error(&self, message: impl Into<String>) -> Error {
        let place = if self.pointer.is_empty() { "/" } else { &self.pointer };
        Error::new(self.file, place, message)
    }

    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let value = match self.value {
            Value::Mapping(map) => map.get(key),
            Value::Sequence(items) => key.parse::<usize>().ok().and_then(|index| items.get(index)),
            _ => None,
        };
        value.map(|value| Self { file: self.file, pointer: below(&self.pointer, key), value })
    }

    pub(crate) fn need(&self, key: &str) -> Result<Self, Error> {
        self.get(key).ok_or_else(|| self.error(format!("there is no `{key}`")))
    }

    /// The node at a JSON pointer, which may begin with `#`.
    pub(crate) fn at(&self, pointer: &str) -> Option<Self> {
        let pointer = pointer.strip_prefix('#').unwrap_or(pointer);
        pointer.split('/').skip(1).try_fold(self.clone(), |node, segment| node.get(&unescape(segment)))
    }

    /// The text of a scalar that must be a text.
    pub(crate) fn text(&self) -> Result<&'a str, Error> {
        self.value.as_str().ok_or_else(|| self.error("this must be a text"))
    }

    pub(crate) fn text_of(&self, key: &str) -> Result<Option<&'a str>, Error> {
        self.get(key).map(|node| node.text()).transpose()
    }

    pub(crate) fn is_true(&self, key: &str) -> bool {
        self.get(key).is_some_and(|node| node.value.as_bool() == Some(true))
    }

    /// The entries of a map, in their order. Keys that are no texts are left out.
    pub(crate) fn entries(&self) -> Vec<(&'a str, Self)> {
        let Value::Mapping(map) = self.value else { return Vec::new() };
        let keys = map.keys().filter_map(Value::as_str);
        keys.filter_map(|key| self.get(key).map(|node| (key, node))).collect()
    }

    pub(crate) fn items(&self) -> Vec<Self> {
        let count = self.value.as_sequence().map_or(0, Vec::len);
        (0..count).filter_map(|index| self.get(&index.to_string())).collect()
    }
}

/// The pointer of a node below another.
pub(crate) fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

/// Whether a place is that of a node, or below it.
pub(crate) fn is_within(place: &str, pointer: &str) -> bool {
    place.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
