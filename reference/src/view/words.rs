//! What the words and marks of the page mean.

use maud::{Markup, html};

use super::glance::statement;
use super::text::inline;
use crate::model::Model;
use crate::model::shared::anchor;

pub(crate) fn view(model: &Model) -> Markup {
    html! {
        section #truths {
            h2 { "How to read the tables" }
            p { "Each field has three columns of truth." }
            dl.truths {
                div { dt { "Page says" } dd {
                    "The row of the published page: its type, its mark of Required, its words, to the letter. "
                    span.flag { "a reason" } " links to why it is not followed. "
                    span.starred { "Required" } ": the page marks all fields of its answers so, and its own examples lack some of them."
                } }
                div { dt { "Recorded example" } dd {
                    "What the page's own example shows, to the letter: " code { "1.073741824E9" } " is a number that it prints. "
                    "Integers are integers by value, so read them in any notation. "
                    em { "not in it" } " means that the example lacks the field."
                } }
                div { dt { "Server does" } dd {
                    "What to rely on. " a.fix href="#corrections" { "Correction" }
                    " marks where the server does otherwise than the page says, and links to the evidence. "
                    "Servers leave out what is null: no field of an answer is sure to be there."
                } }
            }
        }
        section #types {
            h2 { "Shared types" }
            @for shared in &model.types {
                div.card id=(anchor(&shared.name)) {
                    h3 { (shared.name) }
                    p { (inline(&shared.description)) (super::evidence::fixes(&shared.corrections, model)) }
                    @for note in &shared.notes { (statement(note, model)) }
                }
            }
        }
        section #outcomes {
            h2 { "After a failed call" }
            p { "What is known then decides whether the call may be sent again. The tables of errors name it." }
            div.scroll tabindex="0" role="region" aria-label="Outcomes" {
                table.stack role="table" {
                    thead role="rowgroup" { tr role="row" {
                        th scope="col" role="columnheader" { "Outcome" }
                        th scope="col" role="columnheader" { "When" }
                        th scope="col" role="columnheader" { "Send again?" }
                    } }
                    tbody role="rowgroup" {
                        @for word in &model.words.outcomes {
                            tr role="row" id={ "outcome-" (word.outcome) } {
                                th scope="row" role="rowheader" { span class={ "outcome " (word.outcome) } { (word.name) } }
                                td role="cell" data-label="When" { (inline(&word.when)) }
                                td role="cell" data-label="Send again?" { (inline(&word.again)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
