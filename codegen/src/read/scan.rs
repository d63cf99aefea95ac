//! Finds the places of a document's nodes, and what its values no longer show.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use super::Source;
use crate::place::{self, Place, Places};
use crate::problem::Problem;

/// What a look at a document's text finds.
pub(super) struct Scan {
    /// What the values no longer show.
    pub(super) problems: Vec<Problem>,
    /// The text can't be read as one tree of values (and a problem says why).
    pub(super) is_ambiguous: bool,
    /// Where the parser gave up, and why.
    pub(super) error: Option<(Place, String)>,
}

/// Looks through a document's text.
pub(super) fn scan(source: Source<'_>) -> Scan {
    run(source, None).scan
}

/// Looks through a document's text, and finds where its nodes stand.
pub(super) fn scan_places(source: Source<'_>) -> (Scan, Places) {
    let scanner = run(source, Some(Places::default()));
    (scanner.scan, scanner.places.unwrap_or_default())
}

fn run(source: Source<'_>, places: Option<Places>) -> Scanner<'_> {
    let mut scanner = Scanner {
        source,
        scan: Scan { problems: Vec::new(), is_ambiguous: false, error: None },
        places,
        open: Vec::new(),
        documents: 0,
        anchors: HashSet::new(),
        has_content: false,
    };
    for event in Parser::new_from_str(source.text) {
        match event {
            Ok((event, span)) => scanner.event(event, span),
            Err(error) => {
                scanner.scan.error = Some(place_of_error(&error));
                break;
            }
        }
    }
    if !scanner.has_content && scanner.scan.error.is_none() {
        scanner.ambiguous(
            Place::START,
            "",
            "the file is empty",
            "write an OpenAPI 3.0 document: `openapi: 3.0.4`, then `info`, `paths` and `components`",
        );
    }
    scanner
}

/// A map or a list that is not closed yet.
enum Open<'a> {
    Map {
        /// The keys so far.
        keys: BTreeMap<Cow<'a, str>, Place>,
        /// The key that was read last.
        key: Cow<'a, str>,
        /// Where it stands, while it waits for its value.
        waits: Option<Place>,
    },
    List {
        next: usize,
    },
    /// A map or list that stands where a key should.
    Key,
}

struct Scanner<'a> {
    source: Source<'a>,
    scan: Scan,
    /// Where the nodes stand, if that is asked for.
    places: Option<Places>,
    open: Vec<Open<'a>>,
    documents: usize,
    /// The anchors whose aliases are reported.
    anchors: HashSet<usize>,
    has_content: bool,
}

/// What a node is to the map or list that it stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Key,
    Value,
}

impl<'a> Scanner<'a> {
    fn event(&mut self, event: Event<'a>, span: Span) {
        let place = place_of_span(span);
        if let Event::Scalar(_, _, _, Some(tag))
        | Event::SequenceStart(_, Some(tag))
        | Event::MappingStart(_, Some(tag)) = &event
            && !tag.is_yaml_core_schema()
        {
            self.ambiguous(
                place,
                "",
                "a YAML tag (`!name`) stands here, and what it means is known to one program only",
                "leave the tag out",
            );
        }
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents == 2 {
                    self.ambiguous(
                        place,
                        "",
                        "a second YAML document begins here",
                        "keep one document in a file, without a `---` in its midst",
                    );
                }
            }
            Event::Scalar(text, style, _, _) => self.scalar(text, matches!(style, ScalarStyle::Plain), place),
            Event::Alias(anchor) => {
                self.has_content = true;
                let role = self.place_node(None, place);
                // Once for each anchor is enough: a bomb has thousands of aliases.
                if self.anchors.insert(anchor) {
                    let pointer = if role == Role::Value { self.pointer() } else { String::new() };
                    self.ambiguous(
                        place,
                        &pointer,
                        "a YAML alias (`*name`) stands here, so that one value would stand in several places",
                        "put the value into `components` and refer to it by `$ref`, or write it out",
                    );
                }
            }
            Event::MappingStart(_, _) => {
                self.has_content = true;
                let open = match self.place_node(None, place) {
                    Role::Value => Open::Map { keys: BTreeMap::new(), key: Cow::Borrowed(""), waits: None },
                    Role::Key => Open::Key,
                };
                self.open.push(open);
            }
            Event::SequenceStart(_, _) => {
                self.has_content = true;
                let open = match self.place_node(None, place) {
                    Role::Value => Open::List { next: 0 },
                    Role::Key => Open::Key,
                };
                self.open.push(open);
            }
            Event::MappingEnd | Event::SequenceEnd => {
                self.open.pop();
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }

    fn scalar(&mut self, text: Cow<'a, str>, is_plain: bool, place: Place) {
        // An empty file has a scalar too: an empty one.
        self.has_content |= !text.is_empty() || !self.open.is_empty();
        let is_no_number = is_plain && is_no_json_number(&text);
        let shown = if is_no_number { text.to_string() } else { String::new() };
        if self.place_node(Some((text, is_plain)), place) == Role::Value && is_no_number {
            let pointer = self.pointer();
            self.problem(
                place,
                &pointer,
                format!("`{shown}` is not a number that JSON knows"),
                "write a number, or put quotes around it if it is a text",
            );
        }
    }

    /// Puts a node into the map or list that is open.
    fn place_node(&mut self, scalar: Option<(Cow<'a, str>, bool)>, place: Place) -> Role {
        if self.documents > 1 {
            return Role::Key;
        }
        let key_place = match self.open.last_mut() {
            None => None,
            Some(Open::List { next }) => {
                *next += 1;
                None
            }
            Some(Open::Key) => return Role::Key,
            Some(Open::Map { keys, key, waits }) => match waits.take() {
                Some(key_place) => Some(key_place),
                None => {
                    let (name, is_plain) = match scalar {
                        Some((name, is_plain)) => (name, Some(is_plain)),
                        None => (Cow::Borrowed(""), None),
                    };
                    let first = keys.get(&name).copied();
                    keys.entry(name.clone()).or_insert(place);
                    *key = name.clone();
                    *waits = Some(place);
                    self.key(is_plain.map(|is_plain| (&*name, is_plain)), first, place);
                    return Role::Key;
                }
            },
        };
        if self.places.is_some() {
            let pointer = self.pointer();
            if let Some(places) = &mut self.places {
                places.insert(&pointer, key_place, place);
            }
        }
        Role::Value
    }

    /// The pointer of the node that was placed last, or of the key that was read last.
    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for open in &self.open {
            match open {
                Open::Map { key, .. } => place::push(&mut pointer, key),
                Open::List { next } => place::push(&mut pointer, &next.saturating_sub(1).to_string()),
                Open::Key => {}
            }
        }
        pointer
    }

    /// Looks at a key.
    fn key(&mut self, scalar: Option<(&str, bool)>, first: Option<Place>, place: Place) {
        let is_text = |(text, is_plain): (&str, bool)| !is_plain || (text != "<<" && !is_no_text(text));
        if first.is_none() && scalar.is_some_and(is_text) {
            return;
        }
        let pointer = &self.pointer();
        match scalar {
            None => {
                self.ambiguous(place, pointer, "a map or a list stands where a key should", "write a text as the key")
            }
            Some(("<<", true)) => self.problem(
                place,
                pointer,
                "`<<` is a merge key, which YAML 1.2 does not know: tools read it differently",
                "write the keys out, or use `allOf` with a `$ref`",
            ),
            Some((text, true)) if is_no_text(text) => self.problem(
                place,
                pointer,
                format!("the key `{text}` is not a text"),
                format!("put quotes around it: `\"{text}\":`"),
            ),
            Some((text, _)) => {
                if let Some(first) = first {
                    self.problem(
                        place,
                        pointer,
                        format!("the key `{text}` stands here for the second time, first in line {}", first.line),
                        "keep one of the two, or merge them by hand",
                    );
                }
            }
        }
    }

    fn problem(&mut self, place: Place, pointer: &str, what: impl AsRef<str>, instead: impl AsRef<str>) {
        let Source { name, text } = self.source;
        self.scan.problems.push(Problem::new(name, text, place, pointer, what, instead));
    }

    fn ambiguous(&mut self, place: Place, pointer: &str, what: &str, instead: &str) {
        self.scan.is_ambiguous = true;
        self.problem(place, pointer, what, instead);
    }
}

fn place_of_span(span: Span) -> Place {
    let width = if span.start.line() == span.end.line() { span.end.col().saturating_sub(span.start.col()) } else { 1 };
    Place { line: span.start.line().max(1), column: span.start.col() + 1, width: width.max(1) }
}

fn place_of_error(error: &ScanError) -> (Place, String) {
    let place = Place { line: error.marker().line().max(1), column: error.marker().col() + 1, width: 1 };
    (place, error.info().to_owned())
}

/// Whether a plain scalar is one of YAML's numbers that JSON does not have. They would silently become null.
fn is_no_json_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_named = matches!(unsigned, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN");
    let is_too_large = unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && text.parse::<f64>().is_ok_and(f64::is_infinite);
    is_named || is_too_large
}

/// Whether a plain scalar as a key is null, a boolean or a fraction. Whole numbers (status codes) are fine.
fn is_no_text(text: &str) -> bool {
    let is_word =
        matches!(text, "" | "~" | "null" | "Null" | "NULL" | "true" | "True" | "TRUE" | "false" | "False" | "FALSE");
    let is_fraction = text.parse::<f64>().is_ok()
        && text.parse::<i128>().is_err()
        && text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first));
    is_word || is_fraction || is_no_json_number(text)
}
