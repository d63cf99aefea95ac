//! Any text as an overlay to a small document: a served document that can itself be read, or a report; never a panic.

#![no_main]

mod tree;

use codegen::{Settings, Source, generate};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

/// The document of most of the overlays that are seeds.
const DOCUMENT: &str = include_str!("../../../codegen/tests/overlays/a-rename-is-three-actions/document.yaml");

fuzz_target!(|text: &str| {
    let document = Source { name: "document.yaml", text: DOCUMENT };
    let overlay = Source { name: "overlay.yaml", text };
    match generate(document, Some(overlay), &Settings::default()) {
        Ok(generated) => {
            let served = generated.served.expect("there is an overlay");
            let served = Source { name: "served.yaml", text: &served };
            let again = generate(served, None, &Settings::default()).expect("what is served is a document");
            assert_eq!(again.files.len(), generated.files.len());
        }
        Err(report) => {
            assert!(!report.to_string().is_empty());
            assert!(report.problems().iter().all(|problem| problem.line > 0 && problem.column > 0));
        }
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| { tree::mutate(data, size, most, seed) });
