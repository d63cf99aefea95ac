//! What is said of files that can't be read.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise, in its helpers too")]

use std::process::Command;

/// Runs `public-surface` on a file of this package, and returns what it says when it fails.
fn complaint(file: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_public-surface"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg(file)
        .output()
        .unwrap();
    assert!(!output.status.success(), "{output:?}");
    assert_eq!(output.stdout, b"");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_format_that_is_not_read_is_named_with_what_to_do() {
    let complaint = complaint("tests/data/older.json");
    assert!(complaint.contains("rustdoc's format 45"), "{complaint}");
    assert!(complaint.contains("RUSTUP_TOOLCHAIN=1.95.0 tests/public-surface/run"), "{complaint}");
}

#[test]
fn a_file_that_rustdoc_has_not_written_is_named() {
    let complaint = complaint("Cargo.toml");
    assert!(complaint.starts_with("error: Cargo.toml is no JSON of rustdoc: "), "{complaint}");
}
