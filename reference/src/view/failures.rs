//! The errors of an operation: what each means, what is then known, what to do.

use maud::{Markup, html};

use super::evidence;
use super::text::inline;
use crate::model::Model;
use crate::model::failure::Failure;
use crate::model::operation::Operation;

pub(crate) fn view(operation: &Operation, model: &Model) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label={ "Errors of " (operation.id) } {
            table.stack.errors role="table" {
                thead role="rowgroup" { tr role="row" {
                    @for name in ["Status", "Code", "Meaning", "Outcome", "What to do"] {
                        th scope="col" role="columnheader" { (name) }
                    }
                } }
                tbody role="rowgroup" {
                    @for (index, failure) in operation.failures.iter().enumerate() {
                        (row(operation, index, failure, model))
                    }
                }
            }
        }
    }
}

fn row(operation: &Operation, index: usize, failure: &Failure, model: &Model) -> Markup {
    let code = failure.code.as_str();
    let is_code = code.contains('.') && !code.contains(' ');
    // Two kinds of answers may have the same status and no code.
    let number = if is_code && code.is_ascii() { code.to_owned() } else { index.to_string() };
    let name = model.words.outcome(&failure.outcome).map_or(failure.outcome.as_str(), |word| &word.name);
    html! {
        tr role="row" id={ (operation.id) ".error." (failure.status) "." (number) } {
            th scope="row" role="rowheader" { span.status.failure { (failure.status) } }
            td role="cell" data-label="Code" { @if is_code { code { (code) } } @else { (code) } }
            td role="cell" data-label="Meaning" { (inline(&failure.meaning)) " " (evidence::grade(&failure.evidence, model)) }
            td role="cell" data-label="Outcome" {
                a class={ "outcome " (failure.outcome) } href={ "#outcome-" (failure.outcome) } { (name) }
            }
            td role="cell" data-label="What to do" { (inline(&failure.do_)) }
        }
    }
}
