//! One operation.

use maud::{Markup, html};

use super::contents::by_words;
use super::text::{breakable, inline, paragraphs};
use super::{answers, code, evidence, failures, fields, glance};
use crate::model::Model;
use crate::model::correction::{Correction, Step};
use crate::model::operation::Operation;

pub(crate) fn service_name(service: &str) -> &str {
    match service {
        "zstack" => "ZStack Cloud",
        "cbr" => "Cloud Backup and Recovery",
        other => other,
    }
}

pub(crate) fn method(operation: &Operation) -> Markup {
    html! { span class={ "method " (operation.method.to_lowercase()) } { (operation.method) } }
}

pub(crate) fn view(operation: &Operation, model: &Model) -> Markup {
    let id = &operation.id;
    html! {
        article #(id) aria-labelledby={ (id) "-title" } {
            header {
                p.kicker { (service_name(&operation.service)) @if operation.is_plumbing { ", for the jobs of the others" } }
                h2 id={ (id) "-title" } { (by_words(id)) }
                p.path { (method(operation)) " " code { (breakable(&operation.path)) } }
            }
            div.lead { (paragraphs(without_warning(&operation.description))) }
            @if operation.may_fail_in_200 {
                p.warning {
                    strong { "A 200 may be a failure." }
                    " If " code { "error" } " is there and not null, the operation failed. Look at it first."
                }
            }
            (glance::view(operation, model))
            @if !operation.corrections.is_empty() && operation.page.is_some() {
                (wrong(operation, model))
            }
            h3 id={ (id) "-call" } { "Call" }
            div.pair {
                (code::block("curl", id, operation.snippet.curl.text.trim_end()))
                @if let Some(rust) = &operation.snippet.rust { (code::block("Rust", id, rust_shown(&rust.text))) }
            }
            (answers::prints(operation))
            h3 id={ (id) "-request" } { "Request" }
            @for said in &operation.about.requests { (glance::statement(said, model)) }
            @for group in &operation.inputs { (fields::view(group, operation, model)) }
            @if let Some(recorded) = &operation.recorded {
                h4 { "The page's own request" }
                @if let Some(said) = &operation.about.pages_request { (glance::statement(said, model)) }
                (code::block("recorded request", id, &recorded.request_in_lines()))
            }
            @if *id == model.rules.operation { (rules(model)) }
            h3 id={ (id) "-answers" } { "Answers" }
            (answers::view(operation, model))
            h3 id={ (id) "-errors" } { "Errors" }
            (failures::view(operation, model))
        }
    }
}

/// The description without its words on a 200 that is a failure, which have a place of their own.
fn without_warning(description: &str) -> &str {
    description.split("\n\nIf `error`").next().unwrap_or(description)
}

/// What is shown of a program: all but the words about the file itself.
fn rust_shown(text: &str) -> &str {
    let text = text.trim();
    match text.split_once("\n\n") {
        Some((first, rest)) if first.starts_with("//!") => rest,
        _ => text,
    }
}

/// What the page of the operation gets wrong, each with the grade of its evidence.
fn wrong(operation: &Operation, model: &Model) -> Markup {
    let corrections: Vec<_> = operation.corrections.iter().filter_map(|index| model.corrections.get(*index)).collect();
    html! {
        details.wrong open {
            summary { "What the page gets wrong, or leaves out: " (super::text::count(corrections.len(), "correction", "corrections")) }
            ul {
                @for correction in corrections {
                    li {
                        a.fix href={ "#" (correction.anchor()) } { (correction.name) }
                        @for evidence in correction.evidence() { " " (evidence::grade(evidence, model)) }
                        @if let Some(step) = told(correction, operation) { " " (inline(&step.says)) }
                    }
                }
            }
        }
    }
}

/// The step of a correction that an operation's list tells: the last that names it, or else the first.
fn told<'a>(correction: &'a Correction, operation: &Operation) -> Option<&'a Step> {
    let own = correction.steps.iter().rev().find(|step| step.part.contains(&operation.id));
    own.or(correction.steps.first())
}

/// Rules that hold only together with other fields.
fn rules(model: &Model) -> Markup {
    html! {
        h3 id={ (model.rules.operation) "-rules" } { "Rules that hold only together" }
        p { (inline(&model.rules.introduction)) }
        div.scroll tabindex="0" role="region" aria-label="Rules" {
            table.stack role="table" {
                thead role="rowgroup" { tr role="row" {
                    th scope="col" role="columnheader" { "What is restored" }
                    th scope="col" role="columnheader" { "Send" }
                    th scope="col" role="columnheader" { "Why, and what else" }
                } }
                tbody role="rowgroup" {
                    @for rule in &model.rules.rules {
                        tr role="row" {
                            th scope="row" role="rowheader" { (inline(&rule.case)) }
                            td role="cell" data-label="Send" { (inline(&rule.send)) }
                            td role="cell" data-label="Why, and what else" {
                                (inline(&rule.otherwise)) " " (evidence::grade(&rule.evidence, model))
                            }
                        }
                    }
                }
            }
        }
    }
}
