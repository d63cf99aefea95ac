//! Every node of the real documents taken out, of another type, or there twice, one at a time: a report, or code that
//! parses, and no panic.
//!
//! The ordinary test takes one in each few; all of them, in a release build, are made by
//! `cargo test --release -p corpus --test mutations -- --ignored --nocapture`.

use std::{
    collections::HashSet,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use codegen::GeneratedFile;
use corpus::{Mutation, Outcome, mutations, outcome};
use serde_json::Value;

/// The documents that clients are made of: what the pages say, and what the servers do.
const DOCUMENTS: [&str; 2] = ["openapi.yaml", "openapi.as-served.yaml"];

/// What became of the mutations.
#[derive(Debug, Default)]
struct Counts {
    made: AtomicUsize,
    reported: AtomicUsize,
    /// The hashes of code that parses. Many changes make the same: an example is nothing to a client.
    parsed: Mutex<HashSet<u64>>,
}

impl Counts {
    /// Why a file does not parse, if it does not.
    fn broken(&self, file: &GeneratedFile) -> Option<syn::Error> {
        // The first lines have the digest of the document in them.
        let mut hasher = DefaultHasher::new();
        file.text.lines().filter(|line| !line.starts_with("//")).for_each(|line| line.hash(&mut hasher));
        let is_known = !self.parsed.lock().unwrap().insert(hasher.finish());
        if is_known { None } else { syn::parse_file(&file.text).err() }
    }
}

/// Tries each `stride`th mutation, on all processors. Returns the counts, and what should not have happened.
fn run(stride: usize) -> (Counts, Vec<String>) {
    let counts = Counts::default();
    let mut failures = Vec::new();
    for name in DOCUMENTS {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec").join(name)).unwrap();
        let document: Value = serde_yaml::from_str(&text).unwrap();
        let mutations: Vec<Mutation> = mutations(&document).into_iter().step_by(stride).collect();
        let next = AtomicUsize::new(0);
        let work = || {
            let mut failures = Vec::new();
            while let Some(mutation) = mutations.get(next.fetch_add(1, Ordering::Relaxed)) {
                failures.extend(failure(name, &document, mutation, &counts));
            }
            failures
        };
        thread::scope(|scope| {
            let threads = thread::available_parallelism().map_or(1, usize::from);
            let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            failures.extend(threads.into_iter().flat_map(|thread| thread.join().unwrap()));
        });
    }
    (counts, failures)
}

/// What is wrong with what becomes of a mutation, if anything is.
fn failure(name: &str, document: &Value, mutation: &Mutation, counts: &Counts) -> Option<String> {
    let of = format!("{name}, {:?} of {}", mutation.change, mutation.way.join(" / "));
    match outcome(name, &mutation.apply(document)) {
        Outcome::Panicked => Some(format!("{of}: panics")),
        Outcome::NotForeseen(report) => Some(format!("{of}: no check has foreseen\n{report}")),
        Outcome::Reported(_) => {
            counts.reported.fetch_add(1, Ordering::Relaxed);
            None
        }
        Outcome::Made(files) => {
            counts.made.fetch_add(1, Ordering::Relaxed);
            let broken = files.iter().find_map(|file| Some((file, counts.broken(file)?)));
            broken.map(|(file, error)| format!("{of}: {} does not parse: {error}", file.path))
        }
    }
}

fn assert_none(stride: usize) {
    let (counts, failures) = run(stride);
    println!(
        "mutations: {} made, {} reported, {} panics or not foreseen",
        counts.made.load(Ordering::Relaxed),
        counts.reported.load(Ordering::Relaxed),
        failures.len()
    );
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    assert!(counts.made.into_inner() > 0 && counts.reported.into_inner() > 0, "both must happen, or nothing is shown");
}

#[test]
fn no_change_of_one_node_of_the_real_documents_panics() {
    // A prime, so that all kinds of changes and of nodes have their turns.
    assert_none(41);
}

#[test]
#[ignore = "takes some minutes in a debug build; the command stands above"]
fn no_change_of_any_node_of_the_real_documents_panics() {
    assert_none(1);
}
