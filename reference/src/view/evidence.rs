//! What everything stands on: the corrections with their evidence, and the deviations with their reasons.

use maud::{Markup, html};

use super::text::{breakable, count, inline};
use crate::model::Model;
use crate::model::correction::{Correction, Step};
use crate::model::deviation::Deviation;
use crate::model::knowledge::Evidence;

/// The marks of corrections where they stand.
pub(crate) fn fixes(corrections: &[usize], model: &Model) -> Markup {
    html! {
        @for correction in corrections.iter().filter_map(|index| model.corrections.get(*index)) {
            " " a.fix href={ "#" (correction.anchor()) } { (correction.name) }
        }
    }
}

/// The grade of an evidence, which leads to where it is seen; that of a correction, beside which that stands, to what the
/// grade means.
pub(crate) fn grade(evidence: &Evidence, model: &Model) -> Markup {
    let name = model.words.grade(&evidence.grade).map_or(evidence.grade.as_str(), |grade| &grade.name);
    let listed = model.evidence.iter().position(|known| known == evidence);
    let place = listed.map_or_else(|| format!("grade-{}", evidence.grade), |index| format!("evidence-{}", index + 1));
    html! { a class={ "grade of-" (evidence.grade) } href={ "#" (place) } { (name) } }
}

/// What stands in no overlay, and on what it stands.
pub(crate) fn other(model: &Model) -> Markup {
    html! {
        section #evidence {
            h2 { "Other evidence" }
            p {
                "What the page says of errors, of rules and of what an operation destroys stands in no document. This is where "
                "it is seen."
            }
            ol.evidence {
                @for (index, evidence) in model.evidence.iter().enumerate() {
                    li id={ "evidence-" (index + 1) } {
                        (breakable(&evidence.source)) ": " (inline(&evidence.place)) " "
                        @if let Some(grade) = model.words.grade(&evidence.grade) {
                            a class={ "grade of-" (evidence.grade) } href={ "#grade-" (evidence.grade) } { (grade.name) }
                        }
                    }
                }
            }
        }
    }
}

pub(crate) fn corrections(model: &Model) -> Markup {
    html! {
        section #corrections {
            h2 { "Where servers do otherwise" }
            p {
                "The " (model.corrections.len()) " corrections of the pages, each with its evidence. They are kept apart from what "
                "the pages say, and none is here without evidence."
            }
            @for correction in &model.corrections {
                div.card id=(correction.anchor()) {
                    h3 { (breakable(&correction.name)) @for evidence in correction.evidence() { " " (grade(evidence, model)) } }
                    @for (index, step) in correction.steps.iter().enumerate() {
                        (one_step(step, correction, model))
                        // Neighbours that are seen in the same place say so once.
                        @if correction.steps.get(index + 1).is_none_or(|next| next.evidence != step.evidence) {
                            p.quiet { "Seen in " (inline(&step.evidence.source)) ": " (breakable(&step.evidence.place)) "." }
                        }
                    }
                    (concerned(correction, model))
                }
            }
        }
    }
}

/// What one action says. Where there are several, each begins with what tells it from the others.
fn one_step(step: &Step, correction: &Correction, model: &Model) -> Markup {
    html! {
        p {
            @if !step.part.is_empty() { strong { (breakable(&step.part)) "." } " " }
            (inline(&step.says))
            @if correction.evidence().len() > 1 { " " (grade(&step.evidence, model)) }
        }
    }
}

/// The operations that a correction concerns.
fn concerned(correction: &Correction, model: &Model) -> Markup {
    let index = model.corrections.iter().position(|known| std::ptr::eq(known, correction));
    let concerned =
        model.operations.iter().filter(|operation| index.is_some_and(|index| operation.corrections.contains(&index)));
    let ids: Vec<&str> = concerned.map(|operation| operation.id.as_str()).collect();
    html! {
        @if ids.is_empty() {
            p.quiet { "Concerns the document as a whole." }
        } @else {
            ul.where {
                @for id in ids { li { a href={ "#" (id) } { (super::contents::by_words(id)) } } }
            }
        }
    }
}

pub(crate) fn deviations(model: &Model) -> Markup {
    html! {
        section #deviations {
            h2 { "Where pages are not followed" }
            p {
                "Before any server is asked, the pages contradict themselves, or say nothing. These are the reasons why the "
                "document does not say what a page prints. The page's own words stand in the tables."
            }
            @for deviation in &model.deviations {
                div.card id=(Deviation::anchor(&deviation.key)) {
                    h3 { (deviation.key.replace('-', " ")) " " span.quiet { (count(deviation.uses.len(), "fact", "facts")) } }
                    p { (inline(&deviation.what)) }
                    p { strong { "Why: " } (inline(&deviation.reason)) }
                    details {
                        summary { "Where" }
                        ul.where {
                            @for used in &deviation.uses {
                                li { a href={ "#" (used.anchor) } { (super::contents::by_words(&used.operation)) ": " (breakable(&used.name)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
