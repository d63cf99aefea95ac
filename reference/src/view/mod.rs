//! The page as HTML: one file for each part of it.

mod answers;
mod code;
mod contents;
mod evidence;
mod failures;
mod fields;
mod frame;
mod glance;
mod operation;
mod start;
mod text;
mod words;

use maud::{Markup, html};

use crate::model::Model;

/// The whole page.
pub(crate) fn page(model: &Model) -> String {
    let main = html! {
        (start::view(model))
        (words::view(model))
        @for operation in &model.operations {
            (operation::view(operation, model))
        }
        (evidence::corrections(model))
        (evidence::deviations(model))
        (evidence::other(model))
    };
    frame::view(&contents::view(model), &main).into_string()
}

/// A page's words, to the letter; those in another language are not repeated.
fn words_of_page(words: &str) -> Markup {
    html! {
        @if words.is_empty() { span.none { "no words" } }
        @else if words.is_ascii() { q { (text::breakable(words)) } }
        @else { span.none { "words in Chinese" } }
    }
}
