//! Takes a service's prepared document to pieces: some operations each, with the schemas that they reach.
//!
//! A syntax tree is many times as large as what it is made from and printed to. In pieces, only a few are ever in memory,
//! and several threads can work. A schema that operations of several pieces reach is in each of them; [`crate::assemble`]
//! keeps one of its types.

use std::collections::HashMap;

use serde_json::Value;

use crate::{
    place::child,
    service::{METHODS, Operation},
    split::references,
};

/// Some operations of a service, with all that they reach.
pub(crate) struct Chunk<'a> {
    /// The paths, with all of their operations.
    pub(crate) paths: Vec<(&'a str, &'a Value)>,
    /// What the paths reach, by section of the components, in the document's order.
    pub(crate) components: Vec<(&'a str, Vec<(&'a str, &'a Value)>)>,
    /// What the passes need to know of the operations.
    pub(crate) operations: &'a [Operation],
}

/// How many times a component may be in a chunk, on average. Where operations share more than that, chunks are larger:
/// the same types would be made again and again.
const SHARED: usize = 2;

/// The chunks of a service's document, of at least so many operations each, unless it is the last.
pub(crate) fn plan<'a>(document: &'a Value, operations: &'a [Operation], at_once: usize) -> Vec<Chunk<'a>> {
    let graph = Graph::new(document);
    let mut at_once = at_once.max(1);
    while graph.is_whole && at_once < operations.len() {
        if let Some(chunks) = graph.chunks(operations, at_once) {
            return chunks;
        }
        at_once = at_once.saturating_mul(2);
    }
    vec![graph.whole(operations)]
}

/// The document with everything in one chunk, for what can't be taken to pieces.
pub(crate) fn whole<'a>(document: &'a Value, operations: &'a [Operation]) -> Chunk<'a> {
    Graph::new(document).whole(operations)
}

/// What refers to what.
struct Graph<'a> {
    paths: Vec<Path<'a>>,
    /// Every component: its section, its name, the node itself.
    components: Vec<(&'a str, &'a str, &'a Value)>,
    /// The components that each component refers to.
    edges: Vec<Vec<usize>>,
    /// Whether every reference is one to a component.
    is_whole: bool,
}

struct Path<'a> {
    name: &'a str,
    item: &'a Value,
    operations: usize,
    /// The components that it refers to.
    edges: Vec<usize>,
}

impl<'a> Graph<'a> {
    fn new(document: &'a Value) -> Self {
        let entries = |node: Option<&'a Value>| node.and_then(Value::as_object).into_iter().flatten();
        let mut components = Vec::new();
        let mut numbers = HashMap::new();
        for (section, inside) in entries(document.get("components")) {
            for (name, node) in entries(Some(inside)) {
                numbers.insert(child(&format!("/components/{section}"), name), components.len());
                components.push((section.as_str(), name.as_str(), node));
            }
        }
        let mut is_whole = true;
        let mut edges_of = |node: &'a Value| {
            let mut pointers = Vec::new();
            references(node, &mut pointers);
            let mut edges: Vec<usize> = pointers.iter().filter_map(|pointer| numbers.get(*pointer).copied()).collect();
            is_whole &= edges.len() == pointers.len();
            edges.sort_unstable();
            edges.dedup();
            edges
        };
        let edges = components.iter().map(|(_, _, node)| edges_of(node)).collect();
        let paths = entries(document.get("paths")).map(|(name, item)| {
            let operations = METHODS.iter().filter(|method| item.get(**method).is_some()).count();
            Path { name, item, operations, edges: edges_of(item) }
        });
        let paths = paths.collect();
        Self { paths, components, edges, is_whole }
    }

    /// One chunk of everything.
    fn whole(&self, operations: &'a [Operation]) -> Chunk<'a> {
        let all: Vec<usize> = (0..self.components.len()).collect();
        self.chunk(&self.paths, &all, operations)
    }

    /// Chunks of at least so many operations; nothing if they would share too much.
    fn chunks(&self, operations: &'a [Operation], at_once: usize) -> Option<Vec<Chunk<'a>>> {
        let mut most = SHARED * self.components.len();
        let (mut paths, mut operations) = (self.paths.as_slice(), operations);
        let mut seen = vec![usize::MAX; self.components.len()];
        let mut chunks = Vec::new();
        while !paths.is_empty() {
            let (mut number, mut count) = (0, 0);
            while number < paths.len() && count < at_once {
                count += paths[number].operations;
                number += 1;
            }
            let (these, others) = paths.split_at(number);
            let (of_these, of_others) = operations.split_at_checked(count)?;
            let reached = self.reached(these, &mut seen, chunks.len());
            most = most.checked_sub(reached.len())?;
            chunks.push(self.chunk(these, &reached, of_these));
            (paths, operations) = (others, of_others);
        }
        Some(chunks)
    }

    /// The components that paths reach, in the document's order. What has `stamp` in `seen` has been seen.
    fn reached(&self, paths: &[Path<'a>], seen: &mut [usize], stamp: usize) -> Vec<usize> {
        let mut reached = Vec::new();
        let mut open: Vec<usize> = paths.iter().flat_map(|path| path.edges.iter().copied()).collect();
        while let Some(next) = open.pop() {
            if seen[next] != stamp {
                seen[next] = stamp;
                reached.push(next);
                open.extend(&self.edges[next]);
            }
        }
        reached.sort_unstable();
        reached
    }

    fn chunk(&self, paths: &[Path<'a>], reached: &[usize], operations: &'a [Operation]) -> Chunk<'a> {
        let mut components: Vec<(&str, Vec<(&str, &Value)>)> = Vec::new();
        for (section, name, node) in reached.iter().map(|number| self.components[*number]) {
            match components.last_mut().filter(|(last, _)| *last == section) {
                Some((_, entries)) => entries.push((name, node)),
                None => components.push((section, vec![(name, node)])),
            }
        }
        Chunk { paths: paths.iter().map(|path| (path.name, path.item)).collect(), components, operations }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn reference(name: &str) -> Value {
        json!({"$ref": format!("#/components/schemas/{name}")})
    }

    /// Three paths of one operation each: the first two reach `A`, and `B` through it, the third `C`.
    fn document() -> (Value, Vec<Operation>) {
        let answer = |schema: &str| json!({"get": {"responses": {"200": {"schema": reference(schema)}}}});
        let document = json!({
            "paths": {"/a": answer("A"), "/b": answer("A"), "/c": answer("C")},
            "components": {"schemas": {"A": reference("B"), "B": {}, "C": {}}},
        });
        let operation = |path: &str| Operation::read(&document, path, "get", &json!({}), &json!({"operationId": path}));
        let operations = ["/a", "/b", "/c"].map(operation).into();
        (document, operations)
    }

    /// The paths, components and operations of each chunk, in one text.
    fn planned(document: &Value, operations: &[Operation], at_once: usize) -> Vec<String> {
        let shown = |chunk: &Chunk<'_>| {
            let components = chunk.components.iter().flat_map(|(_, entries)| entries);
            let names: Vec<&str> = chunk
                .paths
                .iter()
                .map(|(name, _)| *name)
                .chain(components.map(|(name, _)| *name))
                .chain(chunk.operations.iter().map(|operation| operation.id.as_str()))
                .collect();
            names.join(" ")
        };
        plan(document, operations, at_once).iter().map(shown).collect()
    }

    #[test]
    fn a_chunk_has_what_its_operations_reach() {
        let (document, operations) = document();
        assert_eq!(planned(&document, &operations, 1), ["/a A B /a", "/b A B /b", "/c C /c"]);
        assert_eq!(planned(&document, &operations, 2), ["/a /b A B /a /b", "/c C /c"]);
        assert_eq!(planned(&document, &operations, 3), ["/a /b /c A B C /a /b /c"]);
    }

    #[test]
    fn chunks_grow_until_little_is_in_several_of_them() {
        let (mut document, operations) = document();
        document["components"]["schemas"]["C"] = reference("A");
        assert_eq!(planned(&document, &operations, 1), ["/a /b A B /a /b", "/c A B C /c"]);
    }

    #[test]
    fn a_document_with_a_reference_to_something_else_is_one_chunk() {
        let (mut document, operations) = document();
        document["components"]["schemas"]["C"] = json!({"$ref": "#/paths/~1a"});
        assert_eq!(planned(&document, &operations, 1).len(), 1);
    }
}
