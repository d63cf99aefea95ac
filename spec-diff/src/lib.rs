//! Says what a change of an OpenAPI 3.0 document means for callers.
//!
//! [`compare`] takes two states of a document, the older one (the base) and the newer one (the tree), and gives a list of
//! [`Change`]s: where, what, whether it breaks callers, and a sentence that says so in plain words. It is pure: no files,
//! no git, no network. The program `diff-spec` reads the two states and prints the report.
//!
//! What a request may hold and what an answer may hold are judged apart. A request that is held to more than before
//! breaks those who send it; an answer that may hold more than before breaks those who read it. `README.md` beside this
//! crate has each kind of change, its verdict, and the reason.

mod body;
mod change;
mod comparison;
mod components;
mod credentials;
mod document;
mod kind;
mod operations;
mod parameters;
mod place;
pub mod report;
mod responses;
mod schema;
mod servers;
mod shift;
mod words;

pub use change::{Change, Verdict};
pub use document::Unreadable;
pub use kind::Kind;
pub use place::{Place, Side};

use serde_json::Value;

use comparison::Comparison;

/// What changed for callers from `base` to `tree`, both whole OpenAPI 3.0 documents: breaking changes first, then
/// compatible ones, then words; within these by operation, in the order of paths.
///
/// # Errors
///
/// A document that cannot be followed: no object at its root, a `$ref` that leads nowhere or to itself, a schema that
/// is no object. It says in which of the two documents.
pub fn compare(base: &Value, tree: &Value) -> Result<Vec<Change>, Unreadable> {
    let mut comparison = Comparison::new(base, tree)?;
    words::document(&mut comparison);
    operations::compare(&mut comparison)?;
    components::compare(&mut comparison);
    Ok(comparison.into_changes())
}
