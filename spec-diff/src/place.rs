//! Where a change is, in words.

use serde::Serialize;

/// Which part of a call a change is about. What narrows a request and what narrows an answer have opposite effects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The document as a whole, or a part of it that no operation reaches.
    Document,
    /// The operation itself: that it is there, its name.
    Operation,
    /// What callers send.
    Request,
    /// What callers get.
    Response,
}

impl Side {
    /// Its name, as in the report: `request`.
    pub fn name(self) -> &'static str {
        match self {
            Side::Document => "document",
            Side::Operation => "operation",
            Side::Request => "request",
            Side::Response => "response",
        }
    }
}

/// Where a change is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// Method and path of the operation, `PUT /things/{id}`, as the tree has them; `None` if it is the document's.
    pub operation: Option<String>,
    /// The operation's id in the tree, or in the base if the tree has none.
    pub operation_id: Option<String>,
    /// Which part of the call.
    pub side: Side,
    /// The way to it in words, `request body › restore › mappings[] › backup_id`. Empty: the operation itself.
    pub path: String,
}

/// A place within an operation, while the comparison goes down.
#[derive(Debug, Clone)]
pub(crate) struct At {
    pub(crate) side: Side,
    path: String,
}

impl At {
    /// A place to start from. The path may be empty.
    pub(crate) fn new(side: Side, path: impl Into<String>) -> At {
        At { side, path: path.into() }
    }

    /// The field of this name.
    pub(crate) fn field(&self, name: &str) -> At {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{} › {name}", self.path) };
        At { side: self.side, path }
    }

    /// The entries of the list.
    pub(crate) fn entries(&self) -> At {
        At { side: self.side, path: format!("{}[]", self.path) }
    }

    /// The same place, seen in one of several ways: a media type, an alternative.
    pub(crate) fn as_one_of(&self, way: &str) -> At {
        At { side: self.side, path: format!("{} ({way})", self.path) }
    }

    /// The way to it.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }
}
