//! The examples in the document are the recorded ones, down to the notation of their numbers.

use contract::document::{document, operations, read};
use contract::examples;
use contract::schema::{Unknown, Validator};
use serde_json::Value;
use url::Url;

/// The one example of a body.
fn only_example(body: &Value) -> Option<&Value> {
    let content = body["content"].as_object()?;
    let examples = content.values().next()?["examples"].as_object()?;
    assert_eq!((content.len(), examples.len()), (1, 1), "one media type, one example");
    examples.values().next()?.get("value")
}

#[test]
fn bodies_are_those_of_the_pages() {
    let document = document();
    for operation in operations(&document) {
        let example = examples::load(operation.id);
        let request = example.printed_request().body;
        assert_eq!(only_example(&operation.value["requestBody"]), request.as_ref(), "{}", operation.id);
        let response = &operation.value["responses"][example.status().to_string()];
        assert_eq!(only_example(response), example.response_body().as_ref(), "{}", operation.id);
    }
}

/// The query stands in the page's address with its placeholders, which a URL cannot hold: they are read as text.
#[test]
fn query_parameters_are_those_of_the_page() {
    let document = document();
    let operations = operations(&document);
    let operation = operations
        .iter()
        .find(|other| other.id == "GetDatabaseBackupFromImageStore")
        .expect("GetDatabaseBackupFromImageStore");
    let printed = examples::load(operation.id).printed_request().url;
    let (_, query) = printed.split_once('?').expect("a query");
    let mut shown = Vec::new();
    for parameter in operation.value["parameters"].as_array().expect("parameters") {
        let name = parameter["name"].as_str().expect("a name");
        let example = match &parameter["example"] {
            Value::Array(items) => items.clone(),
            single => vec![single.clone()],
        };
        for value in example {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            shown.push(format!("{name}={text}"));
        }
    }
    assert_eq!(shown.join("&"), query);
}

#[test]
fn path_parameters_are_those_of_the_page() {
    let document = document();
    let operations = operations(&document);
    let restore = operations.iter().find(|other| other.id == "RestoreBackup").expect("RestoreBackup");
    let url = Url::parse(&examples::load(restore.id).request().url).expect("a URL");
    let mut path = restore.path.to_owned();
    for parameter in restore.value["parameters"].as_array().expect("parameters") {
        let name = parameter["name"].as_str().expect("a name");
        path = path.replace(&format!("{{{name}}}"), parameter["example"].as_str().expect("an example"));
    }
    assert_eq!(path, url.path());
}

#[test]
fn numbers_stand_in_the_document_as_the_pages_print_them() {
    let document = read("openapi.yaml");
    let mut numbers = 0;
    for operation in examples::operations() {
        let example = examples::load(&operation);
        for (name, number) in printed_numbers(example.response_text().unwrap_or_default()) {
            let line = format!("{name}: {number}");
            assert!(
                document.lines().any(|other| other.trim() == line),
                "{operation}: the document does not have `{line}`"
            );
            numbers += 1;
        }
    }
    assert!(numbers >= 7, "{numbers} numbers");
}

/// The fields of a JSON text that hold numbers, with the text of each number.
fn printed_numbers(text: &str) -> Vec<(&str, &str)> {
    let fields = text.split([',', '{', '}', '[', ']']).filter_map(|field| field.split_once(':'));
    fields
        .filter_map(|(name, value)| Some((name.trim().strip_prefix('"')?.strip_suffix('"')?, value.trim())))
        .filter(|(_, value)| value.starts_with(|first: char| first.is_ascii_digit() || first == '-'))
        .collect()
}

#[test]
fn examples_of_parameters_and_schemas_are_valid() {
    let document = document();
    let mut valid = 0;
    let mut hold = |place: &str, schema: &Value, example: Option<&Value>| {
        if let Some(example) = example {
            let found = Validator::new(&document, schema, Unknown::Refused).problems(example);
            assert!(found.is_empty(), "{place}: {found:#?}");
            valid += 1;
        }
    };
    for operation in operations(&document) {
        for parameter in operation.value["parameters"].as_array().into_iter().flatten() {
            hold(&format!("{} {}", operation.id, parameter["name"]), &parameter["schema"], parameter.get("example"));
        }
    }
    for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
        hold(name, schema, schema.get("example"));
    }
    assert_eq!(valid, 7);
}
