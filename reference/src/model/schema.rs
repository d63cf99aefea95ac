//! Reading schemas: what a value is, in words.

use serde_yaml::Value;

use crate::Error;
use crate::yaml::Node;

/// A schema with its references followed.
#[derive(Debug, Clone)]
pub(crate) struct Schema<'a> {
    pub(crate) node: Node<'a>,
    /// Its name, if it has one.
    pub(crate) name: Option<String>,
}

impl<'a> Schema<'a> {
    /// Follows `$ref`, and an `allOf` of one element.
    pub(crate) fn of(node: &Node<'a>, root: &Node<'a>) -> Result<Self, Error> {
        let mut found = Self { node: node.clone(), name: None };
        loop {
            let single = found.node.get("allOf").map(|all| all.items()).filter(|all| all.len() == 1);
            if let Some(element) = single.and_then(|mut all| all.pop()) {
                found.node = element;
            } else if let Some(reference) = found.node.text_of("$ref")? {
                let missing = || found.node.error(format!("`{reference}` is nowhere"));
                let target = root.at(reference).ok_or_else(missing)?;
                found = Self { node: target, name: reference.rsplit('/').next().map(str::to_owned) };
            } else {
                return Ok(found);
            }
        }
    }

    /// The fields of an object.
    pub(crate) fn fields(&self) -> Vec<(&'a str, Node<'a>)> {
        self.node.get("properties").map(|fields| fields.entries()).unwrap_or_default()
    }

    /// Whether the object must have this field.
    pub(crate) fn requires(&self, field: &str) -> bool {
        let names = self.node.get("required").map(|names| names.items()).unwrap_or_default();
        names.iter().any(|name| name.value.as_str() == Some(field))
    }

    /// The schema of a list's items, lists within lists followed.
    pub(crate) fn items(&self, root: &Node<'a>) -> Result<Option<Self>, Error> {
        self.node.get("items").map(|items| Self::of(&items, root)).transpose()
    }

    /// What a value of it is, with the type of a list's items.
    pub(crate) fn type_in_words(&self, root: &Node<'a>) -> Result<String, Error> {
        if let Some(any) = self.node.get("anyOf") {
            let mut kinds = Vec::new();
            for one in any.items() {
                kinds.push(Schema::of(&one, root)?.type_in_words(root)?);
            }
            return Ok(kinds.join(" or "));
        }
        let name = || self.name.clone();
        Ok(match self.node.need("type")?.text()? {
            "array" => match self.items(root)? {
                Some(items) => format!("list of {}", items.type_in_words(root)?),
                None => return Err(self.node.error("a list must say of what")),
            },
            "object" if self.node.get("additionalProperties").is_some() => "map of string to any value".to_owned(),
            "object" => match name() {
                Some(name) => name,
                None if self.fields().is_empty() => "empty object".to_owned(),
                None => "object".to_owned(),
            },
            "integer" => match self.node.text_of("format")? {
                Some("int64") => "integer, 64 bits".to_owned(),
                Some("int32") => "integer, 32 bits".to_owned(),
                _ => "integer".to_owned(),
            },
            "string" => name().map_or_else(|| "string".to_owned(), |name| format!("string: {name}")),
            other => other.to_owned(),
        })
    }

    /// What is said of its values beyond their type.
    pub(crate) fn limits(&self) -> Vec<String> {
        let number = |key: &str| self.node.get(key).map(|node| scalar(node.value));
        let mut limits = Vec::new();
        match (number("minimum"), number("maximum")) {
            (Some(least), Some(most)) => limits.push(format!("{least} to {most}")),
            (Some(least), None) => limits.push(format!("{least} or more")),
            (None, Some(most)) => limits.push(format!("{most} at most")),
            (None, None) => {}
        }
        match (number("minLength"), number("maxLength")) {
            (Some(least), Some(most)) if least == most => limits.push(format!("{least} characters")),
            (Some(least), Some(most)) => limits.push(format!("{least} to {most} characters")),
            (Some(least), None) if least == "1" => limits.push("not empty".to_owned()),
            (Some(least), None) => limits.push(format!("{least} characters or more")),
            (None, Some(most)) => limits.push(format!("{most} characters at most")),
            (None, None) => {}
        }
        limits.extend(number("default").map(|value| format!("{value} if left out")));
        limits
    }
}

/// The unit of a value, as far as its description and its type tell.
pub(crate) fn unit(type_in_words: &str, description: &str) -> Option<&'static str> {
    if type_in_words.contains("Timestamp") {
        return Some("server's local time");
    }
    let units = [("bytes", "bytes"), ("milliseconds", "milliseconds"), ("in seconds", "seconds")];
    let named = || units.iter().find(|(word, _)| description.contains(word)).map(|(_, unit)| *unit);
    type_in_words.contains("integer").then(named).flatten()
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => serde_yaml::to_string(other).unwrap_or_default().trim().to_owned(),
    }
}
