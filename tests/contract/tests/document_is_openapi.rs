//! The document is OpenAPI 3.0 in the eyes of an implementation that is not ours: the crate `roas`.

use contract::alter::Change;
use contract::document::{document, escape, read_data, yaml};
use roas::v3_0::spec::Spec;
use roas::validation::{Options, Validate};
use serde::Deserialize;
use serde_json::Value;

/// Everything that is wrong with a document.
fn problems(document: Value) -> Vec<String> {
    let spec: Spec = match serde_json::from_value(document.clone()) {
        Ok(spec) => spec,
        Err(error) => return vec![error.to_string()],
    };
    // A page's table that belongs to nothing is kept as a schema that nothing refers to. The ledger's check sees to
    // it that there is no other.
    let result = spec.validate(Options::IgnoreUnusedSchemas.into(), None);
    let errors = result.err().map(|error| error.errors).unwrap_or_default();
    let mut problems: Vec<String> = errors.iter().map(ToString::to_string).collect();
    let understood = serde_json::to_value(&spec).expect("a document");
    passed_over(&document, "#", &mut problems);
    lost(&without_words_beside_all_of(document), &understood, "#", &mut problems);
    problems
}

/// What OpenAPI 3.0 forbids, or tells tools to ignore, and `roas` takes: a list without items, a list of required
/// fields with none in it, and anything beside a `$ref`.
fn passed_over(value: &Value, pointer: &str, problems: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            if value["type"] == "array" && !object.contains_key("items") {
                problems.push(format!("{pointer}: a list needs items"));
            }
            if value["required"].as_array().is_some_and(Vec::is_empty) {
                problems.push(format!("{pointer}/required: the list is empty"));
            }
            if object.contains_key("$ref") && object.len() > 1 {
                problems.push(format!("{pointer}: what stands beside a $ref is ignored"));
            }
            for (key, inner) in object {
                passed_over(inner, &format!("{pointer}/{}", escape(key)), problems);
            }
        }
        Value::Array(array) => {
            for (index, inner) in array.iter().enumerate() {
                passed_over(inner, &format!("{pointer}/{index}"), problems);
            }
        }
        _ => {}
    }
}

/// What is gone, or another, when the document is written again: `roas` passes over what OpenAPI does not have, such as
/// a misspelt key.
fn lost(document: &Value, understood: &Value, pointer: &str, problems: &mut Vec<String>) {
    match (document, understood) {
        (Value::Object(there), Value::Object(kept)) => {
            for (key, value) in there {
                let pointer = format!("{pointer}/{}", escape(key));
                match kept.get(key) {
                    Some(kept) => lost(value, kept, &pointer, problems),
                    None => problems.push(format!("{pointer}: OpenAPI has no such key here")),
                }
            }
            for key in kept.keys().filter(|key| !there.contains_key(*key)) {
                problems.push(format!("{pointer}/{}: OpenAPI has this key here, the document has not", escape(key)));
            }
        }
        (Value::Array(there), Value::Array(kept)) if there.len() == kept.len() => {
            for (index, (value, kept)) in there.iter().zip(kept).enumerate() {
                lost(value, kept, &format!("{pointer}/{index}"), problems);
            }
        }
        (Value::Number(there), Value::Number(kept)) if there.as_f64() == kept.as_f64() => {}
        (there, kept) if there == kept => {}
        (there, kept) => problems.push(format!("{pointer}: {there} is read as {kept}")),
    }
}

/// The document without the descriptions beside `allOf`, the only ones that `roas` reads and does not write again.
fn without_words_beside_all_of(mut value: Value) -> Value {
    match &mut value {
        Value::Object(object) => {
            if object.contains_key("allOf") && object.get("description").is_some_and(Value::is_string) {
                object.remove("description");
            }
            for inner in object.values_mut() {
                *inner = without_words_beside_all_of(inner.take());
            }
        }
        Value::Array(array) => {
            for inner in array {
                *inner = without_words_beside_all_of(inner.take());
            }
        }
        _ => {}
    }
    value
}

#[test]
fn the_document_is_valid_openapi_3_0() {
    assert_eq!(problems(document()), Vec::<String>::new());
}

#[test]
fn the_document_declares_version_3_0_4() {
    assert_eq!(document()["openapi"], "3.0.4");
}

#[test]
fn a_document_that_is_not_openapi_3_0_is_refused() {
    #[derive(Deserialize)]
    struct Broken {
        what: String,
        change: Change,
        complaint: String,
    }

    let broken: Vec<Broken> =
        serde_json::from_value(yaml(&read_data("documents-that-are-not-openapi.yaml"))).expect("a list of changes");
    for Broken { what, change, complaint } in broken {
        let mut document = document();
        change.apply(&mut document);
        let problems = problems(document);
        let told = problems.iter().any(|problem| problem.contains(&complaint));
        assert!(told, "{what}: no complaint about {complaint:?} among {problems:#?}");
    }
}
