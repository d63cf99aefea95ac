//! A schema as it is compared: its references followed, and `allOf` put together where that is safe.

use serde_json::{Map, Value};

use crate::document::{Document, Unreadable, list, name_of, reference};
use crate::words;

/// How deep `allOf` may stand within `allOf`. A document that goes deeper holds itself.
const DEEPEST: usize = 50;

/// A schema, ready to be compared.
#[derive(Debug, Clone)]
pub(super) struct View {
    /// The name of the component that it is, if it is one. A component beside which only words stand keeps its name.
    pub(super) name: Option<String>,
    /// Its keywords. `allOf` is among them only where its parts could not be put together.
    pub(super) keys: Map<String, Value>,
}

impl View {
    /// The view of a schema as it is written.
    pub(super) fn of(document: &Document<'_>, schema: &Value) -> Result<View, Unreadable> {
        View::at_depth(document, schema, 0)
    }

    fn at_depth(document: &Document<'_>, schema: &Value, depth: usize) -> Result<View, Unreadable> {
        if depth > DEEPEST {
            return Err(document.unreadable("the `allOf` of a schema holds the schema itself"));
        }
        let named = reference(schema).map(name_of);
        let target = document.resolve(schema)?;
        let keys = target.as_object().ok_or_else(|| document.unreadable(format!("{target} is no schema")))?;
        let parts = list(keys, "allOf");
        if parts.is_empty() {
            return Ok(View { name: named, keys: keys.clone() });
        }
        let parts: Vec<View> =
            parts.iter().map(|part| View::at_depth(document, part, depth + 1)).collect::<Result<_, _>>()?;
        let own: Map<String, Value> =
            keys.iter().filter(|(key, _)| *key != "allOf").map(|(key, value)| (key.clone(), value.clone())).collect();
        let only_words = own.keys().all(|key| is_beside(key));
        let inner = match parts.as_slice() {
            [part] if only_words => part.name.clone(),
            _ => None,
        };
        let keys = together(&parts, own, only_words).unwrap_or_else(|| keys.clone());
        Ok(View { name: named.or(inner), keys })
    }
}

/// Keys that may stand beside a single reference and make no other type of it.
fn is_beside(key: &str) -> bool {
    words::is_words(key) || ["nullable", "default", "deprecated"].contains(&key)
}

/// All parts in one, if they do not contradict one another. What stands beside them counts more than what they say.
fn together(parts: &[View], own: Map<String, Value>, only_words: bool) -> Option<Map<String, Value>> {
    let alone = parts.len() == 1 && only_words;
    let mut all = Map::new();
    for part in parts {
        // `additionalProperties` looks at the properties of its own part alone, so it cannot be put with others.
        if !alone && (part.keys.contains_key("additionalProperties") || part.keys.contains_key("allOf")) {
            return None;
        }
        put(&mut all, &part.keys)?;
    }
    if !alone && own.contains_key("additionalProperties") {
        return None;
    }
    let (beside, own): (Map<_, _>, Map<_, _>) = own.into_iter().partition(|(key, _)| is_beside(key));
    put(&mut all, &own)?;
    all.extend(beside);
    Some(all)
}

/// Puts the keywords of one schema to those of another; `None` if they differ in one that cannot hold both.
fn put(all: &mut Map<String, Value>, part: &Map<String, Value>) -> Option<()> {
    for (key, value) in part {
        match (key.as_str(), all.get_mut(key)) {
            (_, None) => {
                all.insert(key.clone(), value.clone());
            }
            ("required", Some(Value::Array(names))) => {
                let new: Vec<Value> = value.as_array()?.iter().filter(|name| !names.contains(name)).cloned().collect();
                names.extend(new);
            }
            ("properties", Some(Value::Object(properties))) => {
                for (name, property) in value.as_object()? {
                    if properties.get(name).is_some_and(|there| there != property) {
                        return None;
                    }
                    properties.insert(name.clone(), property.clone());
                }
            }
            (_, Some(there)) if there == value || words::is_words(key) => {}
            _ => return None,
        }
    }
    Some(())
}
