//! Types that hold each other more deeply than the compiler follows.
//!
//! The compiler looks into every type that a type holds: to see what has to be dropped, and what may be sent to
//! another thread. It gives up at 128 levels (`recursion_limit`), in every crate that uses the client. Typify's and
//! syn's own recursion ends at about the same depth, in a full stack that nothing can catch.

use std::collections::{HashMap, HashSet};

use super::node::{Inspection, Node};
use super::shape::{SCHEMA, Visited};

/// How many levels a type may have. It leaves the compiler some for what holds the type: futures, results, answers.
const MOST: usize = 80;

/// The levels that a field adds: the `Option` or the `Box`, and the type.
const FIELD: usize = 2;
/// The levels that a list adds: a `Vec`, and what is in it.
const LIST: usize = 5;
/// The levels that a map adds: a `HashMap`, its table, and what is in it.
const MAP: usize = 7;

/// Reports schemas at which a type gets too deep. What is reported counts as cut there, so that a chain of a thousand
/// is reported at each place where it needs a cut, and not a thousand times. Returns whether there are any.
pub(super) fn check<'a>(inspection: &mut Inspection<'a>, visited: &Visited<'a>) -> bool {
    let before = inspection.problems.len();
    let mut levels: HashMap<String, usize> = HashMap::new();
    let starts: Vec<Node<'a>> = visited.all(&SCHEMA).cloned().collect();
    for start in starts {
        measure(inspection, start, &mut levels);
    }
    inspection.problems.len() > before
}

/// A schema whose parts are measured.
struct Open<'a> {
    node: Node<'a>,
    /// The schemas in it that are not measured yet, each with the levels on the way there.
    inner: Vec<(usize, Node<'a>)>,
    deepest: usize,
}

/// Measures a schema and all that is in it, without recursion: a chain may be longer than the stack.
fn measure<'a>(inspection: &mut Inspection<'a>, start: Node<'a>, levels: &mut HashMap<String, usize>) {
    if levels.contains_key(&start.pointer) {
        return;
    }
    let mut under_way = HashSet::from([start.pointer.clone()]);
    let mut stack = vec![open(inspection, start)];
    while let Some(last) = stack.last_mut() {
        let Some((way, inner)) = last.inner.pop() else {
            let Some(done) = stack.pop() else { return };
            let mut deepest = done.deepest;
            if deepest > MOST {
                report(inspection, &done.node);
                deepest = 0;
            }
            under_way.remove(&done.node.pointer);
            levels.insert(done.node.pointer, deepest);
            continue;
        };
        // A type that holds itself is looked into once.
        if under_way.contains(&inner.pointer) {
            continue;
        }
        match levels.get(&inner.pointer) {
            Some(known) => last.deepest = last.deepest.max(way + known),
            None => {
                // Once more when it is known.
                last.inner.push((way, inner.clone()));
                under_way.insert(inner.pointer.clone());
                stack.push(open(inspection, inner));
            }
        }
    }
}

fn open<'a>(inspection: &Inspection<'a>, node: Node<'a>) -> Open<'a> {
    let parts = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|key| node.items_of(key)).map(|part| (FIELD, part));
    let fields = node.entries_of("properties").into_iter().map(|(_, field)| (FIELD, field));
    let items = node.get("items").into_iter().map(|items| (LIST, items));
    let values = node.get("additionalProperties").filter(|values| values.value.is_object());
    let all = parts.chain(fields).chain(items).chain(values.into_iter().map(|values| (MAP, values)));
    let inner = all.filter_map(|(way, inner)| Some((way, inspection.follow(&inner)?))).collect();
    Open { node, inner, deepest: 0 }
}

fn report(inspection: &mut Inspection<'_>, node: &Node<'_>) {
    inspection.report(
        node,
        format!(
            "what this schema holds is nested more than {MOST} levels deep (a field counts {FIELD}, a list {LIST}, a map \
             {MAP}), and the compiler does not follow types much further"
        ),
        "leave something in it open: `{}`, any JSON, in the place of one of the inner schemas",
    );
}
