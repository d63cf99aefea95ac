//! What an operation answers: tables, and examples to the letter.

use maud::{Markup, html};

use super::text::paragraphs;
use super::{code, fields};
use crate::model::Model;
use crate::model::operation::{Answer, Operation};
use crate::model::printed::Printed;

pub(crate) fn view(operation: &Operation, model: &Model) -> Markup {
    html! {
        @for answer in &operation.outputs { (one(answer, operation, model)) }
        @if let Some(response) = operation.recorded.as_ref().and_then(|recorded| recorded.response.as_ref()) {
            details open {
                summary { "The page's own answer, numbers as printed" }
                (code::block("recorded answer", &operation.id, &response.to_string()))
            }
        }
        div.pair {
            @for failure in operation.failures.iter().filter(|failure| failure.example) {
                (code::block(&format!("failure, {}", failure.status), &operation.id, &pretty(&failure.body)))
            }
        }
    }
}

fn one(answer: &Answer, operation: &Operation, model: &Model) -> Markup {
    html! {
        h4 {
            @for status in &answer.statuses { span.status.failure[answer.is_failure] { (status) } " " }
            @if answer.is_failure { "failure" } @else if answer.statuses.iter().any(|status| status == "202") { "accepted" } @else { "result" }
        }
        (paragraphs(&answer.description))
        @if operation.is_job && answer.statuses.iter().any(|status| status == "200") {
            p.quiet { "The page shows it as the answer of the request itself. Servers give it to " a href="#QueryApiJob" { "the query for jobs" } "." }
        }
        @if let Some(anchor) = &answer.elsewhere {
            p { "The body has one field, " code { "error" } ": " a href={ "#" (anchor) } { "its fields are told above" } "." }
        }
        @if !answer.any_of.is_empty() {
            p { "The body is that of the operation's own answer: " }
            ul {
                @for schema in &answer.any_of {
                    @if let Some(id) = schema.strip_suffix("Response") {
                        li { a href={ "#" (id) ".200" } { (super::contents::by_words(id)) } }
                    }
                }
            }
        }
        @for group in &answer.groups { (fields::view(group, operation, model)) }
    }
}

/// What the commands print against the stand-in server.
pub(crate) fn prints(operation: &Operation) -> Markup {
    let lines: Vec<String> = operation.snippet.prints.text.trim_end().lines().map(pretty).collect();
    html! {
        details open {
            summary { "What curl prints against the stand-in server, with line breaks added" }
            (code::block("output", &operation.id, &lines.join("\n")))
        }
    }
}

/// JSON with line breaks; anything else as it is.
fn pretty(text: &str) -> String {
    match Printed::read(text) {
        Ok(printed) if text.starts_with(['{', '[']) => printed.to_string(),
        _ => text.to_owned(),
    }
}
