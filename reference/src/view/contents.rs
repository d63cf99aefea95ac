//! The table of contents.

use maud::{Markup, html};

use super::operation::{method, service_name};
use super::text::breakable;
use crate::model::{Model, operation::Operation};

pub(crate) fn view(model: &Model) -> Markup {
    let groups = model.operations.chunk_by(|one, other| group(one) == group(other));
    html! {
        ul {
            li { a href="#top" { "In numbers" } }
            li { a href="#first" { "Before the first call" } }
            li { a href="#truths" { "How to read the tables" } }
            li { a href="#types" { "Shared types" } }
            li { a href="#outcomes" { "After a failed call" } }
        }
        @for operations in groups {
            p.service { @if let Some(first) = operations.first() { (group(first)) } }
            ul {
                @for operation in operations {
                    li {
                        a href={ "#" (operation.id) } { (method(operation)) " " span { (by_words(&operation.id)) } }
                        ul {
                            li { a href={ "#" (operation.id) "-call" } { "Call" } }
                            li { a href={ "#" (operation.id) "-request" } { "Request" } }
                            @if operation.id == model.rules.operation {
                                li { a href={ "#" (operation.id) "-rules" } { "Rules" } }
                            }
                            li { a href={ "#" (operation.id) "-answers" } { "Answers" } }
                            li { a href={ "#" (operation.id) "-errors" } { "Errors" } }
                        }
                    }
                }
            }
        }
        p.service { "Evidence" }
        ul {
            li { a href="#corrections" { "Where servers do otherwise" } }
            li { a href="#deviations" { "Where pages are not followed" } }
            li { a href="#evidence" { "Other evidence" } }
        }
    }
}

/// The heading that an operation stands below. The query for jobs is a part of the operations that are jobs, and none of
/// its own.
fn group(operation: &Operation) -> &str {
    if operation.is_plumbing { "Plumbing of the jobs" } else { service_name(&operation.service) }
}

/// A name of an operation, which may be broken before each of its words.
pub(crate) fn by_words(name: &str) -> Markup {
    let starts: Vec<usize> = name
        .char_indices()
        .filter(|(index, letter)| *index > 0 && letter.is_uppercase())
        .map(|(index, _)| index)
        .collect();
    let ends = starts.iter().copied().chain([name.len()]);
    let words = [0].into_iter().chain(starts.iter().copied()).zip(ends);
    html! {
        @for (start, end) in words {
            @if start > 0 { wbr; }
            (breakable(name.get(start..end).unwrap_or_default()))
        }
    }
}
