//! Changes a document as a tree and not as bytes: most changes of bytes leave text that is not YAML any more.

use std::mem;

use libfuzzer_sys::fuzzer_mutate;
use serde_json::{Value, json};

/// Changes `data`, of which `size` bytes are used and `most` may be: as bytes every other time, and as a tree else.
pub(crate) fn mutate(data: &mut [u8], size: usize, most: usize, seed: u32) -> usize {
    let mut chance = Chance(u64::from(seed) | 1 << 32);
    let tree = std::str::from_utf8(&data[..size]).ok().and_then(|text| serde_yaml::from_str::<Value>(text).ok());
    match tree.filter(|tree| chance.of(2) == 0 && !tree.is_string()) {
        None => fuzzer_mutate(data, size, most),
        Some(mut tree) => {
            for _ in 0..=chance.of(3) {
                change(&mut tree, &mut chance);
            }
            let text = serde_json::to_vec(&tree).unwrap_or_default();
            if text.is_empty() || text.len() > most {
                return fuzzer_mutate(data, size, most);
            }
            data[..text.len()].copy_from_slice(&text);
            text.len()
        }
    }
}

/// Random numbers that depend on the seed alone.
struct Chance(u64);

impl Chance {
    /// A number below `limit`.
    fn of(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % limit.max(1)
    }
}

/// Takes a node out, puts another in its place, or doubles it under another key.
fn change(tree: &mut Value, chance: &mut Chance) {
    let other = node(tree, chance).clone();
    let key = key(tree, chance);
    let place = node(tree, chance);
    match (chance.of(6), place) {
        (0, place) => *place = other,
        (1, place) => *place = scalar(chance),
        (2, Value::Object(map)) => drop(map.insert(key.unwrap_or_default(), other)),
        (3, Value::Object(map)) => {
            let gone = map.keys().nth(chance.of(map.len())).cloned();
            gone.map(|gone| map.remove(&gone));
        }
        (4, Value::Object(map)) => {
            let old = map.keys().nth(chance.of(map.len())).cloned();
            if let Some(value) = old.and_then(|old| map.remove(&old)) {
                map.insert(key.unwrap_or_default(), value);
            }
        }
        (2, Value::Array(items)) => items.push(other),
        (3, Value::Array(items)) => drop(items.pop()),
        (4, Value::Array(items)) => items.reverse(),
        (_, Value::String(text)) => *text = mem::take(text) + &key.unwrap_or_default(),
        (_, place) => *place = json!([mem::take(place)]),
    }
}

/// A node at random.
fn node<'a>(tree: &'a mut Value, chance: &mut Chance) -> &'a mut Value {
    let mut tree = tree;
    loop {
        let length = match tree {
            Value::Object(map) => map.len(),
            Value::Array(items) => items.len(),
            _ => 0,
        };
        if length == 0 || chance.of(5) == 0 {
            return tree;
        }
        let at = chance.of(length);
        let next = match tree {
            Value::Object(map) => map.values_mut().nth(at),
            Value::Array(items) => items.get_mut(at),
            _ => None,
        };
        // There are as many as were counted.
        tree = next.expect("a node");
    }
}

/// A key that is somewhere in the tree, or a word that means something in a document.
fn key(tree: &mut Value, chance: &mut Chance) -> Option<String> {
    const WORDS: &str = include_str!("../dictionaries/document.dict");
    if chance.of(2) == 0 {
        return node(tree, chance).as_object().and_then(|map| map.keys().nth(chance.of(map.len())).cloned());
    }
    let words = || WORDS.lines().filter_map(|line| line.strip_prefix('"')?.split([':', '"']).next());
    words().nth(chance.of(words().count())).map(str::to_owned)
}

fn scalar(chance: &mut Chance) -> Value {
    const TEXTS: [&str; 20] = [
        "",
        "a",
        "string",
        "integer",
        "number",
        "boolean",
        "array",
        "object",
        "int32",
        "int64",
        "date-time",
        "binary",
        "query",
        "header",
        "path",
        "#/components/schemas/Volume",
        "/volumes/{uuid}",
        "é",
        "type",
        "200",
    ];
    match chance.of(8) {
        0 => Value::Null,
        1 => Value::Bool(true),
        2 => Value::Bool(false),
        3 => json!(chance.of(3)),
        4 => json!(-1.5e300),
        5 => json!({}),
        _ => json!(TEXTS[chance.of(TEXTS.len())]),
    }
}
