//! Names that become one name in Rust.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;

use super::node::{Inspection, Node, list};
use super::shape::{SCHEMA, Visited};
use crate::rust_name::{can_continue, pascal, snake};

/// Reports names of components that are none, and schemas, properties and values that would have the same Rust name.
pub(super) fn check<'a>(inspection: &mut Inspection<'a>, visited: &Visited<'a>) {
    for (_, section) in inspection.root().entries_of("components") {
        for (name, node) in section.entries() {
            let is_fine = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
            if !is_fine || name.is_empty() {
                inspection.report(
                    &node,
                    format!("`{name}` can't be the name of a component"),
                    "use English letters, digits, `.`, `-` and `_` only",
                );
            }
        }
    }
    check_types(inspection);
    for schema in visited.all(&SCHEMA) {
        check_properties(inspection, schema);
        check_values(inspection, schema);
    }
}

/// A type that will be generated: where it comes from.
struct Type<'a> {
    node: Node<'a>,
    /// The name of the schema, if it has one.
    schema: Option<&'a str>,
}

/// Reports schemas whose types would have one name: the named ones, and those that get their names from where they
/// stand.
fn check_types(inspection: &mut Inspection<'_>) {
    let root = inspection.root();
    let mut types: Vec<(String, Type<'_>)> = Vec::new();
    let schemas = root.at(&["components", "schemas"]);
    for (name, node) in schemas.iter().flat_map(Node::entries) {
        let schema = Some(name);
        types.push((pascal(name), Type { node: node.clone(), schema }));
        collect_parts(name, &node, &mut types);
    }
    for (_, item) in root.entries_of("paths") {
        for (_, operation) in item.entries() {
            if let Some(id) = operation.text_of("operationId") {
                collect_operation(inspection, id, &operation, &mut types);
            }
        }
    }
    types.sort_by_key(|(_, one)| inspection.line(&one.node));
    let mut taken: BTreeMap<String, &Type<'_>> = BTreeMap::new();
    for (name, one) in &types {
        let Some(first) = taken.get(name) else {
            taken.insert(name.clone(), one);
            continue;
        };
        // Typify takes the first of two types of one name for both. That is right if they are the same.
        if first.node.value == one.node.value {
            continue;
        }
        let line = inspection.line(&first.node);
        let words =
            |schema: Option<&str>, other: &str| schema.map_or(other.to_owned(), |name| format!("the schema `{name}`"));
        let (first_words, words) = (words(first.schema, "an inline schema"), words(one.schema, "this inline schema"));
        let instead = if one.schema.is_some() && first.schema.is_some() {
            "give them names that differ in more than capitals and punctuation"
        } else {
            "move the inline schema to `components/schemas` under a name of its own, and put a `$ref` here"
        };
        inspection.report(
            &one.node,
            format!("{first_words} (line {line}) and {words} would both become the type `{name}`"),
            instead,
        );
    }
}

fn collect_operation<'a>(
    inspection: &Inspection<'a>,
    id: &str,
    operation: &Node<'a>,
    types: &mut Vec<(String, Type<'a>)>,
) {
    let mut contents = Vec::new();
    if let Some(body) = operation.get("requestBody").and_then(|body| inspection.follow(&body)) {
        contents.push(("body", body));
    }
    for (_, response) in operation.entries_of("responses") {
        contents.extend(inspection.follow(&response).map(|response| ("response", response)));
    }
    for (role, owner) in contents {
        for (_, media_type) in owner.entries_of("content") {
            if let Some(schema) = media_type.get("schema") {
                collect_inline(&format!("{id}-{role}"), &schema, types);
            }
        }
    }
    for parameter in operation.items_of("parameters") {
        let definition = inspection.follow(&parameter);
        if let Some(definition) = definition
            && let (Some(name), Some(schema)) = (definition.text_of("name"), definition.get("schema"))
        {
            collect_inline(&format!("{id}-{name}"), &schema, types);
        }
    }
}

/// A schema without a name of its own: it gets its title, or a name from where it stands.
fn collect_inline<'a>(name: &str, schema: &Node<'a>, types: &mut Vec<(String, Type<'a>)>) {
    if schema.has("$ref") {
        return;
    }
    let name = schema.text_of("title").unwrap_or(name);
    if has_type_of_its_own(schema) {
        let node = schema.clone();
        types.push((pascal(name), Type { node, schema: None }));
    }
    collect_parts(name, schema, types);
}

fn collect_parts<'a>(name: &str, schema: &Node<'a>, types: &mut Vec<(String, Type<'a>)>) {
    for (property, node) in schema.entries_of("properties") {
        // As typify has it: of a name without any letter nothing is left.
        collect_inline(&format!("{name}_{}", property.to_snake_case()), &node, types);
    }
    if let Some(items) = schema.get("items") {
        collect_inline(&format!("{name}Item"), &items, types);
    }
    if let Some(values) = schema.get("additionalProperties") {
        let extra = if schema.has("properties") { "_extra" } else { "" };
        collect_inline(&format!("{name}{extra}Value"), &values, types);
    }
}

/// Whether a struct, an enum or a newtype is made of a schema.
fn has_type_of_its_own(schema: &Node<'_>) -> bool {
    let is_struct = !schema.entries_of("properties").is_empty();
    let is_enum = schema.has("enum") || schema.items_of("oneOf").len() > 1 || schema.items_of("anyOf").len() > 1;
    let is_newtype = schema.text_of("type") == Some("string")
        && ["pattern", "minLength", "maxLength"].iter().any(|key| schema.has(key));
    is_struct || is_enum || is_newtype
}

fn check_properties(inspection: &mut Inspection<'_>, schema: &Node<'_>) {
    let mut properties = schema.entries_of("properties");
    properties.sort_by_key(|(_, node)| inspection.line(node));
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    let has_more = schema.get("additionalProperties").is_some_and(|node| node.value.is_object());
    if has_more && !properties.is_empty() {
        taken.insert("extra".to_owned(), "additionalProperties");
    }
    for (name, node) in properties {
        let field = snake(name);
        match taken.get(&field) {
            None => {
                taken.insert(field, name);
            }
            Some(first) => inspection.report(
                &node,
                format!("{} would both become the field `{field}`", list(&[*first, name])),
                "they can't both be generated: leave one out, or describe the object as a map (`additionalProperties`)",
            ),
        }
    }
}

/// Reports values of an `enum` that would be one variant. Typify makes a second attempt with `X` for what is neither
/// letter nor digit, and then panics.
fn check_values(inspection: &mut Inspection<'_>, schema: &Node<'_>) {
    let values: Vec<(&str, Node<'_>)> =
        schema.items_of("enum").into_iter().filter_map(|node| Some((node.value.as_str()?, node))).collect();
    let simple: Vec<String> = values.iter().map(|(value, _)| pascal(value)).collect();
    if unique(&simple) {
        return;
    }
    let spelled: Vec<String> = values
        .iter()
        .map(|(value, _)| pascal(&value.replace(|letter: char| letter == '_' || !can_continue(letter), "X")))
        .collect();
    let mut taken: BTreeMap<&str, &str> = BTreeMap::new();
    for ((value, node), name) in values.iter().zip(&spelled) {
        match taken.get(name.as_str()) {
            None => {
                taken.insert(name, value);
            }
            Some(first) if first == value => {
                inspection.report_value(node, format!("`enum` lists `{value}` twice"), "keep one of the two")
            }
            Some(first) => inspection.report_value(
                node,
                format!("the values {} would both become the variant `{}`", list(&[*first, *value]), pascal(value)),
                "leave `enum` out, and list the values in the description",
            ),
        }
    }
}

fn unique(names: &[String]) -> bool {
    names.iter().collect::<BTreeSet<_>>().len() == names.len()
}
