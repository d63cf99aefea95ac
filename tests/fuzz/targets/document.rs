//! Any text as a document: a client, or a report with a place for each problem; never a panic.

#![no_main]

mod tree;

use codegen::{Settings, Source, generate};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|text: &str| {
    let document = Source { name: "document.yaml", text };
    match generate(document, None, &Settings::default()) {
        Ok(generated) => assert!(generated.files.iter().all(|file| !file.text.is_empty())),
        Err(report) => {
            assert!(!report.to_string().is_empty());
            assert!(report.problems().iter().all(|problem| problem.line > 0 && problem.column > 0));
        }
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| { tree::mutate(data, size, most, seed) });
