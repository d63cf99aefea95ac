//! A copy of the client's package, in a workspace of its own, that a test can break.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
    time::SystemTime,
};

/// The folder of the copied package's source, below the copied workspace.
pub(crate) const SOURCE: &str = "generated-client/src";

/// The folder of this repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A new copy, with this name. A warning of the compiler's is an error in it.
pub(crate) fn copy(name: &str) -> PathBuf {
    let root = root();
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _absent = fs::remove_dir_all(&copy);
    copy_folder(&root.join(SOURCE), &copy.join(SOURCE));
    // Its examples stay behind.
    let manifest = fs::read_to_string(root.join("generated-client/Cargo.toml")).unwrap();
    let manifest = manifest.split("\n\n").filter(|part| !part.contains("[[example]]")).collect::<Vec<_>>().join("\n\n");
    fs::write(copy.join("generated-client/Cargo.toml"), manifest).unwrap();
    fs::copy(root.join("Cargo.lock"), copy.join("Cargo.lock")).unwrap();
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    // Not by RUSTFLAGS, which would have the dependencies compiled again.
    let altered = |line: &str| match line {
        "[workspace.lints.rust]" => format!("{line}\nwarnings = {{ level = \"deny\", priority = -1 }}"),
        line if line.starts_with("members") => "members = [\"generated-client\"]".to_owned(),
        line => line.to_owned(),
    };
    let manifest: Vec<String> = manifest.lines().map(altered).collect();
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
pub(crate) fn check(workspace: &Path) -> Result<(), String> {
    // The copies share what their dependencies compile to, and cargo takes them for one package: without a file that is
    // newer than the last check, it would give the answer that it gave for another copy.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let root = fs::File::options().append(true).open(workspace.join(SOURCE).join("lib.rs")).unwrap();
    root.set_modified(SystemTime::now()).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet", "--no-default-features"])
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("target"))
        .current_dir(workspace)
        .output()
        .unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}
