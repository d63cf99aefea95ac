//! The responses that the pages show are responses that the document describes.

use contract::alter::Change;
use contract::document::{document, operations, read_data, yaml};
use contract::examples;
use contract::schema::{Unknown, Validator};
use serde::Deserialize;
use serde_json::Value;

/// What is wrong with an answer to an operation.
fn problems(document: &Value, operation: &str, status: u16, body: &Value) -> Vec<String> {
    let operations = operations(document);
    let operation = operations.iter().find(|other| other.id == operation).expect("an operation of the document");
    let response = &operation.value["responses"][status.to_string()];
    let schema = &response["content"]["application/json"]["schema"];
    assert!(schema.is_object(), "{}: no schema for status {status}", operation.id);
    Validator::new(document, schema, Unknown::Refused).problems(body)
}

#[test]
fn the_four_recorded_responses_are_valid_and_have_documented_fields_only() {
    let document = document();
    let mut shown = 0;
    for operation in examples::operations() {
        let example = examples::load(&operation);
        if let Some(body) = example.response_body() {
            let found = problems(&document, &operation, example.status(), &body);
            assert!(found.is_empty(), "{operation}: {found:#?}");
            shown += 1;
        }
    }
    assert!(shown >= 4, "four pages at least show a response");
}

#[test]
fn the_page_of_restore_backup_shows_no_response_and_the_document_describes_no_body() {
    let document = document();
    let operations = operations(&document);
    let restore = operations.iter().find(|other| other.id == "RestoreBackup").expect("RestoreBackup");
    let example = examples::load("RestoreBackup");
    assert!(example.response_text().is_none());
    assert!(restore.value["responses"][example.status().to_string()].get("content").is_none());
}

#[derive(Deserialize)]
struct Changed {
    what: String,
    operation: String,
    change: Change,
    complaint: Option<String>,
}

/// The recorded responses, changed as a data file says, and what is wrong with each.
fn changed(file: &str) -> Vec<(Changed, Vec<String>)> {
    let document = document();
    let changed: Vec<Changed> = serde_json::from_value(yaml(&read_data(file))).expect("a list of changes");
    changed
        .into_iter()
        .map(|one| {
            let example = examples::load(&one.operation);
            let mut body = example.response_body().expect("a recorded response");
            one.change.apply(&mut body);
            let problems = problems(&document, &one.operation, example.status(), &body);
            (one, problems)
        })
        .collect()
}

#[test]
fn a_response_that_the_document_does_not_describe_is_refused() {
    for (one, problems) in changed("responses-to-refuse.yaml") {
        let complaint = one.complaint.as_deref().expect("a complaint");
        let told = problems.iter().any(|problem| problem.contains(complaint));
        assert!(told, "{}: no complaint about {complaint:?} among {problems:#?}", one.what);
    }
}

#[test]
fn a_response_that_the_document_allows_is_not_refused() {
    for (one, problems) in changed("responses-to-take.yaml") {
        assert!(problems.is_empty(), "{}: {problems:#?}", one.what);
    }
}
