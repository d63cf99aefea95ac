//! Documents that differ from another one in one node: taken out, of another type, or there twice.

use serde_json::{Value, json};

/// What is done to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is taken out.
    Deleted,
    /// A value of another type stands in its place.
    Retyped,
    /// It is there twice: an item follows itself, and what has a name stands beside itself under nearly the same one.
    Doubled,
}

/// A node of a document, and what is done to it.
#[derive(Clone, Debug)]
pub struct Mutation {
    /// The keys and positions that lead to the node, from the root.
    pub way: Vec<String>,
    /// What is done to it.
    pub change: Change,
    /// How many nodes stand before this one, by which the new type is chosen.
    number: usize,
}

/// Each change of each node of a document, in the document's order. Only the root can't be there twice, or be absent.
pub fn mutations(document: &Value) -> Vec<Mutation> {
    let mut ways = Vec::new();
    collect(document, &mut Vec::new(), &mut ways);
    let changes = |(number, way): (usize, Vec<String>)| {
        let of = move |change| Mutation { way: way.clone(), change, number };
        [Change::Deleted, Change::Retyped, Change::Doubled].map(of)
    };
    ways.into_iter().enumerate().flat_map(changes).collect()
}

/// The ways to all nodes below the root.
fn collect(value: &Value, way: &mut Vec<String>, ways: &mut Vec<Vec<String>>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(entries) => entries.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (step, child) in children {
        way.push(step);
        ways.push(way.clone());
        collect(child, way, ways);
        way.pop();
    }
}

impl Mutation {
    /// The document with this change, as the text that a generator reads: JSON, which is YAML too.
    pub fn apply(&self, document: &Value) -> String {
        let mut document = document.clone();
        let (last, before) = self.way.split_last().expect("the root is not changed");
        let parent = before.iter().fold(&mut document, |node, step| match node {
            Value::Array(items) => &mut items[step.parse::<usize>().unwrap()],
            node => &mut node[step],
        });
        match parent {
            Value::Object(entries) => match self.change {
                Change::Deleted => drop(entries.remove(last)),
                Change::Retyped => entries[last] = self.retyped(&entries[last]),
                Change::Doubled => {
                    let (twin, value) = (self.twin(last), entries[last].clone());
                    entries.insert(twin, value);
                }
            },
            Value::Array(items) => {
                let index: usize = last.parse().unwrap();
                match self.change {
                    Change::Deleted => drop(items.remove(index)),
                    Change::Retyped => items[index] = self.retyped(&items[index]),
                    Change::Doubled => items.insert(index, items[index].clone()),
                }
            }
            _ => unreachable!("the way leads through maps and lists"),
        }
        serde_json::to_string_pretty(&document).unwrap()
    }

    /// A value of another type, made of the old one where there is a way to.
    fn retyped(&self, old: &Value) -> Value {
        let of_each_type = [
            json!(null),
            json!(true),
            json!(-1),
            json!(1.5),
            json!(""),
            json!(old.to_string()),
            json!([]),
            json!([old]),
            json!({}),
            json!({ "": old }),
            json!({ "$ref": "#/components/schemas/NoSuchSchema" }),
        ];
        let types = of_each_type.len();
        let mut candidates = (0..types).map(|step| &of_each_type[(self.number + step) % types]);
        candidates.find(|value| std::mem::discriminant(*value) != std::mem::discriminant(old)).unwrap().clone()
    }

    /// A name beside `name`: one that casing makes the same, one that is longer, or one that means nothing to OpenAPI.
    fn twin(&self, name: &str) -> String {
        match self.number % 3 {
            0 => name.to_uppercase(),
            1 => format!("{name}Twin"),
            _ => format!("{name}_"),
        }
    }
}
