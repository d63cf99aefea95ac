//! A correction: where the server does otherwise than its page says, with the evidence.

use serde::Deserialize;
use serde_yaml::Value;

use super::knowledge::{Evidence, Words};
use super::target;
use crate::yaml::{self, Node, below, is_within};
use crate::{Error, Source};

#[derive(Deserialize)]
struct Overlay {
    actions: Vec<Action>,
}

#[derive(Deserialize)]
struct Action {
    target: String,
    description: String,
    #[serde(rename = "x-evidence")]
    evidence: Evidence,
    update: Option<Value>,
}

/// One action of the overlay.
#[derive(Debug)]
pub(crate) struct Correction {
    /// The first line of its description.
    pub(crate) name: String,
    /// What the page says, and what the server does.
    pub(crate) says: String,
    pub(crate) evidence: Evidence,
    /// The places that it writes or removes: JSON pointers into the served document, or into the document if it removes.
    places: Vec<String>,
}

impl Correction {
    /// Whether it changes this node or something below it.
    pub(crate) fn touches(&self, pointer: &str) -> bool {
        self.places.iter().any(|place| is_within(place, pointer))
    }

    /// Its anchor on the page.
    pub(crate) fn anchor(&self) -> String {
        format!("correction-{}", slug(&self.name))
    }

    /// Its name without the words in brackets that number the parts of one.
    pub(crate) fn short_name(&self) -> &str {
        self.name.split(" (").next().unwrap_or(&self.name)
    }
}

/// Lower case, with hyphens for what is neither letter nor digit.
pub(crate) fn slug(text: &str) -> String {
    let words = text.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

pub(crate) fn read(
    source: &Source,
    document: &Node<'_>,
    served: &Node<'_>,
    words: &Words,
) -> Result<Vec<Correction>, Error> {
    let overlay: Overlay = yaml::read(source)?;
    let read = |(index, action): (usize, Action)| {
        let wrong = |what: String| Error::new(&source.file, format!("/actions/{index}"), what);
        let (name, says) = action.description.split_once('\n').unwrap_or((&action.description, ""));
        if says.trim().is_empty() {
            return Err(wrong("the description must have a name in its first line, and text below it".to_owned()));
        }
        if words.grade(&action.evidence.grade).is_none() {
            return Err(wrong(format!("nothing explains the grade `{}`", action.evidence.grade)));
        }
        let found = places(&action, document, served).filter(|places| !places.is_empty());
        let places = found.ok_or_else(|| wrong(format!("the target `{}` is nowhere", action.target)))?;
        let (name, says) = (name.trim().to_owned(), says.trim().to_owned());
        Ok(Correction { name, says, evidence: action.evidence, places })
    };
    overlay.actions.into_iter().enumerate().map(read).collect()
}

/// The places that an action writes or removes. Its target is looked for where the action found it: in the document, or,
/// if an earlier action has made it, in the served one.
fn places(action: &Action, document: &Node<'_>, served: &Node<'_>) -> Option<Vec<String>> {
    let mut targets = target::places(&action.target, document)?;
    if targets.is_empty() {
        targets = target::places(&action.target, served)?;
    }
    let mut places = Vec::new();
    for target in targets {
        match &action.update {
            Some(update) => collect(update, &target.pointer, served, &mut places),
            None => places.push(target.pointer),
        }
    }
    Some(places)
}

/// The places of an update's leaves. A list grows: its items are found by their names.
fn collect(update: &Value, pointer: &str, served: &Node<'_>, places: &mut Vec<String>) {
    match update {
        Value::Mapping(map) if !map.is_empty() => {
            for (key, value) in map {
                let key = key.as_str().map_or_else(|| format!("{key:?}"), str::to_owned);
                collect(value, &below(pointer, &key), served, places);
            }
        }
        Value::Sequence(items) => {
            for item in items {
                let there = served.at(pointer).map(|list| list.items()).unwrap_or_default();
                let found = item.get("name").and_then(|name| {
                    there.into_iter().find(|known| known.get("name").is_some_and(|it| it.value == name))
                });
                places.push(found.map_or_else(|| pointer.to_owned(), |node| node.pointer));
            }
        }
        _ => places.push(pointer.to_owned()),
    }
}
