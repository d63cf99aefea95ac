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

mod check;
mod client;
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

pub use problem::{Problem, Report};
pub use read::Source;

use std::thread;

use crate::print::Origin;
use crate::service::Service;

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
    let tree = match overlay {
        Some(overlay) => overlay::apply(document, overlay)?,
        None => read::read(document)?,
    };
    let as_written = overlay.map(|overlay| (tree.value.clone(), overlay));
    let tree = tree.sorted();
    check::check(&tree)?;
    let origin = Origin::new(document, overlay, settings);
    let services = split::split(&tree.value);
    // Neither needs the other, and each takes about as long.
    let (modules, served) = thread::scope(|scope| {
        let write = |(value, overlay)| scope.spawn(move || overlay::text(&value, document, overlay, settings));
        let served = as_written.map(write);
        (modules(&services, &origin), served.map(thread::ScopedJoinHandle::join))
    });
    let mut files = vec![GeneratedFile { path: "mod.rs".to_owned(), text: origin.root(&services) }];
    for (service, text) in services.iter().zip(modules) {
        let text = text.map_err(|what| not_taken(&tree, service, &what))?;
        files.push(GeneratedFile { path: format!("{}.rs", service.name), text });
    }
    let served = served.transpose().map_err(|_| not_written(&tree))?.transpose();
    let served = served.map_err(|unwritable| not_writable(&tree, &unwritable))?;
    Ok(Generated { files, served })
}

/// The modules of the services, each made by a thread of its own: no service needs another, and most of the time goes here.
/// A thread also keeps a panic of progenitor's that `check` did not foresee from ending the program.
fn modules(services: &[Service], origin: &Origin) -> Vec<Result<String, String>> {
    thread::scope(|scope| {
        let threads: Vec<_> = services.iter().map(|service| scope.spawn(|| module(service, origin))).collect();
        let panicked = |_| Err("progenitor panicked; its words stand above".to_owned());
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(panicked)).collect()
    })
}

/// The text of a service's module, or what progenitor did not take.
fn module(service: &Service, origin: &Origin) -> Result<String, String> {
    let mut document = service.document.clone();
    prepare::prepare(&mut document);
    let mut file = client::make(document)?;
    pass::run(&mut file, service).map_err(|unexpected| unexpected.0)?;
    Ok(origin.module(&file))
}

/// What `check` did not foresee. The place can only be that of the service: progenitor does not say more.
fn not_taken(tree: &read::Tree, service: &Service, what: &str) -> Report {
    let what = format!("the client of `{}` can't be made: {what}", service.name);
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
