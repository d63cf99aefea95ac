//! Tells, before progenitor panics, what a document can't be generated from: every problem at once.
//!
//! One file, one theme. All of them look at the document's values, so that a wrong type in one place hides nothing in
//! another; the typed document is made last.

mod answers;
mod bodies;
mod decode;
mod depth;
mod document;
mod jobs;
mod merges;
mod names;
pub(crate) mod node;
mod operations;
mod parameters;
mod references;
mod responses;
mod schemas;
mod services;
mod shape;
mod templates;
mod validation;

use openapiv3::OpenAPI;

use crate::problem::{Problem, Report};
use crate::read::Tree;
use node::Inspection;

/// Checks a document, and gives it typed.
///
/// # Errors
///
/// Everything that it can't be generated from, and what was wrong with its text already.
pub(crate) fn check(tree: &Tree) -> Result<OpenAPI, Report> {
    let (openapi, problems) = inspect(tree);
    match (Report::of(problems), openapi) {
        (Some(report), _) => Err(report),
        (None, Some(openapi)) => Ok(openapi),
        // No document goes untyped without a problem; but if one ever did, it must not be a panic.
        (None, None) => Err(Report::unreadable(&tree.name)),
    }
}

/// Looks for everything that is wrong.
fn inspect(tree: &Tree) -> (Option<OpenAPI>, Vec<Problem>) {
    let mut inspection = Inspection::new(tree);
    // What is not an OpenAPI 3.0 document at all would only have hundreds of problems that say the same.
    if !document::is_openapi_3_0(&mut inspection) {
        return (None, inspection.problems);
    }
    let visited = shape::visit(&mut inspection);
    references::check(&mut inspection, &visited);
    schemas::check(&mut inspection, &visited);
    merges::check(&mut inspection, &visited);
    let is_too_deep = depth::check(&mut inspection, &visited);
    names::check(&mut inspection, &visited);
    bodies::check(&mut inspection, &visited);
    parameters::check_definitions(&mut inspection, &visited);
    responses::check_definitions(&mut inspection, &visited);
    templates::check(&mut inspection);
    let operations = operations::check(&mut inspection);
    services::check(&mut inspection, &operations);
    jobs::check(&mut inspection, &operations);
    validation::check(&mut inspection, &visited, &operations);
    for operation in &operations {
        parameters::check_operation(&mut inspection, operation);
        responses::check_operation(&mut inspection, operation);
    }
    // Reading it typed takes a stack as deep as the schemas are.
    let openapi = if is_too_deep { None } else { decode::decode(&mut inspection, &visited) };
    (openapi, inspection.problems)
}
