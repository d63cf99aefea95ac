//! The tag by which the server only validates a job.

use std::collections::BTreeSet;

use serde_json::Value;

use super::bodies::is_json;
use super::node::{Inspection, Node};
use super::operations::Operation;
use super::shape::{SCHEMA, Visited};
use crate::{rust, service::VALIDATION_TAG};

/// Reports tags that can't be sent, or that nothing would send.
pub(super) fn check<'a>(inspection: &mut Inspection<'a>, visited: &Visited<'a>, operations: &[Operation<'a>]) {
    let mut sent = BTreeSet::new();
    for operation in operations.iter().filter(|operation| operation.is_job()) {
        let mut marked = marked(&body(inspection, operation));
        marked.sort_by_key(|property| inspection.line(property));
        if let [first, second, ..] = marked.as_slice() {
            let line = inspection.line(first);
            inspection.report(
                second,
                format!("{} has two lists for the tag of validation, the first in line {line}", operation.title()),
                format!("keep `{VALIDATION_TAG}` at one of them"),
            );
        }
        sent.extend(marked.into_iter().map(|property| property.pointer));
    }
    let mut seen = BTreeSet::new();
    for property in visited.all(&SCHEMA).flat_map(|schema| marked(&Some(schema.clone()))) {
        if !seen.insert(property.pointer.clone()) {
            continue;
        }
        if sent.contains(&property.pointer) {
            check_list(inspection, &property);
        } else {
            inspection.report(
                &property,
                format!("`{VALIDATION_TAG}` stands at a property that no job sends"),
                "write it at a property of the body of a job itself, or leave it out",
            );
        }
    }
}

/// The schema of the body of an operation.
fn body<'a>(inspection: &Inspection<'a>, operation: &Operation<'a>) -> Option<Node<'a>> {
    let body = inspection.follow(&operation.node.get("requestBody")?)?;
    let (_, media_type) = body.entries_of("content").into_iter().find(|(name, _)| is_json(name))?;
    inspection.follow(&media_type.get("schema")?)
}

/// The properties of a schema that have a tag of validation.
fn marked<'a>(schema: &Option<Node<'a>>) -> Vec<Node<'a>> {
    let properties = schema.iter().flat_map(|schema| schema.entries_of("properties"));
    properties.map(|(_, property)| property).filter(|property| property.has(VALIDATION_TAG)).collect()
}

/// The tag is a text, and is put into a list of texts that may be left out.
fn check_list<'a>(inspection: &mut Inspection<'a>, property: &Node<'a>) {
    let Some(tag) = property.get(VALIDATION_TAG) else { return };
    if tag.value.as_str().is_none_or(str::is_empty) {
        inspection.report_value(
            &tag,
            format!("`{VALIDATION_TAG}` is no text"),
            format!("write the tag that lets the server only validate: `{VALIDATION_TAG}: validationOnly`"),
        );
    }
    if !is_list_of_texts(inspection, property) || is_required(inspection, property) {
        inspection.report(
            property,
            format!("`{VALIDATION_TAG}` stands at what is no list of texts that may be left out"),
            "write it at the property that holds the tags of the system, an array of strings that is not `required`",
        );
    }
}

fn is_list_of_texts<'a>(inspection: &Inspection<'a>, property: &Node<'a>) -> bool {
    let list = inspection.see_through(property).map(|list| list.node);
    let Some(items) = list.filter(|list| list.text_of("type") == Some("array")).and_then(|list| list.get("items"))
    else {
        return false;
    };
    // A named text may have a type of its own.
    let named = items.text_of("$ref").and_then(|reference| reference.rsplit('/').next());
    let is_plain =
        |item: &Node<'a>| item.text_of("type") == Some("string") && !item.has("enum") && !item.is_true("nullable");
    inspection.follow(&items).is_some_and(|item| is_plain(&item)) && named.and_then(rust::hand_written).is_none()
}

/// Whether the schema that the property stands in requires it.
fn is_required(inspection: &Inspection<'_>, property: &Node<'_>) -> bool {
    let Some((owner, name)) = property.pointer.rsplit_once("/properties/") else { return false };
    let required = inspection.root().value.pointer(owner).and_then(|schema| schema.get("required"));
    let name = name.replace("~1", "/").replace("~0", "~");
    required.and_then(Value::as_array).is_some_and(|required| required.iter().any(|required| *required == *name))
}
