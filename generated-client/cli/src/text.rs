//! Texts that come from elsewhere, on a terminal.

use std::borrow::Cow;

/// The same text with what would move a terminal's cursor or change its colours written out: a server's words are shown,
/// and do nothing. Line breaks stay if `lines` are wanted.
pub(crate) fn shown(text: &str, lines: bool) -> Cow<'_, str> {
    let acts = |c: char| (c.is_control() && !(lines && c == '\n')) || turns(c);
    if !text.chars().any(acts) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if acts(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    shown.into()
}

/// Whether it changes the direction of what follows: an id could be shown as another one.
fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_act_on_a_terminal_is_written_out() {
        assert_eq!(shown("a\u{1b}[2Jb\u{9b}c\u{202e}d", false), "a\\u{1b}[2Jb\\u{9b}c\\u{202e}d");
        assert_eq!(shown("größer 大", false), "größer 大");
    }

    #[test]
    fn line_breaks_stay_only_where_they_are_wanted() {
        assert_eq!(shown("a\nb", true), "a\nb");
        assert_eq!(shown("a\nb", false), "a\\u{a}b");
    }
}
