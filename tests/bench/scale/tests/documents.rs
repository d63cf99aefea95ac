//! The documents that are measured are what they say they are.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise, in its helpers too")]

use std::fs;
use std::path::Path;

use bench_scale::made::{self, Texts};
use codegen::{Generated, Settings, Source};
use serde_json::Value;

fn client(texts: &Texts) -> Generated {
    let document = Source { name: "spec/openapi.yaml", text: &texts.document };
    let overlay = texts.overlay.as_deref().map(|text| Source { name: "spec/as-served.overlay.yaml", text });
    codegen::generate(document, overlay, &Settings::default()).unwrap_or_else(|report| panic!("{report}"))
}

/// How many operations the client of a document has.
fn operations(made: &Generated) -> usize {
    made.files.iter().map(|file| file.text.matches("/// Builder of [`Client::").count()).sum()
}

/// The code of the client, without the lines that say what it was made from.
fn code(made: &Generated) -> Vec<String> {
    let code = |text: &str| text.lines().filter(|line| !line.starts_with("// ")).collect::<Vec<_>>().join("\n");
    made.files.iter().map(|file| code(&file.text)).collect()
}

#[test]
fn the_same_number_gives_the_same_texts() {
    assert_eq!(made::served(15).unwrap(), made::served(15).unwrap());
    assert_eq!(made::with_overlay(15).unwrap(), made::with_overlay(15).unwrap());
}

#[test]
fn a_document_has_as_many_operations_as_it_says() {
    for number in [5, 15] {
        assert_eq!(operations(&client(&made::served(number).unwrap())), number);
        assert_eq!(operations(&client(&made::with_overlay(number).unwrap())), number);
    }
}

#[test]
fn the_smallest_document_is_that_of_the_workspace() {
    let spec = |name: &str| -> Value {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../spec").join(name);
        serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    };
    let texts = made::with_overlay(5).unwrap();
    assert_eq!(serde_yaml::from_str::<Value>(&texts.document).unwrap(), spec("openapi.yaml"));
    assert_eq!(serde_yaml::from_str::<Value>(&texts.overlay.unwrap()).unwrap(), spec("as-served.overlay.yaml"));
}

#[test]
fn the_overlay_corrects_every_copy() {
    let corrected = client(&made::with_overlay(15).unwrap());
    let served = client(&made::served(15).unwrap());
    assert_eq!(code(&corrected), code(&served));
}
