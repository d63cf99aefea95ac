//! What a success decodes to: one object, which may say that the operation failed all the same.

use super::bodies::is_json;
use super::node::{Inspection, Node, Schema, kind_of, nearest};
use super::schemas::with_article;
use crate::service::BODY_OPTIONAL;

/// The key of a success's schema that names the property that holds the error.
const ERROR_PROPERTY: &str = "x-error-property";

/// What to write instead of an answer that is none.
const AN_OBJECT: &str =
    "describe an object with its `properties`; an operation that answers with something else can't be generated";

/// Reports the body of a success that is no object, and an `x-error-property` or an `x-body-optional` that can't be read.
pub(super) fn check<'a>(inspection: &mut Inspection<'a>, status: &str, response: &Node<'a>) {
    let content = inspection.follow(response).map(|response| response.entries_of("content")).unwrap_or_default();
    let Some((_, media_type)) = content.into_iter().find(|(name, _)| is_json(name)) else { return };
    let Some(site) = media_type.get("schema") else { return };
    check_optional_body(inspection, response, &site);
    let Some(schema) = inspection.see_through(&site) else { return };
    // Each service implements `Answer` for its own types; it can't for a `Vec`, which is everybody's.
    let (found, instead) = match kind(&schema, &site) {
        Some("object") if !schema.is_nullable => {
            check_error_property(inspection, &site);
            return;
        }
        Some("object") => (
            "may be null".to_owned(),
            "leave `nullable` out of the schema, and write it where a property refers to the schema",
        ),
        Some(kind) => (format!("is {}", with_article(kind)), AN_OBJECT),
        None => ("may be any JSON".to_owned(), AN_OBJECT),
    };
    inspection.report(
        &site,
        format!("the success {status} {found}, and the client reads answers that are objects"),
        instead,
    );
}

/// What a schema is, in a word; nothing for one that says nothing of it.
fn kind<'a>(schema: &Schema<'a>, site: &Node<'a>) -> Option<&'a str> {
    let node = &schema.node;
    let is_record = !node.entries_of("properties").is_empty();
    let is_composed = ["allOf", "oneOf", "anyOf"].into_iter().any(|key| node.has(key));
    let is_closed = node.get("additionalProperties").is_none_or(|more| more.value == false);
    match node.text_of("type") {
        // A type of its own is made of a named map, and none of one that stands here.
        Some("object") if !is_record && !is_composed && !is_closed && !site.has("$ref") => Some("map without a name"),
        None if is_record || is_composed => Some("object"),
        kind => kind,
    }
}

/// An answer without a body is read as `{}`.
fn check_optional_body<'a>(inspection: &mut Inspection<'a>, response: &Node<'a>, site: &Node<'a>) {
    let Some(response) = inspection.follow(response) else { return };
    let Some(mark) = response.get(BODY_OPTIONAL) else { return };
    if !mark.value.is_boolean() {
        let what = format!("`{BODY_OPTIONAL}` is {}, and must be true or false", kind_of(mark.value));
        inspection.report_value(&mark, what, format!("write `{BODY_OPTIONAL}: true`, or leave it out"));
    }
    let Some(schema) = inspection.see_through(site).filter(|_| mark.value == true) else { return };
    let properties = inspection.properties(&schema.node);
    if let Some((name, _, _)) = properties.iter().find(|(_, _, is_required)| *is_required) {
        inspection.report(
            &mark,
            format!("the body may be missing (`{BODY_OPTIONAL}`), and its `{name}` is required"),
            format!("take `{name}` out of `required`, or leave `{BODY_OPTIONAL}` out"),
        );
    }
}

/// The generated code takes the error out of the answer by this name, and makes a `ServerError` of it.
fn check_error_property<'a>(inspection: &mut Inspection<'a>, site: &Node<'a>) {
    let Some(schema) = inspection.follow(site) else { return };
    let Some(node) = schema.get(ERROR_PROPERTY) else { return };
    let properties = inspection.properties(&schema);
    let Some(name) = node.value.as_str() else {
        inspection.report_value(&node, format!("`{ERROR_PROPERTY}` is no text"), "write the name of a property");
        return;
    };
    let Some((_, property, is_required)) = properties.iter().find(|(property, _, _)| *property == name) else {
        let instead = match nearest(name, properties.iter().map(|(property, _, _)| *property)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("add `{name}` to `properties`, or leave `{ERROR_PROPERTY}` out"),
        };
        inspection.report_value(
            &node,
            format!("`{ERROR_PROPERTY}` names `{name}`, and there is no such property"),
            instead,
        );
        return;
    };
    let Some(error) = inspection.see_through(property) else { return };
    // Whatever is an object at the root of an answer, and has a name by which it can be implemented, is one here.
    if !matches!(kind(&error, property), Some("object")) {
        inspection.report_value(
            &node,
            format!("`{ERROR_PROPERTY}` names `{name}`, which is no object with properties"),
            "name the property that holds the error with its code and its texts",
        );
    } else if *is_required && !error.is_nullable {
        inspection.report_value(
            &node,
            format!("`{ERROR_PROPERTY}` names `{name}`, which is always there, so that every answer is a failure"),
            format!("take `{name}` out of `required`, or write `nullable: true` on its schema"),
        );
    }
}
