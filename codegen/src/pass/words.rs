//! A document's words, as they may stand in documentation.
//!
//! In a comment, some characters are none: a line that ends in another way than Rust's, a control character, a mark
//! that turns the direction of writing (which compilers refuse). And rustdoc runs every block of code that is not said
//! to be something else: a document's example would be a test of the client.

/// What a block of code is called that rustdoc takes for Rust. Without any of them it is Rust as well, if it has none.
const RUST: [&str; 7] =
    ["rust", "should_panic", "no_run", "ignore", "compile_fail", "test_harness", "standalone_crate"];

/// The text with no more than words in it: blocks of code are closed, and of text; no line is a block by its indentation.
pub(super) fn tame(text: &str) -> String {
    let mut lines = Vec::new();
    let mut fence: Option<String> = None;
    let mut block = Block::None;
    for line in plain(text).lines() {
        let marks = marks(line);
        match (&fence, marks) {
            (Some(open), Some(marks)) if marks.starts_with(open.as_str()) && line.trim() == marks => {
                lines.push(line.trim().to_owned());
                fence = None;
            }
            // As it is: indentation means nothing special within a block.
            (Some(_), _) => lines.push(line.to_owned()),
            (None, Some(marks)) => {
                lines.push(opened(line.trim(), marks));
                fence = Some(marks.to_owned());
            }
            (None, None) => {
                lines.push(block.line(line));
                continue;
            }
        }
        block = Block::None;
    }
    lines.extend(fence);
    lines.join("\n")
}

/// The same with Rust's ends of lines, and without characters that a comment can't have.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\t', "    ");
    let letter = |letter: char| match letter {
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        // Embeddings, overrides and isolates of direction.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        '\n' => Some('\n'),
        letter if letter.is_control() => None,
        letter => Some(letter),
    };
    text.chars().filter_map(letter).collect()
}

/// The marks that a line begins or ends a block of code with.
fn marks(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let first = line.chars().next().filter(|first| matches!(first, '`' | '~'))?;
    let rest = line.trim_start_matches(first);
    let marks = &line[..line.len() - rest.len()];
    // More of them in the line make a word of code of it, and no block.
    (marks.len() >= 3 && !(first == '`' && rest.contains('`'))).then_some(marks)
}

/// The beginning of a block of code, which says that it is no Rust.
fn opened(line: &str, marks: &str) -> String {
    let language = line.trim_start_matches(marks).trim();
    let mut words = language.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'));
    let is_rust = language.is_empty() || words.any(|word| RUST.contains(&word) || word.starts_with("edition"));
    if is_rust { format!("{marks}text") } else { line.to_owned() }
}

/// What a line may belong to without saying so: Markdown takes it in all the same, and clippy wants it to be said.
enum Block {
    None,
    /// An item of a list, whose words begin at this column.
    Item(usize),
    /// A quotation, with its marks.
    Quote(String),
}

impl Block {
    /// The line as a part of what it belongs to, and without the indentation that makes a block of code.
    fn line(&mut self, line: &str) -> String {
        let words = line.trim_start();
        let blanks = (line.chars().count() - words.chars().count()).min(3);
        let quoted = words.len() - words.trim_start_matches('>').len();
        // What looks like a reference to a footnote is none.
        let text = words.replace("[^", "\\[^");
        if words.is_empty() || words.starts_with('#') {
            *self = Block::None;
        } else if let Some(width) = marker(words) {
            *self = Block::Item(blanks + width);
        } else if quoted > 0 {
            *self = Block::Quote(words[..quoted].to_owned());
        } else if let Block::Item(column) = self {
            return format!("{}{text}", " ".repeat(*column));
        } else if let Block::Quote(marks) = self {
            return format!("{marks} {text}");
        }
        format!("{}{text}", " ".repeat(blanks))
    }
}

/// How wide the mark of an item of a list is that a line begins with.
fn marker(words: &str) -> Option<usize> {
    let digits = words.len() - words.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let (mark, rest) = words[digits..].split_at_checked(1)?;
    let is_mark = if digits == 0 { matches!(mark, "-" | "*" | "+") } else { matches!(mark, "." | ")") };
    (is_mark && (rest.is_empty() || rest.starts_with(' '))).then_some(digits + 2)
}

#[cfg(test)]
mod tests {
    use super::tame;

    #[test]
    fn every_end_of_a_line_is_one_and_what_no_comment_can_have_goes() {
        assert_eq!(tame("a\rb\r\nc\u{2028}d\u{202e}e\u{7}\tf"), "a\nb\nc\nde    f");
    }

    #[test]
    fn a_block_of_code_is_a_text_and_has_an_end() {
        assert_eq!(tame("```\nlet a = 1;"), "```text\nlet a = 1;\n```");
        assert_eq!(tame("~~~rust,no_run\n    a\n~~~\nb"), "~~~text\n    a\n~~~\nb");
        assert_eq!(tame("```json\n{}\n```"), "```json\n{}\n```");
        assert_eq!(tame("```a``` in a line"), "```a``` in a line");
    }

    #[test]
    fn no_indentation_makes_a_block_of_code() {
        assert_eq!(tame("a\n\n    b\n  c"), "a\n\n   b\n  c");
    }

    #[test]
    fn what_belongs_to_an_item_or_a_quotation_says_so() {
        assert_eq!(tame("- a\nb\n10. c\nd\n\ne"), "- a\n  b\n10. c\n    d\n\ne");
        assert_eq!(tame("> a\nb\n>> c"), "> a\n> b\n>> c");
    }

    #[test]
    fn nothing_is_a_footnote() {
        assert_eq!(tame("a [^1]"), "a \\[^1]");
    }
}
