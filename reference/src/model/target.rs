//! Where an action of the overlay points: the part of JSONPath that our overlay uses.

use serde_yaml::Value;

use crate::yaml::Node;

/// One step of a target.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// `.key` or `['key']`.
    Key(String),
    /// `.*`.
    Any,
    /// `[?(@.key == 'value')]`.
    Having(String, String),
}

/// The places that a target means in a document; `None` if it is not in the form that is known here.
pub(crate) fn places<'a>(target: &str, root: &Node<'a>) -> Option<Vec<Node<'a>>> {
    let mut found = vec![root.clone()];
    for step in steps(target)? {
        found = found.iter().flat_map(|node| follow(node, &step)).collect();
    }
    Some(found)
}

fn follow<'a>(node: &Node<'a>, step: &Step) -> Vec<Node<'a>> {
    match step {
        Step::Key(key) => node.get(key).into_iter().collect(),
        Step::Any => node.entries().into_iter().map(|(_, child)| child).chain(node.items()).collect(),
        Step::Having(key, value) => {
            let has = |item: &Node<'_>| item.get(key).is_some_and(|it| it.value == &Value::String(value.clone()));
            node.items().into_iter().filter(has).collect()
        }
    }
}

fn steps(target: &str) -> Option<Vec<Step>> {
    let mut rest = target.strip_prefix('$')?;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let (step, after) = if let Some(inner) = rest.strip_prefix("[?(@.") {
            let (condition, after) = inner.split_once(")]")?;
            let (key, value) = condition.split_once(" == ")?;
            let value = value.strip_prefix('\'')?.strip_suffix('\'')?;
            (Step::Having(key.to_owned(), value.to_owned()), after)
        } else if let Some(inner) = rest.strip_prefix("['") {
            let (key, after) = inner.split_once("']")?;
            (Step::Key(key.to_owned()), after)
        } else {
            let inner = rest.strip_prefix('.')?;
            let end = inner.find(['.', '[']).unwrap_or(inner.len());
            let (key, after) = inner.split_at(end);
            if key.is_empty() {
                return None;
            }
            (if key == "*" { Step::Any } else { Step::Key(key.to_owned()) }, after)
        };
        steps.push(step);
        rest = after;
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_of_a_target_finds_its_places() {
        let document: Value =
            serde_yaml::from_str("paths: {/a: {put: {servers: [{url: x}, {url: y}]}}, /b: {get: {}}}").unwrap();
        let root = Node::root("", &document);
        for (target, expected) in [
            ("$.paths.*.put", vec!["/paths/~1a/put"]),
            ("$.paths['/b'].get", vec!["/paths/~1b/get"]),
            ("$.paths.*.*.servers[?(@.url == 'y')]", vec!["/paths/~1a/put/servers/1"]),
            ("$.paths['/c']", vec![]),
        ] {
            let found: Vec<_> = places(target, &root).unwrap().into_iter().map(|node| node.pointer).collect();
            assert_eq!(found, expected, "{target}");
        }
    }

    #[test]
    fn another_form_is_not_guessed_at() {
        let document = Value::Null;
        for target in ["paths", "$..put", "$[?(@.a > 1)]", "$['a"] {
            assert!(places(target, &Node::root("", &document)).is_none(), "{target}");
        }
    }
}
