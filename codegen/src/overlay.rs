//! Applies an overlay to a document: what servers do otherwise, written as a list of actions on what the pages say.
//!
//! The format is the OpenAPI Overlay Specification 1.0.0, with targets in the JSONPath of RFC 9535. Four things are
//! stricter here than there, so that the list stays true and every reader of the format makes the same of it:
//!
//! - an action says what it corrects (`description`) and how that is known (`x-evidence`);
//! - its target matches something, and each part of it changes something: a correction that the document has caught
//!   up with must not linger;
//! - an entry that a list has already is not added again;
//! - a list is not added to a list that is itself the target: the specification makes it one entry, and most tools
//!   add each of its entries.

mod apply;
mod read;
mod target;
mod text;
mod written;

pub(crate) use read::written_by;
pub(crate) use text::{Unwritable, text};
pub(crate) use written::Written;

use std::thread;

use crate::problem::Report;
use crate::read::{Source, Tree};
use crate::stage::{Stage, Watch, stage};

/// Reads a document and an overlay, and applies the one to the other.
///
/// # Errors
///
/// Everything that keeps either text from being read, and everything that is wrong with the overlay's actions, each
/// with its place. What is wrong with the document that comes out is for `check` to find.
pub(crate) fn apply(document: Source<'_>, overlay: Source<'_>, watch: Option<&dyn Watch>) -> Result<Tree, Report> {
    // Neither needs the other, and each takes about as long.
    let (document, overlay) = thread::scope(|scope| {
        let other = scope.spawn(|| stage(watch, Stage::Overlay, || read::tree(overlay)));
        let document = stage(watch, Stage::Read, || crate::read::read_with_places(document));
        let panicked = |_| Err(Report::unreadable(overlay.name));
        (document, other.join().unwrap_or_else(panicked))
    });
    stage(watch, Stage::Overlay, || applied(document, overlay))
}

fn applied(document: Result<Tree, Report>, overlay: Result<Tree, Report>) -> Result<Tree, Report> {
    let (document, overlay) = match (document, overlay) {
        (Ok(document), Ok(overlay)) => (document, overlay),
        (Err(report), Ok(overlay)) => return Err(report.and(read::actions(&overlay, None).problems)),
        (Ok(document), Err(report)) => return Err(report.and(document.problems)),
        (Err(one), Err(other)) => return Err(one.and(other.problems().to_vec())),
    };
    let mut read = read::actions(&overlay, Some(&document.name));
    let mut served = document;
    for action in &read.actions {
        apply::action(&mut served, &overlay, action, &mut read.problems);
    }
    if read.problems.is_empty() {
        served.overlay = Some(Box::new(overlay));
        return Ok(served);
    }
    // What is wrong with the document's own text is told along with the rest: nobody likes to be told twice.
    read.problems.extend(served.problems);
    Err(Report::of(read.problems).unwrap_or_else(|| Report::unreadable(&overlay.name)))
}
