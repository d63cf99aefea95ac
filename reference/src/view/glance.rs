//! An operation at a glance: what is to be known before any field.

use maud::{Markup, html};

use super::text::inline;
use super::words_of_page;
use crate::model::Model;
use crate::model::knowledge::Statement;
use crate::model::operation::Operation;

pub(crate) fn view(operation: &Operation, model: &Model) -> Markup {
    let about = &operation.about;
    html! {
        dl.glance {
            div.danger[!about.destroys_nothing] { dt { "Destroys" } dd { (statement(&about.destroys, model)) } }
            div { dt { "Send again?" } dd { (statement(&about.again, model)) } }
            div { dt { "Credentials" } dd {
                @for credentials in &about.credentials {
                    @for header in &credentials.headers { p { code { (header) } } }
                    (statement(&credentials.lifetime, model))
                }
            } }
            div { dt { "Address" } dd {
                p { code { (operation.server) } }
                @if let Some(page) = &operation.page {
                    @if page.address != operation.server { p.quiet { "The page says " code { (page.address) } "." } }
                }
            } }
            div { dt { "Carried out" } dd {
                p { (carried_out(operation)) }
                @if let Some(page) = operation.page.as_ref().filter(|page| !page.execution.is_empty()) {
                    p.quiet { "The page says " q { (page.execution) } "." }
                }
            } }
            div { dt { "Since" } dd { p {
                @match &operation.since {
                    Some(version) => { "version " (version) }
                    None => { "not said" }
                }
            } } }
            @if let Some(page) = &operation.page {
                div { dt { "Page" } dd { p { code { (page.page) } ", " (words_of_page(&page.title)) } } }
            } @else {
                div { dt { "Page" } dd { p { "none: no page describes this operation" } } }
            }
        }
    }
}

fn carried_out(operation: &Operation) -> Markup {
    html! {
        @if operation.is_job {
            strong { "As a job." } " The server accepts it with 202 and carries it out afterwards; the result comes from "
            a href="#QueryApiJob" { "the query for jobs" } "."
        } @else if operation.service == "cbr" {
            strong { "Afterwards." } " 202 means accepted. How it ends is not told by any of these operations; " a href={ "#" (operation.id) ".202.job_id" } { code { "job_id" } } " is for another one."
        } @else {
            "At once: the answer has the result."
        }
    }
}

/// A sentence with the grade of its evidence.
pub(crate) fn statement(statement: &Statement, model: &Model) -> Markup {
    html! {
        p { (inline(&statement.says)) " " (super::evidence::grade(&statement.evidence, model)) }
    }
}
