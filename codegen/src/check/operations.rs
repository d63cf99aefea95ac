//! The operations: their methods and their ids.

use std::collections::BTreeMap;

use super::node::{Inspection, Node};
use crate::{prune::PLUMBING, rust_name::snake, service::JOB};

/// The methods that a path item may have.
const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Names that the generated client's own functions have.
const RESERVED_FUNCTIONS: &[&str] = &["builder", "clone", "job", "new"];

/// An operation, and where it stands.
pub(super) struct Operation<'a> {
    pub(super) path: &'a str,
    pub(super) method: &'a str,
    /// The path item.
    pub(super) item: Node<'a>,
    pub(super) node: Node<'a>,
}

impl<'a> Operation<'a> {
    /// Its id, if it has one.
    pub(super) fn id(&self) -> Option<&'a str> {
        self.node.text_of("operationId").filter(|id| !id.is_empty())
    }

    /// How it is called in a sentence.
    pub(super) fn title(&self) -> String {
        match self.id() {
            Some(id) => format!("the operation `{id}`"),
            None => format!("the operation `{} {}`", self.method.to_uppercase(), self.path),
        }
    }

    /// The service that it belongs to: its first tag.
    pub(super) fn service(&self) -> Option<&'a str> {
        self.node.items_of("tags").first()?.value.as_str()
    }

    /// Whether it is marked as a job: it may have several kinds of success and of failure, because the transport follows
    /// the job.
    pub(super) fn is_job(&self) -> bool {
        self.node.is_true(JOB)
    }

    /// Whether it is there for the sake of others only, and the client does not show it: its answers have the types of
    /// those.
    pub(super) fn is_plumbing(&self) -> bool {
        self.node.has(PLUMBING)
    }
}

/// All operations. Reports methods that can't be sent, and ids that are missing or are not unique.
pub(super) fn check<'a>(inspection: &mut Inspection<'a>) -> Vec<Operation<'a>> {
    let mut operations = Vec::new();
    for (path, item) in inspection.root().entries_of("paths") {
        if path.starts_with("x-") {
            continue;
        }
        if let Some(reference) = item.get("$ref") {
            inspection.report(
                &reference,
                format!("the path `{path}` is a `$ref`, and progenitor does not follow it"),
                "write the path item out here",
            );
        }
        for method in METHODS {
            if let Some(node) = item.get(method).filter(|node| node.value.is_object()) {
                operations.push(Operation { path, method, item: item.clone(), node });
            }
        }
    }
    operations.sort_by_key(|operation| inspection.line(&operation.node));
    for operation in &operations {
        if matches!(operation.method, "trace" | "options") {
            inspection.report(
                &operation.node,
                format!("the client can't send the method {}", operation.method.to_uppercase()),
                "leave the operation out: get, put, post, delete, head and patch can be sent",
            );
        }
        if operation.id().is_none() {
            inspection.report(
                &operation.node,
                format!("{} has no `operationId`, so that its function has no name", operation.title()),
                "write `operationId:` and a name in English letters, for example `GetVolume`",
            );
        }
    }
    check_ids(inspection, &operations);
    operations
}

fn check_ids(inspection: &mut Inspection<'_>, operations: &[Operation<'_>]) {
    // What each name was made of first, and in which line.
    let mut taken: BTreeMap<String, (&str, usize)> = BTreeMap::new();
    for operation in operations {
        let (Some(id), Some(node)) = (operation.id(), operation.node.get("operationId")) else {
            continue;
        };
        let function = snake(id);
        let line = inspection.line(&node);
        if !id.is_ascii() || !id.starts_with(|first: char| first.is_ascii_alphabetic()) {
            inspection.report_value(
                &node,
                format!("the `operationId` `{id}` can't give its name to a Rust function"),
                "name it with English letters and digits, a letter first",
            );
        } else if RESERVED_FUNCTIONS.contains(&function.as_str()) {
            inspection.report_value(
                &node,
                format!(
                    "the `operationId` `{id}` would become the function `{function}`, which the client keeps for itself"
                ),
                "give the operation another id",
            );
        }
        match taken.get(&function) {
            None => {
                taken.insert(function, (id, line));
            }
            Some((first, first_line)) if *first == id => inspection.report_value(
                &node,
                format!("the `operationId` `{id}` is used twice, first in line {first_line}"),
                "give each operation an id of its own",
            ),
            Some((first, first_line)) => inspection.report_value(
                &node,
                format!("the `operationId`s `{first}` (line {first_line}) and `{id}` would both become the function `{function}`"),
                "give each operation an id that differs in more than capitals and punctuation",
            ),
        }
    }
}
