//! Makes the Rust source text of the clients from the OpenAPI document.
//!
//! ```text
//! text ─ read ─ check ─ split by service ─ prepare ─ progenitor ─ passes ─ print ─ text
//! ```
//!
//! [`served`] applies an overlay between reading and checking, and writes the document that comes out.
//!
//! The crate is pure: it reads and writes no files, and asks neither clock nor environment.
//! The same document gives the same bytes.

#![deny(missing_docs)]

mod check;
mod client;
mod overlay;
mod pass;
mod place;
mod prepare;
mod print;
mod problem;
mod read;
mod rust;
mod rust_name;
mod schema;
mod service;
mod split;

pub use problem::{Problem, Report};
pub use read::Source;

use crate::print::Origin;

/// How the files are made.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The command that makes the files again, which each of them names in its first line.
    pub command: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self { command: "cargo xtask regenerate".to_owned() }
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

/// Makes the client of each service that the document describes, and the module that holds them.
///
/// # Errors
/// Everything that is wrong with the document, each with its place, what is wrong and what to write instead.
pub fn generate(source: Source<'_>, settings: &Settings) -> Result<Vec<GeneratedFile>, Report> {
    let tree = read::read(source)?.sorted();
    check::check(&tree)?;
    let origin = Origin::new(source, settings);
    let services = split::split(&tree.value);
    let mut files = vec![GeneratedFile { path: "mod.rs".to_owned(), text: origin.root(&services) }];
    for service in &services {
        let mut document = service.document.clone();
        prepare::prepare(&mut document);
        let not_taken = |what: String| not_taken(&tree, service, &what);
        let mut file = client::make(document).map_err(not_taken)?;
        pass::run(&mut file, service).map_err(|unexpected| not_taken(unexpected.0))?;
        files.push(GeneratedFile { path: format!("{}.rs", service.name), text: origin.module(&file) });
    }
    Ok(files)
}

/// Makes the text of the served document: the document, with the corrections of an overlay applied to it.
///
/// The keys keep the order in which they were written down; what is put in stands behind what was there.
///
/// # Errors
/// Everything that is wrong with the overlay, each with its place in it: actions that change nothing, too. If nothing
/// is, everything that nothing can be generated from in the document that comes out, each with its place in the
/// document, and the action that wrote it.
pub fn served(document: Source<'_>, overlay: Source<'_>, settings: &Settings) -> Result<String, Report> {
    let tree = overlay::apply(document, overlay)?;
    let text = overlay::text(&tree.value, document, overlay, settings)?;
    check::check(&tree.sorted())?;
    Ok(text)
}

/// What `check` did not foresee. The place can only be that of the service: progenitor does not say more.
fn not_taken(tree: &read::Tree, service: &service::Service, what: &str) -> Report {
    let what = format!("the client of `{}` can't be made: {what}", service.name);
    let instead =
        "a simpler schema or operation; and an issue for this generator, whose check should have named the place";
    Report::from_problem(tree.problem("/paths", what, instead))
}
