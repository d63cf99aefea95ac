//! Generated code has no behaviour of its own: without the hand-written modules beside it, it does not compile.

#![allow(clippy::disallowed_methods, reason = "the copies are thrown away, and nobody reads them half-written")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A copy of the client's package that can be broken, in a workspace of its own.
fn copy(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _absent = fs::remove_dir_all(&copy);
    copy_folder(&root.join("generated-client/src"), &copy.join("generated-client/src"));
    fs::copy(root.join("generated-client/Cargo.toml"), copy.join("generated-client/Cargo.toml")).unwrap();
    fs::copy(root.join("Cargo.lock"), copy.join("Cargo.lock")).unwrap();
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let members =
        |line: &str| if line.starts_with("members") { "members = [\"generated-client\"]" } else { line }.to_owned();
    let manifest: Vec<String> = manifest.lines().map(members).collect();
    fs::write(copy.join("Cargo.toml"), manifest.join("\n")).unwrap();
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}

/// What the compiler says, if it minds anything.
fn check(workspace: &Path) -> Result<(), String> {
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet", "--no-default-features"])
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("target"))
        .current_dir(workspace)
        .output()
        .unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

#[test]
fn without_the_transport_or_a_services_credentials_the_client_does_not_compile() {
    let whole = copy("whole-client");
    assert_eq!(check(&whole), Ok(()), "the copy itself compiles");

    let without_transport = copy("client-without-transport");
    fs::write(without_transport.join("generated-client/src/transport.rs"), "").unwrap();
    let error = check(&without_transport).unwrap_err();
    assert!(error.contains("cannot find type `Transport` in module `crate::transport`"), "{error}");

    let without_credentials = copy("client-without-credentials");
    fs::remove_file(without_credentials.join("generated-client/src/service/cbr.rs")).unwrap();
    let error = check(&without_credentials).unwrap_err();
    assert!(error.contains("service/cbr.rs"), "{error}");
}
