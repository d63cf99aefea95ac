//! The document is OpenAPI 3.0 in the eyes of an implementation that is not ours: the crate `roas`.

use contract::alter::Change;
use contract::document::{document, read_data, yaml};
use roas::v3_0::spec::Spec;
use roas::validation::{Options, Validate};
use serde::Deserialize;
use serde_json::Value;

/// Everything that is wrong with a document.
fn problems(document: Value) -> Vec<String> {
    let spec: Spec = match serde_json::from_value(document) {
        Ok(spec) => spec,
        Err(error) => return vec![error.to_string()],
    };
    // A page's table that belongs to nothing is kept as a schema that nothing refers to. The ledger's check sees to
    // it that there is no other.
    let result = spec.validate(Options::IgnoreUnusedSchemas.into(), None);
    let errors = result.err().map(|error| error.errors).unwrap_or_default();
    errors.iter().map(ToString::to_string).collect()
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
