//! Turns one service's document into what progenitor takes: OpenAPI in, OpenAPI out.
//!
//! Each step stands in a file of its own, says why it is needed, and shows a small before and after.

mod aliases;
mod defaults;
mod empty_objects;
mod limits;
mod lists;
mod null_values;
mod nullable;
mod path_ids;
mod references;
mod second_names;

use serde_json::Value;

/// `format` of the strings that become [`crate::rust::PATH_ID`].
pub(crate) const PATH_ID_FORMAT: &str = "path-id";

/// Applies every step to the document of one service.
pub(crate) fn prepare(document: &mut Value) {
    second_names::replace(document);
    aliases::inline(document);
    nullable::move_to_uses(document);
    null_values::remove(document);
    lists::make_nullable(document);
    defaults::remove(document);
    limits::remove(document);
    empty_objects::close(document);
    path_ids::mark(document);
    references::describe(document);
}

/// Whether a property of `schema` may be left out.
fn is_optional(required: &[String], name: &str) -> bool {
    !required.iter().any(|required| required == name)
}

/// The names in the `required` list of `schema`.
fn required(schema: &Value) -> Vec<String> {
    let names = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    names.filter_map(|name| Some(name.as_str()?.to_owned())).collect()
}
