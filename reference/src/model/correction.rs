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

/// What is corrected under one name: one action of the overlay, or a few that belong together.
#[derive(Debug)]
pub(crate) struct Correction {
    /// The first line of its actions' descriptions, up to a comma or a parenthesis.
    pub(crate) name: String,
    /// In the order of the overlay; at least one.
    pub(crate) steps: Vec<Step>,
}

/// One action of the overlay.
#[derive(Debug)]
pub(crate) struct Step {
    /// What the first line of its description has after the correction's name; empty if nothing.
    pub(crate) part: String,
    /// What the page says, and what the server does.
    pub(crate) says: String,
    pub(crate) evidence: Evidence,
    /// The places that it writes or removes: JSON pointers into the served document, or into the document if it removes.
    places: Vec<String>,
}

impl Correction {
    /// Whether it changes this node or something below it.
    pub(crate) fn touches(&self, pointer: &str) -> bool {
        self.steps.iter().flat_map(|step| &step.places).any(|place| is_within(place, pointer))
    }

    /// Its anchor on the page.
    pub(crate) fn anchor(&self) -> String {
        format!("correction-{}", slug(&self.name))
    }

    /// Whether evidence of its steps has this grade.
    pub(crate) fn has_grade(&self, grade: &str) -> bool {
        self.steps.iter().any(|step| step.evidence.grade == grade)
    }

    /// The evidence of its steps, each grade once.
    pub(crate) fn evidence(&self) -> Vec<&Evidence> {
        let mut found: Vec<&Evidence> = Vec::new();
        for step in &self.steps {
            if !found.iter().any(|known| known.grade == step.evidence.grade) {
                found.push(&step.evidence);
            }
        }
        found
    }
}

/// The action of this target is about the document itself, and corrects no server.
const DOCUMENT: &str = "$.info";

/// The name of a correction, and what tells its parts from one another: `Jobs, the PUTs (1 of 2)` is a part of `Jobs`.
fn name_and_part(line: &str) -> (&str, &str) {
    let end = line.find([',', '(']).unwrap_or(line.len());
    let (name, part) = line.split_at(end);
    let part = part.trim_start_matches(',').trim();
    (name.trim(), part.strip_prefix('(').and_then(|part| part.strip_suffix(')')).unwrap_or(part))
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
    let mut corrections: Vec<Correction> = Vec::new();
    for (index, action) in overlay.actions.into_iter().enumerate() {
        let wrong = |what: String| Error::new(&source.file, format!("/actions/{index}"), what);
        let (line, says) = action.description.split_once('\n').unwrap_or((&action.description, ""));
        let (name, part) = name_and_part(line);
        if name.is_empty() || says.trim().is_empty() {
            return Err(wrong("the description must have a name in its first line, and text below it".to_owned()));
        }
        if words.grade(&action.evidence.grade).is_none() {
            return Err(wrong(format!("nothing explains the grade `{}`", action.evidence.grade)));
        }
        let found = places(&action, document, served).filter(|places| !places.is_empty());
        let places = found.ok_or_else(|| wrong(format!("the target `{}` is nowhere", action.target)))?;
        if action.target == DOCUMENT {
            continue;
        }
        let (part, says) = (part.to_owned(), says.trim().to_owned());
        let step = Step { part, says, evidence: action.evidence, places };
        match corrections.iter_mut().find(|known| known.name == name) {
            Some(known) => known.steps.push(step),
            None => corrections.push(Correction { name: name.to_owned(), steps: vec![step] }),
        }
    }
    Ok(corrections)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_correction_ends_at_a_comma_or_a_parenthesis() {
        for (line, name, part) in [
            ("Port 8080", "Port 8080", ""),
            ("Key, Sync (1 of 3: it goes)", "Key", "Sync (1 of 3: it goes)"),
            ("Requests (2 of 2: Recover)", "Requests", "2 of 2: Recover"),
        ] {
            assert_eq!(name_and_part(line), (name, part), "{line}");
        }
    }
}
