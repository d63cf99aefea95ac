//! Operations: which are in both documents, and what changed about each as a whole.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::change::Verdict;
use crate::comparison::{Comparison, flag};
use crate::document::{Document, Unreadable, list, object};
use crate::kind::Kind;
use crate::place::{At, Side};
use crate::{body, credentials, parameters, responses, servers, words};

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// An operation of one document.
pub(crate) struct Operation<'a> {
    pub(crate) path: &'a str,
    pub(crate) method: &'static str,
    /// What stands at the path, for all of its operations.
    pub(crate) item: &'a Map<String, Value>,
    pub(crate) object: &'a Map<String, Value>,
}

impl Operation<'_> {
    fn id(&self) -> Option<&str> {
        self.object.get("operationId")?.as_str()
    }

    /// `PUT /things/{id}`.
    fn title(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    /// What a server can tell apart: the names of parameters in a path are not sent.
    fn address(&self) -> (String, &'static str) {
        let parts = self.path.split('/').map(|part| match (part.find('{'), part.rfind('}')) {
            (Some(start), Some(end)) if start < end => format!("{}{{}}{}", &part[..start], &part[end + 1..]),
            _ => part.to_owned(),
        });
        (parts.collect::<Vec<_>>().join("/"), self.method)
    }
}

/// Compares all operations.
pub(crate) fn compare(comparison: &mut Comparison<'_>) -> Result<(), Unreadable> {
    let base = read(&comparison.base)?;
    let tree = read(&comparison.tree)?;
    let pairs = pairs(&base, &tree);
    for (operation, partner) in base.iter().zip(&pairs) {
        if let Some(partner) = partner.and_then(|index| tree.get(index)) {
            let id = partner.id().or(operation.id()).map(str::to_owned);
            comparison.operation = Some((partner.title(), id));
            pair(comparison, operation, partner)?;
        } else {
            comparison.operation = Some((operation.title(), operation.id().map(str::to_owned)));
            let sentence = "Callers cannot call it any more: it is no longer in the document.";
            comparison.add(&At::new(Side::Operation, ""), Kind::OperationGone, Verdict::Breaking, sentence);
        }
    }
    for (index, operation) in tree.iter().enumerate() {
        if !pairs.contains(&Some(index)) {
            comparison.operation = Some((operation.title(), operation.id().map(str::to_owned)));
            let at = At::new(Side::Operation, "");
            comparison.add(&at, Kind::OperationAdded, Verdict::Compatible, "Callers may call it now: it is new.");
        }
    }
    comparison.operation = None;
    Ok(())
}

/// All operations of a document, in the order of their paths.
fn read<'a>(document: &Document<'a>) -> Result<Vec<Operation<'a>>, Unreadable> {
    let mut operations = Vec::new();
    for (path, item) in object(document.root, "paths").into_iter().flatten().filter(|(path, _)| path.starts_with('/')) {
        let item = document.resolve(item)?.as_object();
        let item = item.ok_or_else(|| document.unreadable(format!("the path {path} is no object")))?;
        for method in METHODS {
            if let Some(object) = object(item, method) {
                operations.push(Operation { path, method, item, object });
            }
        }
    }
    operations.sort_by_key(|operation| (operation.path, operation.method));
    Ok(operations)
}

/// For each operation of the base, the one of the tree that is the same: at the same address, or else of the same id.
fn pairs(base: &[Operation<'_>], tree: &[Operation<'_>]) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = base
        .iter()
        .map(|operation| tree.iter().position(|candidate| candidate.address() == operation.address()))
        .collect();
    for (index, operation) in base.iter().enumerate() {
        if pairs.get(index) == Some(&None) && operation.id().is_some() {
            let moved = tree.iter().position(|candidate| candidate.id() == operation.id());
            if let (Some(moved), Some(pair)) =
                (moved.filter(|moved| !pairs.contains(&Some(*moved))), pairs.get_mut(index))
            {
                *pair = Some(moved);
            }
        }
    }
    pairs
}

fn pair(comparison: &mut Comparison<'_>, base: &Operation<'_>, tree: &Operation<'_>) -> Result<(), Unreadable> {
    let at = At::new(Side::Operation, "");
    if base.address() != tree.address() {
        let sentence = format!("Callers have to call `{}` now, not `{}`.", tree.title(), base.title());
        comparison.add(&at, Kind::OperationMoved, Verdict::Breaking, sentence);
    }
    name(comparison, &at, base, tree);
    match (flag(base.object, "x-job"), flag(tree.object, "x-job")) {
        (false, true) => {
            let sentence = "It may be answered before it is done: callers have to ask for its job.";
            comparison.add(&at, Kind::JobChanged, Verdict::Breaking, sentence);
        }
        (true, false) => {
            let sentence = "It is answered when it is done: callers that ask for its job find none.";
            comparison.add(&at, Kind::JobChanged, Verdict::Breaking, sentence);
        }
        _ => {}
    }
    comparison.deprecated(&at, base.object, tree.object);
    comparison.unjudged(&at, base.object, tree.object, &["callbacks"]);
    words::compare(comparison, &at, base.object, tree.object);
    servers::compare(comparison, base, tree);
    credentials::compare(comparison, base, tree);
    parameters::compare(comparison, base, tree)?;
    body::request(comparison, base.object.get("requestBody"), tree.object.get("requestBody"))?;
    responses::compare(comparison, object(base.object, "responses"), object(tree.object, "responses"))
}

/// What generated clients call it, and where they put it.
fn name(comparison: &mut Comparison<'_>, at: &At, base: &Operation<'_>, tree: &Operation<'_>) {
    let quoted = |id: Option<&str>| id.map_or_else(|| "nothing".to_owned(), |id| format!("`{id}`"));
    if base.id() != tree.id() {
        let (base, tree) = (quoted(base.id()), quoted(tree.id()));
        let sentence = format!("Generated clients call it {tree} now, not {base}. What is sent is the same.");
        comparison.add(at, Kind::OperationRenamed, Verdict::Breaking, sentence);
    }
    let tags = |operation: &Operation<'_>| -> BTreeSet<String> {
        list(operation.object, "tags").iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let (base, tree) = (tags(base), tags(tree));
    if base != tree {
        let names = |tags: BTreeSet<String>| {
            let names: Vec<String> = tags.iter().map(|tag| quoted(Some(tag))).collect();
            if names.is_empty() { quoted(None) } else { names.join(", ") }
        };
        let (base, tree) = (names(base), names(tree));
        let sentence =
            format!("Generated clients have it under {tree} now, not under {base}. What is sent is the same.");
        comparison.add(at, Kind::TagsChanged, Verdict::Breaking, sentence);
    }
}
