//! Texts of the sources as HTML: their `code`, their **stress**, their paragraphs.

use maud::{Markup, html};

/// One paragraph's words, with what stands between backticks as code and between double asterisks as stress.
pub(crate) fn inline(text: &str) -> Markup {
    html! {
        @for (index, part) in text.split('`').enumerate() {
            @if index % 2 == 1 { code { (breakable(part)) } }
            @else {
                @for (index, part) in part.split("**").enumerate() {
                    @if index % 2 == 1 { strong { (part) } } @else { (part) }
                }
            }
        }
    }
}

/// Paragraphs, which are parted by empty lines.
pub(crate) fn paragraphs(text: &str) -> Markup {
    html! {
        @for paragraph in text.split("\n\n") { p { (inline(paragraph.trim())) } }
    }
}

/// A name or a path that may be broken where a part of it begins.
pub(crate) fn breakable(text: &str) -> Markup {
    html! {
        @for (index, part) in text.split_inclusive(['.', '/', '-', '_']).enumerate() {
            @if index > 0 { wbr; }
            (part)
        }
    }
}

/// A number and its noun.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}
