//! What requests carry.

use super::node::{Inspection, Node, list};
use super::shape::{REQUEST_BODY, Visited};

/// Reports request bodies that are not one JSON value with a schema.
///
/// A body that is not `required` is not reported: progenitor takes every body as given, and leaving out all of its
/// fields sends `{}`.
pub(super) fn check<'a>(inspection: &mut Inspection<'a>, visited: &Visited<'a>) {
    for body in visited.all(&REQUEST_BODY) {
        let Some(content) = body.get("content").filter(|node| node.value.is_object()) else {
            continue;
        };
        let types = content.entries();
        if types.is_empty() {
            inspection.report(
                &content,
                "the request body names no media type",
                "write `application/json:` with its `schema` below it",
            );
        }
        if types.len() > 1 {
            let names: Vec<&str> = types.iter().map(|(name, _)| *name).collect();
            inspection.report(
                &content,
                format!(
                    "the request body has {} media types ({}), and a builder can send one",
                    types.len(),
                    list(&names)
                ),
                "keep `application/json`",
            );
        }
        for (name, media_type) in &types {
            check_media_type(inspection, name, media_type);
        }
    }
}

fn check_media_type(inspection: &mut Inspection<'_>, name: &str, media_type: &Node<'_>) {
    if name.starts_with("multipart/") {
        inspection.report(
            media_type,
            format!("the request body is `{name}`, which progenitor can't send"),
            "write `application/json`; an operation that uploads files can't be generated",
        );
        return;
    }
    if !is_json(name) {
        inspection.report(
            media_type,
            format!("the request body is `{name}`, and the client sends JSON"),
            "write `application/json`",
        );
        return;
    }
    check_json(inspection, media_type, "the request body");
}

/// Reports JSON content without a schema, or with `encoding`.
pub(super) fn check_json(inspection: &mut Inspection<'_>, media_type: &Node<'_>, owner: &str) {
    if !media_type.value.is_object() {
        return;
    }
    if !media_type.has("schema") {
        inspection.report(
            media_type,
            format!("{owner} has JSON content without a `schema`"),
            "write its `schema`; `schema: {}` is any JSON",
        );
    }
    if let Some(encoding) = media_type.get("encoding") {
        inspection.report(
            &encoding,
            format!("{owner} has `encoding`, which progenitor panics on"),
            "leave `encoding` out: it means something for forms only",
        );
    }
}

/// Whether a media type is JSON, with or without a character set.
pub(super) fn is_json(name: &str) -> bool {
    name == "application/json" || name.starts_with("application/json;")
}
