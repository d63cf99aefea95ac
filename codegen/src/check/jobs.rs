//! The operations that are jobs, and what is there for their sake: the query for jobs, and the headers that the transport
//! sends with them.

use std::collections::BTreeMap;

use super::bodies::is_json;
use super::node::{Inspection, Node, kind_of};
use super::operations::Operation;
use super::parameters::{Used, used};
use super::templates;
use crate::prune::PLUMBING;
use crate::service::JOB;

/// The headers that the transport sends with a job.
const HEADERS: &[&str] = &["x-api-timeout", "x-job-uuid"];

/// Reports jobs that can't be followed to their end, and marks that mean nothing.
pub(super) fn check<'a>(inspection: &mut Inspection<'a>, operations: &[Operation<'a>]) {
    let mut queries: BTreeMap<&'a str, Vec<&Operation<'a>>> = BTreeMap::new();
    for operation in operations {
        check_marks(inspection, operation);
        if operation.is_plumbing()
            && let Some(service) = operation.service()
        {
            queries.entry(service).or_default().push(operation);
        }
    }
    for (service, queries) in &queries {
        for (index, query) in queries.iter().enumerate() {
            match queries[..index].first() {
                None => check_query(inspection, query),
                Some(first) => {
                    let line = inspection.line(&first.node);
                    inspection.report(
                        &query.node,
                        format!("the service `{service}` has two queries for jobs, the first in line {line}"),
                        format!("keep one: `{PLUMBING}: job` marks the operation that asks for any job of the service"),
                    );
                }
            }
        }
    }
    for operation in operations.iter().filter(|operation| operation.is_job() && !operation.is_plumbing()) {
        check_answers(inspection, operation);
        if let Some(service) = operation.service().filter(|service| !queries.contains_key(service)) {
            inspection.report(
                &operation.node,
                format!("{} is a job, and its service `{service}` has no query for jobs", operation.title()),
                format!("add the operation that asks for a job, a GET whose path ends in the job's name, with `{PLUMBING}: job`"),
            );
        }
    }
}

fn check_marks<'a>(inspection: &mut Inspection<'a>, operation: &Operation<'a>) {
    if let Some(job) = operation.node.get(JOB).filter(|job| !job.value.is_boolean()) {
        let what = format!("`{JOB}` is {}, and must be true or false", kind_of(job.value));
        inspection.report_value(&job, what, format!("write `{JOB}: true`, or leave it out"));
    }
    check_kind(inspection, &operation.node);
    if operation.is_job() && operation.is_plumbing() {
        inspection.report(
            &operation.node,
            format!("{} is a job, and plumbing of jobs at the same time", operation.title()),
            format!("leave out `{JOB}` or `{PLUMBING}`"),
        );
    }
    // Those of a query for jobs are sent by the transport, whatever they are.
    if operation.is_plumbing() {
        return;
    }
    for owner in [&operation.item, &operation.node] {
        for parameter in used(inspection, owner) {
            check_parameter(inspection, operation, &parameter);
        }
    }
}

/// The one kind of plumbing that there is.
fn check_kind<'a>(inspection: &mut Inspection<'a>, owner: &Node<'a>) {
    if let Some(kind) = owner.get(PLUMBING).filter(|kind| kind.value != "job") {
        let what = format!("`{PLUMBING}` says nothing that the client knows");
        inspection.report_value(&kind, what, format!("write `{PLUMBING}: job`, or leave it out"));
    }
}

fn check_parameter<'a>(inspection: &mut Inspection<'a>, operation: &Operation<'a>, parameter: &Used<'a>) {
    let Used { name, location, site, definition } = parameter;
    let is_sent = *location == "header" && HEADERS.contains(&name.to_lowercase().as_str());
    if !definition.has(PLUMBING) {
        if is_sent && operation.is_job() {
            inspection.report(
                site,
                format!("the header `{name}` of a job is sent by the client itself, and this would send it again"),
                format!("mark it with `{PLUMBING}: job`"),
            );
        }
        return;
    }
    check_kind(inspection, definition);
    let title = operation.title();
    if !is_sent {
        inspection.report(
            site,
            format!("the {location} parameter `{name}` is plumbing, and nothing sends it"),
            format!("leave `{PLUMBING}` out: the client sends the headers X-Job-UUID and X-API-Timeout by itself"),
        );
    } else if !operation.is_job() {
        inspection.report(
            site,
            format!("the header `{name}` is plumbing of jobs, and {title} is none"),
            format!("mark the operation with `{JOB}: true`, or leave `{PLUMBING}` out"),
        );
    }
}

/// The transport puts the job's name behind the path.
fn check_query<'a>(inspection: &mut Inspection<'a>, query: &Operation<'a>) {
    let ends_in_name = templates::names(query.path).is_ok_and(|names| match names.as_slice() {
        [name] => query.path.ends_with(&format!("/{{{name}}}")),
        _ => false,
    });
    if query.method == "get" && ends_in_name {
        return;
    }
    inspection.report(
        &query.node,
        format!(
            "{} is marked as the query for jobs, and the client asks with a GET whose path ends in the job's name",
            query.title()
        ),
        "write it as `GET /jobs/{uuid}`: the path ends in its only parameter",
    );
}

/// A job begins with a 202, and ends with a 200 that says what came of it.
fn check_answers<'a>(inspection: &mut Inspection<'a>, operation: &Operation<'a>) {
    let Some(responses) = operation.node.get("responses").filter(|node| node.value.is_object()) else { return };
    let title = operation.title();
    let Some(end) = responses.get("200") else {
        let what = format!("{title} is a job, and has no 200, the answer at its end");
        inspection.report(&responses, what, "add `200` with the JSON that the query for jobs answers at the job's end");
        return;
    };
    let answer = inspection.follow(&end);
    let content = answer.map(|answer| answer.entries_of("content")).unwrap_or_default();
    if !content.into_iter().any(|(name, media_type)| is_json(name) && media_type.has("schema")) {
        let what = format!("{title} is a job, and its 200 has no JSON with a schema, so that nothing says how it ends");
        inspection.report(&end, what, "write `content`, `application/json` and its `schema`");
    }
    if !responses.has("202") {
        let what = format!("{title} is a job, and has no 202, the answer at its beginning");
        inspection.report(&responses, what, format!("add `202`, or leave `{JOB}` out"));
    }
    for (status, node) in responses.entries() {
        if status.starts_with('2') && !matches!(status, "200" | "202" | "2XX") {
            let what =
                format!("{title} is a job, and has the success {status}, which is neither its beginning nor its end");
            inspection.report(&node, what, "leave it out: a job begins with 202 and ends with 200");
        }
    }
}
