//! The checked-in client is what the document makes, to the byte, every time.

use std::collections::BTreeMap;

use codegen::{Settings, Source, generate};
use contract::document;

fn generated() -> BTreeMap<String, String> {
    let text = document::read("openapi.yaml");
    let source = Source { name: "spec/openapi.yaml", text: &text };
    let files = generate(source, &Settings::default()).unwrap_or_else(|report| panic!("{report}"));
    files.into_iter().map(|file| (file.path, file.text)).collect()
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(generated(), generated());
}

#[test]
fn the_checked_in_client_is_what_the_document_makes() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../generated-client/src/generated");
    let entries = std::fs::read_dir(folder).expect("the generated folder is there");
    let checked_in: BTreeMap<String, String> = entries
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("a text"))
        })
        .collect();
    let generated = generated();
    assert_eq!(checked_in.keys().collect::<Vec<_>>(), generated.keys().collect::<Vec<_>>());
    for (name, text) in generated {
        assert!(checked_in[&name] == text, "{name} differs: run `cargo xtask regenerate`");
    }
}

#[test]
fn generated_code_sends_only_through_the_transport() {
    for (name, text) in generated().into_iter().filter(|(name, _)| name != "mod.rs") {
        let sends = text.matches("pub async fn send(").count();
        let handed_over = text.matches(".transport.send(").count();
        assert!(sends > 0 && sends == handed_over && sends == text.matches("request).await").count(), "{name}");
        for of_progenitor in ["progenitor_client", "api-version", "unwrap()", "expect(", "regress", "panic!"] {
            assert!(!text.contains(of_progenitor), "{name} has {of_progenitor}");
        }
    }
}
