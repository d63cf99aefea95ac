//! Tables of fields, with their three columns of truth.

use maud::{Markup, html};

use super::evidence::fixes;
use super::text::{breakable, inline};
use super::words_of_page;
use crate::model::Model;
use crate::model::deviation::Deviation;
use crate::model::field::{Field, PageWords, Server};
use crate::model::group::Group;
use crate::model::operation::Operation;
use crate::model::recorded::Shown;

/// What the column beside it says already, where the page lacks a field.
const REMARK: &str = "The page does not show it.";

/// On nearly every field of every answer: told by a mark, so that the others stand out.
const EVERYWHERE: &str = "required-contradicted-by-examples";

pub(crate) fn view(group: &Group, operation: &Operation, model: &Model) -> Markup {
    let is_error = group.schema.as_deref() == Some("ErrorCode");
    let table = html! {
        table.stack.fields role="table" {
            thead role="rowgroup" { tr role="row" {
                @for name in ["Field", "Type", "Page says", "Recorded example", "Server does"] {
                    th scope="col" role="columnheader" { (name) }
                }
            } }
            tbody role="rowgroup" {
                @for field in &group.fields { (row(field, operation, model)) }
            }
        }
    };
    let label = format!("{} {}", operation.id, title_text(group));
    html! {
        details.fields #(group.anchor) open[!is_error] {
            summary { (title(group)) }
            @if !group.description.is_empty() { p.quiet { (inline(&group.description)) (fixes(&group.corrections, model)) } }
            div.scroll tabindex="0" role="region" aria-label=(label) { (table) }
        }
    }
}

fn title_text(group: &Group) -> String {
    match (group.anchor.ends_with(".parameters"), group.path.as_str()) {
        (true, _) => "parameters and credentials".to_owned(),
        (_, "") => "body".to_owned(),
        (_, path) => path.to_owned(),
    }
}

fn title(group: &Group) -> Markup {
    html! {
        @match (group.anchor.ends_with(".parameters"), group.path.as_str()) {
            (true, _) => "Parameters and credentials",
            (_, "") => "Body",
            (_, path) => code { (breakable(path)) },
        }
        @if let Some(schema) = group.schema.as_ref().filter(|_| !group.path.is_empty()) {
            " " span.quiet { (super::contents::by_words(schema)) }
        }
    }
}

fn row(field: &Field, operation: &Operation, model: &Model) -> Markup {
    let (above, name) = field.path.rsplit_once('.').map_or(("", field.path.as_str()), |(above, name)| (above, name));
    html! {
        tr role="row" #(field.anchor) {
            th scope="row" role="rowheader" {
                a.field href={ "#" (field.anchor) } {
                    code {
                        @if !above.is_empty() { span.above { (breakable(above)) "." } wbr; }
                        (super::contents::by_words(name))
                    }
                }
                @if let Some(place) = field.place { " " span.place { (place) } }
            }
            td role="cell" { (type_of(field)) }
            td role="cell" { (page(field)) }
            td role="cell" { (shown(field, operation)) }
            td role="cell" { (server(field, model)) }
        }
    }
}

fn type_of(field: &Field) -> Markup {
    html! {
        @match &field.type_anchor {
            Some(anchor) => a href={ "#" (anchor) } { (super::contents::by_words(&field.type_)) },
            None => (super::contents::by_words(&field.type_)),
        }
        @if let Some(unit) = field.unit { span.unit { "in " (unit) } }
        @if field.nullable { span.unit { "or null" } }
    }
}

fn page(field: &Field) -> Markup {
    html! {
        @match &field.page {
            None => span.none { "not on the page" },
            Some(words) => (page_words(field, words)),
        }
    }
}

fn page_words(field: &Field, words: &PageWords) -> Markup {
    let is = |key: &str| words.deviations.iter().any(|deviation| deviation == key);
    let required = match words.required.as_str() {
        "" => "no mark",
        "Yes" => "Mandatory: Yes",
        "No" => "Mandatory: No",
        other => other,
    };
    html! {
        span.cells {
            (super::contents::by_words(&words.type_)) ", "
            @if is(EVERYWHERE) {
                a.starred href={ "#" (Deviation::anchor(EVERYWHERE)) } { (required) }
            } @else { (required) }
        }
        @if words.path != field.path { span.cells { "as " code { (breakable(&words.path)) } } }
        (words_of_page(&words.says))
        @for key in words.deviations.iter().filter(|key| *key != EVERYWHERE) {
            " " a.flag href={ "#" (Deviation::anchor(key)) } { (key.replace('-', " ")) }
        }
    }
}

fn shown(field: &Field, operation: &Operation) -> Markup {
    html! {
        @match &field.shown {
            Shown::Value(value) => code.value { (breakable(value)) },
            Shown::Absent if field.page.is_none() => span.none { "not in it" },
            Shown::Absent => em.none { "not in it" },
            Shown::NoExample if operation.page.is_none() => span.none { "no page" },
            Shown::NoExample => span.none { "no example" },
        }
    }
}

/// A description without the remark that the page lacks the field, which has a column of its own.
fn without_remark(description: &str, is_on_page: bool) -> &str {
    let words = description.trim_end().strip_suffix(REMARK).map(str::trim_end);
    words.filter(|words| !is_on_page && !words.is_empty()).unwrap_or(description)
}

fn server(field: &Field, model: &Model) -> Markup {
    html! {
        @match &field.server {
            Server::Has { required, limits, description } => {
                @match required {
                    Some(true) => { strong.must { "Required." } " " }
                    Some(false) => { span.may { "Optional." } " " }
                    None => {}
                }
                (inline(without_remark(description, field.page.is_some())))
                @for limit in limits { " " span.limit { (limit) } }
            }
            Server::Not => { strong.must { "Does not know it." } " A correction replaces it." }
        }
        (fixes(&field.corrections, model))
    }
}
