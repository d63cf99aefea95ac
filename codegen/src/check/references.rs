//! Where each `$ref` leads.

use std::collections::{BTreeSet, HashMap};

use super::node::{Inspection, Node, component, list, nearest};
use super::shape::Visited;

/// Reports references that lead nowhere, elsewhere or round in a ring, and security schemes that do not exist.
pub(super) fn check<'a>(inspection: &mut Inspection<'a>, visited: &Visited<'a>) {
    for (object, reference) in &visited.references {
        if let (Some(text), Some(section)) = (reference.value.as_str(), object.section) {
            check_reference(inspection, reference, text, section);
        }
    }
    check_rings(inspection);
    check_security(inspection);
}

fn check_reference(inspection: &mut Inspection<'_>, reference: &Node<'_>, text: &str, section: &str) {
    if !text.starts_with('#') {
        inspection.report_value(
            reference,
            format!("`{text}` leads out of the document, and only this one document is read"),
            format!("copy it to `components/{section}` and refer to it there: `#/components/{section}/NAME`"),
        );
        return;
    }
    let Some((found, name)) = component(text) else {
        inspection.report_value(
            reference,
            format!("`{text}` does not lead to a component"),
            format!(
                "give what is meant a name in `components/{section}` and refer to it: `#/components/{section}/NAME`"
            ),
        );
        return;
    };
    if found != section {
        inspection.report_value(
            reference,
            format!("`{text}` leads to `components/{found}`, and one of `components/{section}` must stand here"),
            format!("refer to `#/components/{section}/NAME`"),
        );
        return;
    }
    let known = inspection.root().at(&["components", section]);
    if known.as_ref().and_then(|known| known.get(name)).is_none() {
        let names: Vec<&str> = known.iter().flat_map(Node::entries).map(|(name, _)| name).collect();
        let instead = match nearest(name, names) {
            Some(meant) => format!("did you mean `#/components/{section}/{meant}`?"),
            None => format!("add `{name}` to `components/{section}`, or correct the name"),
        };
        inspection.report_value(
            reference,
            format!("`{text}` leads nowhere: there is no `{name}` in `components/{section}`"),
            instead,
        );
    }
}

/// Components that consist of nothing but themselves: progenitor follows them until the stack ends.
fn check_rings(inspection: &mut Inspection<'_>) {
    let mut edges: Edges = HashMap::new();
    for (_, section) in inspection.root().entries_of("components") {
        for (_, node) in section.entries() {
            let mut targets = Vec::new();
            collect(&node, &mut targets);
            edges.insert(format!("#{}", node.pointer), targets);
        }
    }
    for ring in rings(&edges) {
        report_ring(inspection, &ring);
    }
}

/// By a component's reference, those that follow from it.
type Edges = HashMap<String, Vec<String>>;

/// The components that a value consists of, whatever else it may be. A property or an item is not part of a value in
/// this sense: trees are fine.
pub(super) fn collect(node: &Node<'_>, targets: &mut Vec<String>) {
    if let Some(reference) = node.text_of("$ref") {
        targets.push(reference.to_owned());
        return;
    }
    for key in ["allOf", "oneOf", "anyOf"] {
        for part in node.items_of(key) {
            collect(&part, targets);
        }
    }
}

/// The rings in a graph, each beginning with its smallest name.
pub(super) fn rings(edges: &Edges) -> BTreeSet<Vec<&str>> {
    let mut starts: Vec<&String> = edges.keys().collect();
    starts.sort();
    let mut search = Search { edges, done: BTreeSet::new(), way: Vec::new(), rings: BTreeSet::new() };
    for start in starts {
        search.go(start);
    }
    search.rings
}

struct Search<'e> {
    edges: &'e HashMap<String, Vec<String>>,
    done: BTreeSet<&'e str>,
    way: Vec<&'e str>,
    rings: BTreeSet<Vec<&'e str>>,
}

impl<'e> Search<'e> {
    fn go(&mut self, name: &'e str) {
        if let Some(start) = self.way.iter().position(|passed| *passed == name) {
            let mut ring = self.way[start..].to_vec();
            // The same ring is found from each of its members: let it begin with the smallest.
            let smallest = (0..ring.len()).min_by_key(|index| ring[*index]);
            ring.rotate_left(smallest.unwrap_or_default());
            self.rings.insert(ring);
            return;
        }
        if self.done.contains(name) {
            return;
        }
        let edges = self.edges;
        if let Some(targets) = edges.get(name) {
            self.way.push(name);
            for target in targets {
                self.go(target);
            }
            self.way.pop();
        }
        self.done.insert(name);
    }
}

fn report_ring(inspection: &mut Inspection<'_>, ring: &[&str]) {
    let names: Vec<&str> = ring.iter().filter_map(|reference| component(reference)).map(|(_, name)| name).collect();
    let first = ring
        .iter()
        .filter_map(|reference| {
            let (section, name) = component(reference)?;
            inspection.root().at(&["components", section, name])
        })
        .min_by_key(|node| inspection.line(node));
    let (Some(first), [name, ..]) = (first, names.as_slice()) else {
        return;
    };
    let what = if names.len() == 1 {
        format!("{} refers to itself and is nothing else", list(&names))
    } else {
        format!(
            "{} refer to each other in a ring ({} → {name}), so that none of them is anything",
            list(&names),
            names.join(" → "),
        )
    };
    inspection.report(
        &first,
        what,
        "write out what one of them is; a recursion through a property or the items of a list is fine",
    );
}

fn check_security(inspection: &mut Inspection<'_>) {
    let root = inspection.root();
    let schemes = root.at(&["components", "securitySchemes"]);
    let mut requirements = root.items_of("security");
    for (_, item) in root.entries_of("paths") {
        for (_, operation) in item.entries() {
            requirements.extend(operation.items_of("security"));
        }
    }
    for requirement in requirements {
        for (name, node) in requirement.entries() {
            if schemes.as_ref().is_some_and(|schemes| schemes.has(name)) {
                continue;
            }
            let names: Vec<&str> = schemes.iter().flat_map(Node::entries).map(|(name, _)| name).collect();
            let instead = match nearest(name, names) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("add `{name}` to `components/securitySchemes`, or correct the name"),
            };
            inspection.report(
                &node,
                format!("there is no security scheme `{name}` in `components/securitySchemes`"),
                instead,
            );
        }
    }
}
