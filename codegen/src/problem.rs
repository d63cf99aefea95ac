//! What is wrong with a document, told so that a person can mend it.

use std::fmt;

use crate::place::Place;

/// One thing that is wrong with a document: where it stands, what is wrong, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The name of the document, as the caller gave it (`spec/openapi.yaml`).
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1, in characters.
    pub column: usize,
    /// How many characters of the line are meant, at least 1.
    pub width: usize,
    /// The JSON pointer of the place, after a `#`: `#/paths/~1volumes/get`.
    pub pointer: String,
    /// The action of an overlay that last wrote the place, where one did: its own place, and its name.
    pub overlay: Option<String>,
    /// What is wrong: a sentence without its full stop.
    pub what: String,
    /// What to write instead: a sentence without its full stop.
    pub instead: String,
    /// The line of the document that is meant; empty where the document has none.
    pub excerpt: String,
}

impl Problem {
    /// Makes a problem of a place in a text. The line that is shown is taken from the text.
    pub(crate) fn new(
        file: &str,
        text: &str,
        place: Place,
        pointer: &str,
        what: impl AsRef<str>,
        instead: impl AsRef<str>,
    ) -> Self {
        let excerpt = text.lines().nth(place.line.saturating_sub(1)).unwrap_or("");
        Self {
            file: file.to_owned(),
            line: place.line,
            column: place.column,
            width: place.width,
            pointer: format!("#{pointer}"),
            overlay: None,
            what: visible(what.as_ref()),
            instead: visible(instead.as_ref()),
            excerpt: excerpt.to_owned(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.line.to_string();
        let margin = " ".repeat(number.len());
        writeln!(f, "error: {}", self.what)?;
        writeln!(f, "{margin}--> {}:{}:{}", self.file, self.line, self.column)?;
        if !self.excerpt.trim().is_empty() {
            let (shown, marks) = underline(&self.excerpt, self.column, self.width);
            writeln!(f, "{margin} |")?;
            writeln!(f, "{number} | {shown}")?;
            writeln!(f, "{margin} | {marks}")?;
        }
        writeln!(f, "{margin} = at: {}", visible(&self.pointer))?;
        if let Some(overlay) = &self.overlay {
            writeln!(f, "{margin} = written by: {}", visible(overlay))?;
        }
        writeln!(f, "{margin} = instead: {}", self.instead)
    }
}

/// Everything that is wrong with a document, or with it and its overlay: at least one problem, in the order of the
/// lines of each file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report(Vec<Problem>);

impl Report {
    /// A report of these problems, or nothing if there are none.
    pub(crate) fn of(mut problems: Vec<Problem>) -> Option<Self> {
        order(&mut problems);
        (!problems.is_empty()).then_some(Self(problems))
    }

    /// This report with further problems.
    pub(crate) fn and(mut self, problems: Vec<Problem>) -> Self {
        self.0.extend(problems);
        order(&mut self.0);
        self
    }

    /// A report of one problem.
    pub(crate) fn from_problem(problem: Problem) -> Self {
        Self(vec![problem])
    }

    /// A report on a document of which nothing is known but that it can't be read.
    pub(crate) fn unreadable(name: &str) -> Self {
        Self(vec![Problem::new(
            name,
            "",
            Place::START,
            "",
            "the document can't be read",
            "write an OpenAPI 3.0.4 document",
        )])
    }

    /// The problems, in the order of the document's lines.
    pub fn problems(&self) -> &[Problem] {
        &self.0
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            writeln!(f, "{problem}")?;
        }
        let mut files: Vec<&str> = self.0.iter().map(|problem| problem.file.as_str()).collect();
        files.dedup();
        let file = files.join(" and ");
        match self.0.len() {
            1 => write!(f, "1 problem in {file}"),
            number => write!(f, "{number} problems in {file}"),
        }
    }
}

impl std::error::Error for Report {}

/// Puts problems in the order of the lines of each file, each of them once.
fn order(problems: &mut Vec<Problem>) {
    problems.sort_by(|a, b| {
        (&a.file, a.line, a.column, &a.pointer, &a.what).cmp(&(&b.file, b.line, b.column, &b.pointer, &b.what))
    });
    problems.dedup();
}

/// How much of a long line is shown before and after the column that is meant.
const BEFORE: usize = 40;
const AFTER: usize = 60;

/// The line (or the part of a long one around the column), and the carets below it.
fn underline(line: &str, column: usize, width: usize) -> (String, String) {
    let characters: Vec<char> = line.chars().collect();
    let start = column.saturating_sub(1).min(characters.len());
    let (first, last) = if characters.len() <= BEFORE + AFTER {
        (0, characters.len())
    } else {
        (start.saturating_sub(BEFORE), (start + AFTER).min(characters.len()))
    };
    let mut shown = String::new();
    let mut marks = String::new();
    if first > 0 {
        shown.push('…');
        marks.push(' ');
    }
    for (index, character) in characters.iter().enumerate().take(last).skip(first) {
        // A tab or a control character must not move what follows away from the carets.
        shown.push(if character.is_control() { ' ' } else { *character });
        if index < start {
            marks.push(' ');
        }
    }
    if last < characters.len() {
        shown.push('…');
    }
    let room = last.saturating_sub(start).max(1);
    marks.push_str(&"^".repeat(width.clamp(1, room)));
    (shown.trim_end().to_owned(), marks)
}

/// The text with its control characters spelled out: names from a document must not break the report's lines.
fn visible(text: &str) -> String {
    text.chars()
        .flat_map(
            |character| {
                if character.is_control() { character.escape_default().collect::<Vec<_>>() } else { vec![character] }
            },
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::underline;

    #[test]
    fn the_carets_stand_below_the_word() {
        let (shown, marks) = underline("  default:", 3, 7);
        assert_eq!(shown, "  default:");
        assert_eq!(marks, "  ^^^^^^^");
    }

    #[test]
    fn a_long_line_is_cut_around_the_column() {
        let line = format!("{}word{}", "a".repeat(500), "b".repeat(500));
        let (shown, marks) = underline(&line, 501, 4);
        assert_eq!(shown, format!("…{}word{}…", "a".repeat(40), "b".repeat(56)));
        assert_eq!(marks, format!("{}^^^^", " ".repeat(41)));
    }

    #[test]
    fn a_place_behind_the_end_of_a_line_has_one_caret() {
        let (_, marks) = underline("ab", 9, 5);
        assert_eq!(marks, "  ^");
    }
}
