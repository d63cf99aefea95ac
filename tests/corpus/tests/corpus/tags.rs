//! A service can't be called as a module that the client has by hand.

use std::{fs, path::Path};

use corpus::{Outcome, outcome};

#[test]
fn every_module_of_the_client_is_refused_as_the_name_of_a_service() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generated-client/src/lib.rs");
    let lib = syn::parse_file(&fs::read_to_string(root).unwrap()).unwrap();
    let modules = lib.items.iter().filter_map(|item| match item {
        syn::Item::Mod(module) => Some(module.ident.to_string()),
        _ => None,
    });
    let taken: Vec<String> = modules.filter(|name| !is_reported(name)).collect();
    assert!(taken.is_empty(), "add these to `RESERVED_MODULES` in codegen/src/check/services.rs: {taken:?}");
}

/// Whether a document whose service has this name is reported.
fn is_reported(service: &str) -> bool {
    let document = include_str!("../../documents/every-method.yaml").replace("every_method", service);
    matches!(outcome("document.yaml", &document), Outcome::Reported(report) if report.contains("needs for itself"))
}
