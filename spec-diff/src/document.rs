//! One of the two documents: where its references lead.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;

use serde_json::{Map, Value};

/// How many references may follow one another. A document that needs more refers to itself.
const LONGEST_CHAIN: usize = 50;

/// A document that cannot be followed: what is wrong, and in which of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Unreadable {}

/// One of the two documents.
pub(crate) struct Document<'a> {
    /// `the base` or `the tree`, for errors.
    which: &'static str,
    pub(crate) root: &'a Map<String, Value>,
    whole: &'a Value,
    /// The pointers that references have led to so far.
    reached: RefCell<BTreeSet<String>>,
}

impl<'a> Document<'a> {
    /// The document, if its root is an object.
    pub(crate) fn new(which: &'static str, whole: &'a Value) -> Result<Document<'a>, Unreadable> {
        let root = whole.as_object().ok_or_else(|| Unreadable(format!("{which}: the root is no object")))?;
        Ok(Document { which, root, whole, reached: RefCell::default() })
    }

    /// What is at the end of the references that start at `value`, which may be no reference at all.
    pub(crate) fn resolve<'b>(&self, mut value: &'b Value) -> Result<&'b Value, Unreadable>
    where
        'a: 'b,
    {
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = reference(value) else { return Ok(value) };
            value = self.target(reference)?;
        }
        Err(self.unreadable(format!("a reference refers to itself: {}", reference(value).unwrap_or_default())))
    }

    /// The object at the end of the references that start at `value`.
    pub(crate) fn resolve_object(&self, value: &Value) -> Result<Map<String, Value>, Unreadable> {
        let object = self.resolve(value)?.as_object().cloned();
        object.ok_or_else(|| self.unreadable("a response, a header or a body is no object"))
    }

    /// What a reference leads to, which may be a reference again.
    pub(crate) fn target(&self, reference: &str) -> Result<&'a Value, Unreadable> {
        let pointer = reference
            .strip_prefix('#')
            .ok_or_else(|| self.unreadable(format!("`$ref: {reference}` leads out of the document")))?;
        let target =
            self.whole.pointer(pointer).ok_or_else(|| self.unreadable(format!("`$ref: {reference}` leads nowhere")))?;
        self.reached.borrow_mut().insert(pointer.to_owned());
        Ok(target)
    }

    /// The part of the components that has this name, if there is one: `securitySchemes`, `zstackSession`.
    pub(crate) fn component(&self, section: &str, name: &str) -> Option<&'a Value> {
        self.reached.borrow_mut().insert(pointer_of(section, name));
        self.root.get("components")?.get(section)?.get(name)
    }

    /// Whether something that was compared has led there.
    pub(crate) fn has_reached(&self, section: &str, name: &str) -> bool {
        self.reached.borrow().contains(&pointer_of(section, name))
    }

    /// An error about this document.
    pub(crate) fn unreadable(&self, what: impl fmt::Display) -> Unreadable {
        Unreadable(format!("{}: {what}", self.which))
    }
}

/// Where the value refers to, if it is a reference.
pub(crate) fn reference(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()
}

/// The last part of a reference: the name of a schema.
pub(crate) fn name_of(reference: &str) -> String {
    let last = reference.rsplit('/').next().unwrap_or(reference);
    last.replace("~1", "/").replace("~0", "~")
}

fn pointer_of(section: &str, name: &str) -> String {
    format!("/components/{section}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// The object under a key, if there is one.
pub(crate) fn object<'v>(map: &'v Map<String, Value>, key: &str) -> Option<&'v Map<String, Value>> {
    map.get(key)?.as_object()
}

/// The entries of a list that may be missing.
pub(crate) fn list<'v>(map: &'v Map<String, Value>, key: &str) -> &'v [Value] {
    map.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
