//! A crate outside of the workspace imports the client by its path, as a user would, and calls each service.

use std::{fs, path::Path, process::Command};

use crate::copy::root;

#[test]
fn a_crate_outside_of_the_workspace_calls_each_service() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("downstream");
    fs::create_dir_all(folder.join("src")).unwrap();
    let client = root().join("generated-client").canonicalize().unwrap();
    let manifest = include_str!("../../data/downstream/Cargo.toml").replace("CLIENT", &client.to_string_lossy());
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/main.rs"), include_str!("../../data/downstream/main.rs")).unwrap();
    // The versions that are at hand already; cargo drops from the copy what the crate does not need.
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["run", "--offline", "--quiet"])
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8_lossy(&output.stdout);
    let expected = [
        "PUT /zstack/v1/volumes/70820c8e/actions HTTP/1.1",
        "Some(1073741824)",
        "POST /v3/p/backups/b/restore HTTP/1.1",
        "202 Accepted",
    ];
    assert_eq!(printed.lines().collect::<Vec<_>>(), expected);
}
