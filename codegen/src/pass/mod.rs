//! From the syntax tree that progenitor made to the one that users should have: `syn::File` in, `syn::File` out.
//!
//! The passes know what progenitor's code looks like. Where it looks otherwise, they stop and say so:
//! a pass that finds nothing to do would let plain progenitor's behaviour through.

mod answers;
mod client;
mod docs;
mod flatten;
mod growth;
mod integers;
mod jobs;
mod lints;
mod method_docs;
mod operations;
mod optional;
mod request;
pub(crate) mod tree;
mod type_builders;
mod unknown_fields;
mod words;

use crate::service::Service;

/// The documentation of the `impl` with the methods that begin operations.
pub(crate) const CLIENT_METHODS: &str = "The operations.";

/// The trait that says how an answer is read.
pub(crate) const ANSWERS: &str = "crate::answer::Answer";

/// What a pass says when progenitor's code is not as it expects.
#[derive(Debug)]
pub(crate) struct Unexpected(pub(crate) String);

impl Unexpected {
    fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

/// Applies every pass to the client of one service.
pub(crate) fn run(file: &mut syn::File, service: &Service) -> Result<(), Unexpected> {
    optional::restate(file)?;
    integers::make_lenient(file)?;
    unknown_fields::allow(file)?;
    docs::complete(file)?;
    let operations = operations::read(file, service)?;
    let operations = flatten::bodies(file, operations)?;
    type_builders::remove(file)?;
    growth::allow(file, &operations)?;
    answers::implement(file, &operations)?;
    client::replace(file, service, &operations)?;
    jobs::add(file, service, &operations)?;
    operations::write(file, &service.name, &operations)?;
    lints::allow(file);
    docs::by_line(file);
    Ok(())
}
