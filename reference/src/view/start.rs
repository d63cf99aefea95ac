//! The beginning: what this is, in numbers, and what to know before the first call.

use maud::{Markup, html};

use super::code;
use super::contents::by_words;
use super::glance::statement;
use crate::model::Model;

const EXPORTS: &str = "\
export ZSTACK_URL=http://zstack.example:8080
export ZSTACK_SESSION=…       # the UUID of a session, from logging in
export IMAGE_STORE_URL=ssh://user:password@host:22/path
export CBR_URL=https://cbr.example
export CBR_TOKEN=…            # a token for the project, from the identity service";

pub(crate) fn view(model: &Model) -> Markup {
    let summary = &model.summary;
    let operations = model.operations.iter().filter(|operation| !operation.is_plumbing).count();
    let percent = |count: usize| count * 100 / summary.corrections.max(1);
    html! {
        section #top {
            h1 { "Restoring backups and volumes" }
            p.lead {
                "Five operations that bring cloud data back: four of ZStack Cloud, one of Cloud Backup and Recovery (CBR). "
                "What their published pages say, what the pages' own examples show, and what the servers do, side by side."
            }
            dl.numbers {
                div { dt { "operations" } dd { (operations) } }
                div { dt { "facts of " (summary.pages) " pages, all matched; " (summary.fields) " are fields" } dd { (summary.facts) } }
                div { dt { "followed as printed" } dd { (summary.as_printed) } }
                div { dt { a href="#deviations" { "not followed, with a reason" } } dd { (summary.deviating) } }
                div { dt { a href="#corrections" { "corrections: the server does otherwise" } } dd { (summary.corrections) } }
            }
            h2 #grades { "How well the corrections are known" }
            p { strong { "No live server was asked." } " Each correction has its evidence, and each evidence a grade:" }
            div.scroll tabindex="0" role="region" aria-label="Grades of evidence" {
                table.grades {
                    thead { tr { th scope="col" { "Grade" } th scope="col" { "Corrections" } th scope="col" { "What it means" } } }
                    tbody {
                        @for (key, count) in &summary.grades {
                            @if let Some(grade) = model.words.grade(key) {
                                tr id={ "grade-" (key) } {
                                    th scope="row" { span class={ "grade of-" (key) } { (grade.name) } }
                                    td.count { (count) @if *count > 0 { " " span.measure style={ "--part:" (percent(*count)) "%" } {} } }
                                    td { (grade.means) }
                                }
                            }
                        }
                    }
                }
            }
        }
        section #first {
            h2 { "Before the first call" }
            p {
                "Every command and every program on this page runs as it is shown: a test runs each of them against a "
                "stand-in server. They take addresses and credentials from the environment:"
            }
            (code::block("sh", "environment", EXPORTS))
            (pages_requests(model))
            ul.points {
                li #a-200 {
                    strong { "A 200 may be a failure." }
                    " The ZStack pages say that an operation has failed if " code { "error" } " in the answer is not null, whatever "
                    "the status. Look at it before anything else."
                }
                li #a-202 {
                    strong { "A 202 is no success." }
                    " ZStack's three PUTs are jobs, although their pages say Synchronous: the result comes from "
                    a href="#QueryApiJob" { "the query for jobs" } ". CBR's 202 says that a restore was accepted, not that it is done."
                }
                li #a-503 {
                    strong { "A 503 is the operation's own failure," }
                    " and no overload, if there is an error code in its body: ZStack says so that the operation failed. Do not send it "
                    "again blindly. Without an error code, it comes from something in between, such as a proxy."
                }
                li #sent-twice {
                    strong { "A restore that is sent twice may overwrite twice." }
                    " After a lost answer, ask; do not send again. What is known then is told in "
                    a href="#outcomes" { "After a failed call" } "."
                }
                li #content-type {
                    strong { "Answers may come without " code { "Content-Type" } "." }
                    " ZStack sends none: read JSON whatever the header says, and plain text if it is none. Fields that are not "
                    "on this page may be in any answer. "
                    a href="#correction-answers-of-the-rest-layer-and-failed-operations" { "How that is known" } "."
                }
            }
        }
    }
}

/// What becomes of the requests that the pages show.
fn pages_requests(model: &Model) -> Markup {
    html! {
        h3 { "The pages' own requests" }
        p { "Look before you copy one. With all placeholders filled, this is what becomes of them:" }
        dl.glance.wide {
            @for operation in &model.operations {
                @if let Some(said) = &operation.about.pages_request {
                    div {
                        dt { a href={ "#" (operation.id) "-request" } { (by_words(&operation.id)) } }
                        dd { (statement(said, model)) }
                    }
                }
            }
        }
        h3 { "What to know of the answers" }
    }
}
