//! What becomes of a document.

use std::panic::{AssertUnwindSafe, catch_unwind};

use codegen::{GeneratedFile, Settings, Source, generate};

/// What becomes of a document.
#[derive(Debug)]
pub enum Outcome {
    /// A client, by its files.
    Made(Vec<GeneratedFile>),
    /// A report that names place, reason and remedy.
    Reported(String),
    /// A report on what no check has foreseen: it names no place, and progenitor may have panicked behind it.
    NotForeseen(String),
    /// A panic that nothing has caught.
    Panicked,
}

/// What becomes of a document that is called `name` in its report.
pub fn outcome(name: &str, text: &str) -> Outcome {
    let made = catch_unwind(AssertUnwindSafe(|| generate(Source { name, text }, None, &Settings::default())));
    match made {
        Err(_) => Outcome::Panicked,
        Ok(Ok(generated)) => Outcome::Made(generated.files),
        Ok(Err(report)) => {
            let report = format!("{report}\n");
            // The words of `codegen::generate`, where progenitor or a pass stops without a check having seen why.
            let is_foreseen = !report.contains("` can't be made: ");
            if is_foreseen { Outcome::Reported(report) } else { Outcome::NotForeseen(report) }
        }
    }
}
