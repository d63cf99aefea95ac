//! Schemas that typify merges, and would merge without an end.
//!
//! The parts of an `allOf` become one type, with everything written out that they refer to. That ends the process by a
//! full stack, which nothing can catch, where what is written out holds the same `allOf` again.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::node::{Inspection, Node, component, list};
use super::references::{collect, rings};
use super::shape::{SCHEMA, Visited};

/// The key of what a map holds.
const MAP: &str = "additionalProperties";

const COMPOSITIONS: [&str; 3] = ["allOf", "oneOf", "anyOf"];

/// Reports schemas whose merging has no end.
pub(super) fn check<'a>(inspection: &mut Inspection<'a>, visited: &Visited<'a>) {
    check_rings(inspection);
    for schema in visited.all(&SCHEMA).filter(|schema| is_merged(schema)) {
        let parts = parts(inspection, schema);
        let mut done = BTreeSet::new();
        if let Some(property) = endless(inspection, parts, &mut Vec::new(), &mut done) {
            let what = if property == MAP {
                format!(
                    "a part that is merged here has a schema for `{MAP}`, which would be merged into every property"
                )
            } else {
                format!("the parts that are merged here all have `{property}`, and merging that has no end")
            };
            inspection.report(
                schema,
                what,
                "let only one of the parts have it, or write the object out without `allOf`",
            );
        }
    }
}

/// Whether typify merges the parts of a schema. One part alone is taken as it is.
fn is_merged(schema: &Node<'_>) -> bool {
    let compositions = COMPOSITIONS.iter().filter(|key| schema.has(key)).count();
    let has_more = ["properties", "required", MAP, "items"].iter().any(|key| schema.has(key));
    schema.items_of("allOf").len() > 1 || compositions > 1 || (compositions > 0 && has_more)
}

/// Components that are merged into something within themselves.
fn check_rings(inspection: &mut Inspection<'_>) {
    let mut whole: HashMap<String, Vec<String>> = HashMap::new();
    let mut all: HashMap<String, Vec<String>> = HashMap::new();
    for (_, node) in inspection.root().at(&["components", "schemas"]).iter().flat_map(Node::entries) {
        let mut targets = Vec::new();
        collect(&node, &mut targets);
        whole.insert(format!("#{}", node.pointer), targets.clone());
        collect_merged(&node, &mut targets);
        all.insert(format!("#{}", node.pointer), targets);
    }
    let known = rings(&whole);
    for ring in rings(&all).difference(&known) {
        let names: Vec<&str> = ring.iter().filter_map(|reference| component(reference)).map(|(_, name)| name).collect();
        let first = ring.iter().filter_map(|reference| inspection.target(reference));
        let Some(first) = first.min_by_key(|node| inspection.line(node)) else {
            continue;
        };
        let what = if names.len() == 1 {
            format!("{} is merged into something within itself by `allOf`, which has no end", list(&names))
        } else {
            format!("{} are merged into each other by `allOf`, which has no end", list(&names))
        };
        inspection.report(&first, what, "let a property refer to it by a `$ref` alone, without other parts beside it");
    }
}

/// The components that are merged anywhere within a schema.
fn collect_merged(schema: &Node<'_>, targets: &mut Vec<String>) {
    if is_merged(schema) {
        collect(schema, targets);
    }
    let values = schema.get(MAP).into_iter().chain(schema.get("items"));
    let properties = schema.entries_of("properties").into_iter().map(|(_, node)| node);
    let parts = COMPOSITIONS.iter().flat_map(|key| schema.items_of(key));
    for inner in values.chain(properties).chain(parts) {
        collect_merged(&inner, targets);
    }
}

/// What a schema is merged from: all of its parts, by their pointers.
fn parts<'a>(inspection: &Inspection<'a>, schema: &Node<'a>) -> BTreeMap<String, Node<'a>> {
    let mut found = BTreeMap::new();
    let mut open = vec![schema.clone()];
    while let Some(node) = open.pop() {
        let Some(target) = inspection.follow(&node) else {
            continue;
        };
        if found.insert(target.pointer.clone(), target.clone()).is_none() {
            open.extend(COMPOSITIONS.iter().flat_map(|key| target.items_of(key)));
        }
    }
    found
}

/// The property whose merging leads back to a merging that is under way, if there is one.
fn endless<'a>(
    inspection: &Inspection<'a>,
    merged: BTreeMap<String, Node<'a>>,
    under_way: &mut Vec<Vec<String>>,
    done: &mut BTreeSet<Vec<String>>,
) -> Option<String> {
    let names: Vec<String> = merged.keys().cloned().collect();
    if !done.insert(names.clone()) {
        return None;
    }
    under_way.push(names);
    // What a map holds is merged with each property of the other parts, which soon is more than can be followed here.
    let maps = merged.values().filter(|schema| schema.get(MAP).is_some_and(|node| node.value.is_object()));
    let records = merged.values().filter(|schema| schema.has("properties"));
    if maps.count() > 0 && merged.len() > 1 && records.count() > 0 {
        return Some(MAP.to_owned());
    }
    let mut inner: BTreeMap<&str, BTreeMap<String, Node<'a>>> = BTreeMap::new();
    for schema in merged.values() {
        let values = ["items", MAP].into_iter().filter_map(|key| Some((key, schema.get(key)?)));
        for (name, node) in schema.entries_of("properties").into_iter().chain(values) {
            if let Some(target) = inspection.follow(&node) {
                inner.entry(name).or_default().insert(target.pointer.clone(), target);
            }
        }
    }
    for (name, nodes) in inner {
        // What is the same on both sides stays a reference.
        if nodes.len() < 2 {
            continue;
        }
        let together: BTreeMap<String, Node<'a>> = nodes.values().flat_map(|node| parts(inspection, node)).collect();
        let is_under_way = under_way.contains(&together.keys().cloned().collect());
        if is_under_way || endless(inspection, together, under_way, done).is_some() {
            return Some(name.to_owned());
        }
    }
    under_way.pop();
    None
}
