//! That no example is forgotten.

use std::{collections::BTreeSet, fs, path::PathBuf};

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The names of the files in the client's folder of examples.
fn examples() -> BTreeSet<String> {
    let names = fs::read_dir(path("../../generated-client/examples")).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.map(|name| name.strip_suffix(".rs").unwrap().to_owned()).collect()
}

/// What stands in the Rust files of a folder.
fn texts(folder: &str) -> String {
    fs::read_dir(path(folder)).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()).collect()
}

#[test]
fn every_example_is_run_by_a_test() {
    let tests = texts("tests/examples");
    assert_eq!(examples().len(), 10);
    for name in examples() {
        assert!(tests.contains(&format!("example!(\"{name}\", ")), "{name}");
    }
}

#[test]
fn every_example_says_how_it_is_run() {
    for name in examples() {
        let text = fs::read_to_string(path(&format!("../../generated-client/examples/{name}.rs"))).unwrap();
        assert!(text.contains(&format!("cargo run -p generated-client --example {name}")), "{name}");
    }
}
