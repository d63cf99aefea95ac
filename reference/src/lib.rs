//! The reference as one page of HTML, made from the document, the overlay, the ledger and the recorded examples.
//!
//! [`page`] is pure: texts in, text out. It reads no files, no clock and no environment, so the same sources give the same
//! bytes. The program beside it reads the files and writes the page.

mod error;
mod model;
mod sources;
mod view;
mod yaml;

pub use error::Error;
pub use sources::{Example, Snippet, Source, Sources};

/// Makes the page.
///
/// # Errors
/// When a source can't be read, or says something of which nothing can be made; the error names the file and the place.
pub fn page(sources: &Sources) -> Result<String, Error> {
    Ok(view::page(&model::Model::read(sources)?))
}
