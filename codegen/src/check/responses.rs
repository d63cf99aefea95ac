//! What answers there are.

use serde_json::Value;

use super::answers;
use super::bodies::{check_json, is_json};
use super::node::{Inspection, Node, list};
use super::operations::Operation;
use super::shape::{RESPONSE, Visited};
use crate::service::JOB;

/// Reports responses whose JSON content progenitor can't take, wherever they are defined.
pub(super) fn check_definitions<'a>(inspection: &mut Inspection<'a>, visited: &Visited<'a>) {
    for response in visited.all(&RESPONSE) {
        for (name, media_type) in response.entries_of("content") {
            if is_json(name) {
                check_json(inspection, &media_type, "the response");
            }
        }
    }
}

/// Reports statuses that are none, `default` beside a success, and several kinds of success or of error.
pub(super) fn check_operation<'a>(inspection: &mut Inspection<'a>, operation: &Operation<'a>) {
    let Some(responses) = operation.node.get("responses").filter(|node| node.value.is_object()) else {
        return;
    };
    let mut successes = Vec::new();
    let mut errors = Vec::new();
    for (status, node) in responses.entries() {
        if status == "default" || status.starts_with("x-") {
            continue;
        }
        match status.chars().next() {
            _ if !is_status(status) => report_status(inspection, status, &node),
            Some('2') => successes.push((status, node)),
            Some('4' | '5') => errors.push((status, node)),
            _ => {}
        }
    }
    match (responses.get("default"), successes.first()) {
        (Some(default), Some((status, _))) => inspection.report(
            &default,
            format!("{} has a `default` response beside a success ({status})", operation.title()),
            "leave `default` out, and list the statuses of errors by their numbers (`400`, `503`, `5XX`)",
        ),
        (_, None) => inspection.report(
            &responses,
            format!("{} has no response for success", operation.title()),
            "write the status of the success by its number, `200` for example",
        ),
        (None, Some(_)) => {}
    }
    for (status, node) in &successes {
        check_success(inspection, status, node);
    }
    // Of several successes, those of a job, the first is what an answer is read as.
    if let Some((status, node)) = successes.first() {
        answers::check(inspection, status, node);
    }
    if !operation.is_job() && !operation.is_plumbing() {
        check_kinds(inspection, operation, &successes, "successes");
        // What a server says in plain text is read as such, whatever its errors in JSON are.
        errors.retain(|(_, node)| inspection.follow(node).is_none_or(|response| kind(&response) != Value::Bool(true)));
        check_kinds(inspection, operation, &errors, "errors");
    }
}

fn is_status(status: &str) -> bool {
    let bytes = status.as_bytes();
    matches!(bytes, [b'1'..=b'5', b'X', b'X'])
        || matches!(bytes, [b'1'..=b'5', tens, ones] if tens.is_ascii_digit() && ones.is_ascii_digit())
}

fn report_status(inspection: &mut Inspection<'_>, status: &str, node: &Node<'_>) {
    let instead = match status.to_ascii_uppercase() {
        upper if is_status(&upper) => format!("write `{upper}`, with capitals"),
        _ => "write a status from 100 to 599, a range (`4XX`), or a key that begins with `x-`".to_owned(),
    };
    inspection.report(node, format!("`{status}` is not a status of HTTP"), instead);
}

/// A success with content must be JSON: the client reads nothing else.
fn check_success<'a>(inspection: &mut Inspection<'a>, status: &str, node: &Node<'a>) {
    // The transport is told the statuses one by one.
    if status == "2XX" {
        inspection.report(
            node,
            "the success is the range `2XX`, and the client has to know which statuses are a success",
            "write each status by its number, `200` for example",
        );
    }
    let Some(content) = inspection.follow(node).and_then(|response| response.get("content")) else {
        return;
    };
    let types: Vec<&str> = content.entries().into_iter().map(|(name, _)| name).collect();
    if !types.is_empty() && !types.iter().any(|name| is_json(name)) {
        inspection.report(
            &content,
            format!("the success {status} is {}, and the client reads JSON", list(&types)),
            "write `application/json`, or leave `content` out if the answer says nothing",
        );
    }
}

/// Progenitor asserts that all successes of an operation have one type, and all errors.
fn check_kinds<'a>(
    inspection: &mut Inspection<'a>,
    operation: &Operation<'a>,
    responses: &[(&str, Node<'a>)],
    name: &str,
) {
    let mut kinds: Vec<(Value, &str, &Node<'a>)> = Vec::new();
    for (status, node) in responses {
        let Some(response) = inspection.follow(node) else {
            continue;
        };
        let kind = kind(&response);
        if !kinds.iter().any(|(known, _, _)| *known == kind) {
            kinds.push((kind, status, node));
        }
    }
    let [(first, first_status, _), (second, status, node), ..] = kinds.as_slice() else {
        return;
    };
    inspection.report(
        node,
        format!(
            "{} has {name} of different types: {first_status} is {}, and {status} is {}",
            operation.title(),
            words(first),
            words(second),
        ),
        format!("give them one schema by the same `$ref`, or mark the operation as a job (`{JOB}: true`) if it is one"),
    );
}

/// The JSON schema of a response, `true` for content that is not JSON, null for none.
fn kind(response: &Node<'_>) -> Value {
    let content = response.entries_of("content");
    let json = content.iter().find(|(name, _)| is_json(name));
    match json {
        Some((_, media_type)) => media_type.get("schema").map_or(Value::Bool(true), |schema| schema.value.clone()),
        None if content.is_empty() => Value::Null,
        None => Value::Bool(true),
    }
}

fn words(kind: &Value) -> String {
    match kind {
        Value::Null => "without content".to_owned(),
        Value::Bool(_) => "content without a schema".to_owned(),
        schema => match (schema.get("$ref"), schema.get("type")) {
            (Some(Value::String(reference)), _) => {
                format!("`{}`", reference.rsplit('/').next().unwrap_or(reference))
            }
            (_, Some(Value::String(name))) => format!("a schema of its own ({name})"),
            _ => "a schema of its own".to_owned(),
        },
    }
}
