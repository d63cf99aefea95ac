//! Which service each operation belongs to: its one tag.

use std::collections::BTreeMap;

use super::node::{Inspection, Node, list};
use super::operations::Operation;
use crate::rust_name::is_keyword;

/// Names that a service's module can't have: the crates that generated code names, and the modules of the client's own.
const RESERVED_MODULES: &[&str] = &[
    "alloc",
    "answer",
    "base_url",
    "blocking",
    "builder",
    "call",
    "client",
    "core",
    "credentials",
    "environment",
    "error",
    "generated",
    "http",
    "integer",
    "jiff",
    "job",
    "limits",
    "list",
    "operation",
    "outcome",
    "parameter",
    "path_id",
    "properties",
    "query",
    "reqwest",
    "response",
    "retry",
    "said",
    "secrets",
    "serde",
    "serde_json",
    "server_error",
    "std",
    "timestamp",
    "trace",
    "transport",
    "types",
];

/// How the modules of the services' hand-written halves end: `zstack_service` stands beside `zstack`.
const HAND_WRITTEN: &str = "_service";

/// The name of a service's module: its tag in lower case, with underscores for what is neither letter nor digit.
/// `ZStack` is `zstack`, not `z_stack`: a service's name is a word, not a sentence.
fn module_of_service(tag: &str) -> String {
    let words: Vec<String> = tag
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("_")
}

/// Reports operations without a service or with several, and services that can't be told apart or have no module.
pub(super) fn check<'a>(inspection: &mut Inspection<'a>, operations: &[Operation<'a>]) {
    let mut services: BTreeMap<String, BTreeMap<&'a str, Node<'a>>> = BTreeMap::new();
    for operation in operations {
        let tags = operation.node.items_of("tags");
        // What is no list is reported as such.
        if operation.node.get("tags").is_some_and(|tags| !tags.value.is_array()) {
            continue;
        }
        match tags.as_slice() {
            [] => inspection.report(
                &operation.node,
                format!("{} has no tag, so it belongs to no service", operation.title()),
                "write the name of its service: `tags: [zstack]`",
            ),
            [tag] => {
                if let Some(name) = tag.value.as_str() {
                    services.entry(module_of_service(name)).or_default().entry(name).or_insert_with(|| tag.clone());
                }
            }
            [_, second, ..] => {
                let names: Vec<&str> = tags.iter().filter_map(|tag| tag.value.as_str()).collect();
                inspection.report(
                    second,
                    format!(
                        "{} has {} tags ({}), and an operation belongs to exactly one service",
                        operation.title(),
                        tags.len(),
                        list(&names),
                    ),
                    "keep the tag of its service, and put other groups into a key of your own (`x-category`)",
                );
            }
        }
    }
    for (module, tags) in services {
        check_module(inspection, &module, &tags);
    }
}

fn check_module(inspection: &mut Inspection<'_>, module: &str, tags: &BTreeMap<&str, Node<'_>>) {
    let names: Vec<&str> = tags.keys().copied().collect();
    let last = tags.iter().max_by_key(|(_, node)| inspection.line(node));
    let Some((name, tag)) = last else {
        return;
    };
    let (what, instead) = if names.len() > 1 {
        (
            format!("the services {} would both become the module `{module}`", list(&names)),
            "use one spelling everywhere if they are one service, and different names if they are not".to_owned(),
        )
    } else if is_keyword(module) {
        (
            format!("the service `{name}` would become the module `{module}`, which is a word of Rust"),
            "give the service another name".to_owned(),
        )
    } else if RESERVED_MODULES.contains(&module) {
        (
            format!("the service `{name}` would become the module `{module}`, a name that the client needs for itself"),
            "give the service another name".to_owned(),
        )
    } else if module.ends_with(HAND_WRITTEN) {
        (
            format!(
                "the service `{name}` would become the module `{module}`, and the hand-written halves end in `{HAND_WRITTEN}`"
            ),
            format!("write `{}`, or give the service another name", module.trim_end_matches(HAND_WRITTEN)),
        )
    } else if !module.starts_with(|first: char| first.is_ascii_lowercase()) || !module.is_ascii() {
        (
            format!("the service `{name}` can't give its name to a Rust module"),
            "name it with English letters, digits and underscores, a letter first".to_owned(),
        )
    } else if module != *name {
        (
            format!("the service `{name}` can't give its name to a Rust module as it is written"),
            format!("write `{module}`"),
        )
    } else {
        return;
    };
    inspection.report(tag, what, instead);
}
