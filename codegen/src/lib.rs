//! Makes the Rust source text of the clients from the OpenAPI document.
//!
//! ```text
//! text ─ read ─ overlay ─ check ─ split by service ─ prepare ─ progenitor ─ passes ─ print ─ text
//! ```
//!
//! Where there is an overlay, the document that comes out of it, the served document, is a text of its own as well.
//!
//! The crate is pure: it reads and writes no files, and asks neither clock nor environment.
//! The same document gives the same bytes.

#![deny(missing_docs)]

mod assemble;
mod check;
mod chunk;
mod client;
mod module;
mod overlay;
mod pass;
mod place;
mod prepare;
mod print;
mod problem;
mod prune;
mod read;
mod rust;
mod rust_name;
mod schema;
mod service;
mod split;
mod stage;
mod threads;

pub use problem::{Problem, Report};
pub use read::Source;
pub use stage::{Stage, Watch};

use std::thread;

use crate::print::Origin;
use crate::stage::stage;

/// How the files are made.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The command that makes the files again, which each of them names in its first line.
    pub command: String,
    /// How many operations of a service are made at once, about; nothing for as many as suit document and machine.
    /// Whatever it is, the text is the same: fewer take less memory, and let more threads work.
    pub at_once: Option<usize>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { command: "cargo xtask regenerate".to_owned(), at_once: None }
    }
}

/// A file of the generated client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Path below the output folder.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// Everything that is made of a document and its overlay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// The client of each service, and the module that holds them.
    pub files: Vec<GeneratedFile>,
    /// The text of the served document, the document with the corrections of the overlay; nothing without an overlay.
    /// The keys keep the order in which they were written down; what is put in stands behind what was there.
    pub served: Option<String>,
}

/// Makes the client of each service that the document describes with the corrections of the overlay, if there is one,
/// and the text of the document that comes out.
///
/// # Errors
/// Everything that is wrong with the overlay, each with its place in it: actions that change nothing, too. If nothing
/// is, everything that is wrong with the document that comes out, each with its place in the document, the action that
/// wrote it, what is wrong and what to write instead.
pub fn generate(document: Source<'_>, overlay: Option<Source<'_>>, settings: &Settings) -> Result<Generated, Report> {
    make(document, overlay, settings, None)
}

/// The same as [`generate`], and `watch` is told of each stage of the work.
///
/// # Errors
/// Those of [`generate`].
pub fn generate_watched(
    document: Source<'_>,
    overlay: Option<Source<'_>>,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Generated, Report> {
    make(document, overlay, settings, Some(watch))
}

fn make(
    document: Source<'_>,
    overlay: Option<Source<'_>>,
    settings: &Settings,
    watch: Option<&dyn Watch>,
) -> Result<Generated, Report> {
    let tree = match overlay {
        Some(overlay) => overlay::apply(document, overlay, watch)?,
        None => stage(watch, Stage::Read, || read::read_with_places(document))?,
    };
    let as_written = overlay.map(|overlay| (tree.value.clone(), overlay));
    let mut tree = tree.sorted();
    stage(watch, Stage::Check, || check::check(&tree))?;
    let origin = Origin::new(document, overlay, settings);
    // Reports need the text and the places from here on, and no values.
    let value = std::mem::take(&mut tree.value);
    let services = stage(watch, Stage::Split, || split::split(value));
    let root = origin.root(&services);
    // Neither needs the other, and each takes about as long.
    let (modules, served) = thread::scope(|scope| {
        let write = |(value, overlay)| {
            scope.spawn(move || stage(watch, Stage::Served, || overlay::text(&value, document, overlay, settings)))
        };
        let served = as_written.map(write);
        (module::modules(services, &origin, settings, watch), served.map(thread::ScopedJoinHandle::join))
    });
    let mut files = vec![GeneratedFile { path: "mod.rs".to_owned(), text: root }];
    for (name, text) in modules {
        let text = text.map_err(|what| not_taken(&tree, &name, &what))?;
        files.push(GeneratedFile { path: format!("{name}.rs"), text });
    }
    let served = served.transpose().map_err(|_| not_written(&tree))?.transpose();
    let served = served.map_err(|unwritable| not_writable(&tree, &unwritable))?;
    Ok(Generated { files, served })
}

/// What `check` did not foresee. The place can only be that of the service: progenitor does not say more.
fn not_taken(tree: &read::Tree, service: &str, what: &str) -> Report {
    let what = format!("the client of `{service}` can't be made: {what}");
    let instead =
        "a simpler schema or operation; and an issue for this generator, whose check should have named the place";
    Report::from_problem(tree.problem("/paths", what, instead))
}

/// The served document has something that YAML, as it is written, says otherwise.
fn not_writable(tree: &read::Tree, unwritable: &overlay::Unwritable) -> Report {
    let instead = "another key or text, which can be written without quotes";
    Report::from_problem(tree.problem(&unwritable.pointer, &unwritable.what, instead))
}

/// The thread that writes the served document down has panicked: nothing is known that makes it.
fn not_written(tree: &read::Tree) -> Report {
    let what = "writing the served document down panicked; its words stand above";
    Report::from_problem(tree.problem("", what, "an issue for this generator"))
}
