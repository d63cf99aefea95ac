//! Schemas and values in a word or two, for sentences.

use serde_json::{Map, Value};

use super::view::View;

/// A schema that has neither name nor type.
pub(super) const ANYTHING: &str = "anything";

/// A schema: its name, or else its type.
pub(super) fn schema(view: &View) -> String {
    match (&view.name, view.keys.get("type").and_then(Value::as_str)) {
        (Some(name), _) => format!("`{name}`"),
        (None, Some(kind)) => format!("`{kind}`"),
        (None, None) => ANYTHING.to_owned(),
    }
}

/// A value as it is sent; a text without its quotes.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::String(text) if !text.is_empty() => format!("`{text}`"),
        other => format!("`{other}`"),
    }
}

/// A list of things: "`a`, `b` or `c`".
pub(super) fn either(things: &[String]) -> String {
    match things {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}

/// The keywords of a schema that say what is allowed, without the words.
pub(super) fn structure(keys: &Map<String, Value>) -> Map<String, Value> {
    keys.iter()
        .filter(|(key, _)| !crate::words::is_words(key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}
