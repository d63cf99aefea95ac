//! Bodies that a client should not choke on.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How the body of an answer is spoilt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Garbled {
    /// As many bytes as this, announced in Content-Length: `{"filler":"aaaa…"}`. They are made while they are sent.
    Long(u64),
    /// Chunks without an end.
    Endless,
    /// So many arrays, one in the other, and nothing else.
    Nested(u32),
    /// The body itself, with bytes that are no UTF-8 in its first text.
    BrokenUtf8,
    /// The body itself, in which each field of the outermost object comes a second time, as null.
    DuplicateKeys,
    /// The body itself, with `NaN` for every number and as a field more.
    NaN,
}

/// Stands for NaN while the body is written, which JSON cannot hold.
const MARK: &str = "@NaN@";

impl Garbled {
    /// Its name in lower case, words joined by hyphens.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Long(_) => "long",
            Self::Endless => "endless",
            Self::Nested(_) => "nested",
            Self::BrokenUtf8 => "broken-utf8",
            Self::DuplicateKeys => "duplicate-keys",
            Self::NaN => "nan",
        }
    }

    /// The spoilt body. Those that are too long to be held stay as they are.
    pub(crate) fn spoil(self, body: &[u8]) -> Vec<u8> {
        match self {
            Self::Long(_) | Self::Endless => body.to_vec(),
            Self::Nested(depth) => {
                let depth = usize::try_from(depth).unwrap_or(usize::MAX);
                [vec![b'['; depth], vec![b']'; depth]].concat()
            }
            Self::BrokenUtf8 => broken_utf8(body),
            Self::DuplicateKeys => duplicate_keys(body),
            Self::NaN => nan(body),
        }
    }
}

/// Two bytes that begin like a character and do not end like one.
const NO_CHARACTER: &[u8] = &[0xc3, 0x28];

fn broken_utf8(body: &[u8]) -> Vec<u8> {
    match body.windows(2).position(|pair| pair == b":\"") {
        Some(at) => [&body[..at + 2], NO_CHARACTER, &body[at + 2..]].concat(),
        None => [&br#"{"message":""#[..], NO_CHARACTER, &br#""}"#[..]].concat(),
    }
}

fn duplicate_keys(body: &[u8]) -> Vec<u8> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) if !fields.is_empty() => {
            let once = fields.iter().map(|(name, value)| format!("{}:{value}", Value::from(name.as_str())));
            let again = fields.keys().map(|name| format!("{}:null", Value::from(name.as_str())));
            format!("{{{}}}", once.chain(again).collect::<Vec<_>>().join(",")).into_bytes()
        }
        _ => br#"{"message":"a","message":null}"#.to_vec(),
    }
}

fn nan(body: &[u8]) -> Vec<u8> {
    let mut value = match serde_json::from_slice(body) {
        Ok(value @ Value::Object(_)) => value,
        _ => Value::Object(serde_json::Map::new()),
    };
    mark_numbers(&mut value);
    if let Value::Object(fields) = &mut value {
        fields.insert("size".to_owned(), Value::from(MARK));
    }
    value.to_string().replace(&format!("\"{MARK}\""), "NaN").into_bytes()
}

fn mark_numbers(value: &mut Value) {
    match value {
        Value::Number(_) => *value = Value::from(MARK),
        Value::Array(items) => items.iter_mut().for_each(mark_numbers),
        Value::Object(fields) => fields.values_mut().for_each(mark_numbers),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoilt(garbled: Garbled, body: &str) -> Vec<u8> {
        garbled.spoil(body.as_bytes())
    }

    #[test]
    fn the_rest_of_the_body_stays_as_it_was() {
        let body = r#"{"inventory":{"uuid":"a","size":1}}"#;
        assert_eq!(spoilt(Garbled::BrokenUtf8, body), b"{\"inventory\":{\"uuid\":\"\xc3(a\",\"size\":1}}");
        let text = |garbled| String::from_utf8(spoilt(garbled, body)).unwrap();
        let twice = text(Garbled::DuplicateKeys);
        assert!(twice.starts_with(r#"{"inventory":{"#) && twice.ends_with(r#","inventory":null}"#), "{twice}");
        let nan = text(Garbled::NaN);
        assert!(nan.contains(r#""uuid":"a""#) && nan.matches("NaN").count() == 2, "{nan}");
        assert_eq!(spoilt(Garbled::Nested(3), body), b"[[[]]]");
    }

    #[test]
    fn a_body_without_anything_to_spoil_is_replaced() {
        for garbled in [Garbled::BrokenUtf8, Garbled::DuplicateKeys, Garbled::NaN] {
            for body in ["", "{}", "<html>"] {
                let spoilt = spoilt(garbled, body);
                assert!(spoilt.len() > 8 && spoilt.starts_with(b"{"), "{garbled:?} {body}");
            }
        }
    }
}
