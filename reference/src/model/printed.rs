//! JSON as it is printed: the order of its fields and the notation of its numbers are kept.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A value of JSON as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Printed {
    Object(Vec<(String, Printed)>),
    List(Vec<Printed>),
    /// A text, a number, a boolean or null, as it stands.
    Scalar(String),
}

impl Printed {
    /// Reads JSON; the error says what is wrong with it.
    pub(crate) fn read(text: &str) -> Result<Self, serde_json::Error> {
        let text = text.trim();
        match text.as_bytes().first() {
            Some(b'{') => {
                let Fields(fields) = serde_json::from_str(text)?;
                let read = |(name, raw): (String, Box<RawValue>)| Ok((name, Self::read(raw.get())?));
                Ok(Self::Object(fields.into_iter().map(read).collect::<Result<_, _>>()?))
            }
            Some(b'[') => {
                let items: Vec<Box<RawValue>> = serde_json::from_str(text)?;
                Ok(Self::List(items.iter().map(|raw| Self::read(raw.get())).collect::<Result<_, _>>()?))
            }
            _ => {
                serde_json::from_str::<serde::de::IgnoredAny>(text)?;
                Ok(Self::Scalar(text.to_owned()))
            }
        }
    }

    /// The value at a path such as `infos[].size`; of a list, that of its first item.
    pub(crate) fn at(&self, path: &str) -> Option<&Self> {
        path.split('.').try_fold(self, |value, segment| {
            let name = segment.strip_suffix("[]").unwrap_or(segment);
            let Self::Object(fields) = value else { return None };
            let child = fields.iter().find(|(field, _)| field == name).map(|(_, child)| child)?;
            match child {
                Self::List(items) if segment.ends_with("[]") => items.first(),
                child => Some(child),
            }
        })
    }

    /// In a few characters: what is inside of objects and lists is left out.
    pub(crate) fn short(&self) -> String {
        match self {
            Self::Object(fields) if fields.is_empty() => "{}".to_owned(),
            Self::Object(_) => "{…}".to_owned(),
            Self::List(items) => match items.first() {
                None => "[]".to_owned(),
                Some(Self::Scalar(_)) => format!("[{}]", items.iter().map(Self::short).collect::<Vec<_>>().join(", ")),
                Some(_) => "[{…}]".to_owned(),
            },
            Self::Scalar(text) => text.clone(),
        }
    }

    fn write(&self, depth: usize, out: &mut String) {
        let line = |depth: usize| format!("\n{}", "  ".repeat(depth));
        match self {
            Self::Object(fields) if !fields.is_empty() => {
                for (index, (name, value)) in fields.iter().enumerate() {
                    out.push_str(if index == 0 { "{" } else { "," });
                    out.push_str(&line(depth + 1));
                    out.push_str(&format!("{name:?}: "));
                    value.write(depth + 1, out);
                }
                out.push_str(&line(depth));
                out.push('}');
            }
            Self::List(items) if !items.is_empty() => {
                for (index, value) in items.iter().enumerate() {
                    out.push_str(if index == 0 { "[" } else { "," });
                    out.push_str(&line(depth + 1));
                    value.write(depth + 1, out);
                }
                out.push_str(&line(depth));
                out.push(']');
            }
            Self::Object(_) => out.push_str("{}"),
            Self::List(_) => out.push_str("[]"),
            Self::Scalar(text) => out.push_str(text),
        }
    }
}

impl fmt::Display for Printed {
    /// With line breaks and indentation.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        self.write(0, &mut out);
        formatter.write_str(&out)
    }
}

/// The fields of an object in their order.
struct Fields(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Fields;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    fields.push(entry);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_order_stay_as_they_are_printed() {
        let printed = Printed::read(r#"{ "b": [ {"size": 1.268224E7} ], "a": 0.0, "t": "x\u003dy" }"#).unwrap();
        assert_eq!(printed.at("b[].size"), Some(&Printed::Scalar("1.268224E7".to_owned())));
        let text =
            "{\n  \"b\": [\n    {\n      \"size\": 1.268224E7\n    }\n  ],\n  \"a\": 0.0,\n  \"t\": \"x\\u003dy\"\n}";
        assert_eq!(printed.to_string(), text);
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        let printed = Printed::read(r#"{"a": {"b": 1}}"#).unwrap();
        for path in ["b", "a.c", "a.b.c"] {
            assert_eq!(printed.at(path), None, "{path}");
        }
        assert!(Printed::read("{,}").is_err());
    }
}
