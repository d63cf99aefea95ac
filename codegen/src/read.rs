//! Reads a document: its values, and where each of them stands.
//!
//! `serde_yaml` alone reads the values. A parser with positions runs beside it and finds what the values no longer show:
//! keys that stand twice, merge keys, aliases. It finds the places, too.

mod scan;

use std::sync::{Arc, OnceLock};

use serde_json::Value;

use crate::overlay::{Written, written_by};
use crate::place::{Place, Places};
use crate::problem::{Problem, Report};

/// A document as it comes from outside.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The name that reports show, for example `spec/openapi.yaml`.
    pub name: &'a str,
    /// The text, YAML or JSON.
    pub text: &'a str,
}

/// A document that has been read: its values, and where they stand.
///
/// It may be changed between reading and checking (an overlay does that): a node that is put in afterwards stands, in
/// reports, where its nearest ancestor from the text does.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    /// The name that reports show.
    pub(crate) name: String,
    /// The values. An overlay may change them.
    pub(crate) value: Value,
    /// What is wrong with the text although it has values: a key that stands twice, a merge key. `check` reports it
    /// together with what it finds; whoever reads another kind of document must report it too.
    pub(crate) problems: Vec<Problem>,
    /// Where the nodes stand, if that is known already.
    places: OnceLock<Places>,
    /// The nodes that an overlay has taken out before they were, each with its index if it was an entry of a list.
    removed: Vec<(String, Option<usize>)>,
    text: String,
    /// What the actions of an overlay wrote.
    written: Written,
    /// That overlay.
    pub(crate) overlay: Option<Box<Tree>>,
}

impl Tree {
    /// The same values with the keys of each map in alphabetical order, so that what is made of them does not depend
    /// on the order in which they were written down.
    pub(crate) fn sorted(mut self) -> Self {
        self.value.sort_all_objects();
        self
    }

    /// Notes that an action of an overlay has put a node in, or given it another value.
    pub(crate) fn put(&mut self, pointer: &str, action: &Arc<str>) {
        self.written.put(pointer, action);
    }

    /// Notes that an action of an overlay has put a node in as a part of something larger.
    pub(crate) fn put_inside(&mut self, pointer: &str, action: &Arc<str>) {
        self.written.put_inside(pointer, action);
    }

    /// Notes that an action of an overlay has taken a node out; `index` is that of an entry of a list.
    pub(crate) fn remove(&mut self, pointer: &str, index: Option<usize>, action: &Arc<str>) {
        match self.places.get_mut() {
            Some(places) => places.remove(pointer, index),
            None => self.removed.push((pointer.to_owned(), index)),
        }
        self.written.remove(pointer, index, action);
    }

    /// A problem with the node at this pointer, shown at its key (or at its value, where it has no key).
    pub(crate) fn problem(&self, pointer: &str, what: impl AsRef<str>, instead: impl AsRef<str>) -> Problem {
        self.problem_at(self.places().of(pointer), pointer, what.as_ref(), instead.as_ref())
    }

    /// A problem with the node at this pointer, shown at its value.
    pub(crate) fn problem_of_value(&self, pointer: &str, what: impl AsRef<str>, instead: impl AsRef<str>) -> Problem {
        self.problem_at(self.places().of_value(pointer), pointer, what.as_ref(), instead.as_ref())
    }

    fn problem_at(&self, place: Place, pointer: &str, what: &str, instead: &str) -> Problem {
        let problem = Problem::new(&self.name, &self.text, place, pointer, what, instead);
        let written = self.overlay.as_deref().and_then(|overlay| Some(written_by(overlay, self.written.by(pointer)?)));
        Problem { overlay: written, ..problem }
    }

    /// Where the document's nodes stand, by JSON pointer.
    pub(crate) fn places(&self) -> &Places {
        self.places.get_or_init(|| {
            let (_, mut places) = scan::scan_places(Source { name: &self.name, text: &self.text });
            for (pointer, index) in &self.removed {
                places.remove(pointer, *index);
            }
            places
        })
    }
}

/// Reads a document that may be any YAML or JSON: an OpenAPI document, an overlay.
///
/// # Errors
///
/// What keeps the text from being one tree of values: it is empty, is not YAML, holds several documents, has an alias,
/// or a map or a list for a key. What leaves it a tree is kept in [`Tree::problems`].
pub(crate) fn read(source: Source<'_>) -> Result<Tree, Report> {
    of(source, scan::scan(source), None)
}

/// The same, of a text whose places will be asked for: they are found at once, and not by a second look.
///
/// # Errors
///
/// Those of [`read`].
pub(crate) fn read_with_places(source: Source<'_>) -> Result<Tree, Report> {
    let (scan, places) = scan::scan_places(source);
    of(source, scan, Some(places))
}

fn of(source: Source<'_>, scan: scan::Scan, places: Option<Places>) -> Result<Tree, Report> {
    let mut problems = scan.problems;
    let place = |line, column| Place { line, column, width: 1 };
    let failure = if scan.is_ambiguous {
        None
    } else {
        match (serde_yaml::from_str::<Value>(source.text), scan.error) {
            (Ok(value), None) => {
                let (name, text) = (source.name.to_owned(), source.text.to_owned());
                let places = places.map_or_else(OnceLock::new, OnceLock::from);
                let (removed, written) = (Vec::new(), Written::default());
                return Ok(Tree { name, value, problems, places, removed, text, written, overlay: None });
            }
            // The two parsers disagree, so nobody knows what a third one would read.
            (Ok(_), Some((place, message))) => Some((place, message)),
            (Err(error), _) => {
                let at = error.location().map_or(Place::START, |at| place(at.line(), at.column()));
                Some((at, error.to_string()))
            }
        }
    };
    problems.extend(failure.map(|(place, message)| not_yaml(source, place, &message)));
    Err(Report::of(problems).unwrap_or_else(|| Report::unreadable(source.name)))
}

/// The problem that a text is not YAML.
fn not_yaml(source: Source<'_>, place: Place, message: &str) -> Problem {
    // The place is shown by the report itself, in its own form.
    let message = match message.find(" at line ") {
        Some(end) => &message[..end],
        None => message,
    };
    if message.contains("recursion limit") {
        let what = "the document is nested too deeply to be read";
        return Problem::new(source.name, source.text, place, "", what, "nest less deeply than 128 levels");
    }
    if message.contains("out of range") {
        let what = format!("this can't be read: {message}");
        let instead = "write a number that fits into 64 bits, or put quotes around it if it is a text";
        return Problem::new(source.name, source.text, place, "", what, instead);
    }
    let line = source.text.lines().nth(place.line.saturating_sub(1));
    let indented_with_tab = line.is_some_and(|line| {
        line.chars().take_while(|character| character.is_whitespace()).any(|character| character == '\t')
    });
    let instead = if indented_with_tab {
        "indent with spaces: YAML does not allow tabs there"
    } else {
        "mend the indentation, quotes or brackets here or in the lines before"
    };
    Problem::new(source.name, source.text, place, "", format!("this is not YAML: {message}"), instead)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Source, read};

    fn source(text: &str) -> Source<'_> {
        Source { name: "document.yaml", text }
    }

    #[test]
    fn the_places_of_keys_values_and_items_are_known() {
        let tree = read(source("a:\n  b: one\n  c:\n    - x\n    - y: 2\n")).unwrap();
        let places = tree.places();
        let at = |pointer: &str| {
            let (key, value) = (places.of(pointer), places.of_value(pointer));
            (key.line, key.column, value.line, value.column, value.width)
        };
        assert_eq!(at("/a/b"), (2, 3, 2, 6, 3));
        assert_eq!(at("/a/c/0"), (4, 7, 4, 7, 1));
        assert_eq!(at("/a/c/1/y"), (5, 7, 5, 10, 1));
        assert_eq!(places.of("/a/c/1/not there").line, 5);
    }

    #[test]
    fn json_is_read_too() {
        let tree = read(source("{\n\t\"a\": {\"b\": [1, 2]}}")).unwrap();
        assert_eq!(tree.value["a"]["b"][1], 2);
        let place = tree.places().of("/a/b");
        assert_eq!((place.line, place.column), (2, 8));
    }

    #[test]
    fn a_status_code_without_quotes_is_a_key() {
        let tree = read(source("responses:\n  200:\n    description: fine\n")).unwrap();
        assert_eq!(tree.value["responses"]["200"]["description"], "fine");
        assert_eq!(tree.places().of("/responses/200").line, 2);
    }

    #[test]
    fn a_bomb_of_aliases_is_refused_and_not_blown_up() {
        let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for level in 1..40 {
            let before = level - 1;
            let aliases = vec![format!("*a{before}"); 9].join(", ");
            text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
        }
        assert!(read(source(&text)).is_err());
    }
}
