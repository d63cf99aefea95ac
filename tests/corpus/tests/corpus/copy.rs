//! A copy of the client's package, in a workspace of its own, whose services are those of the corpus.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use corpus::copy_folder;

/// The folder of the package's source, below a workspace.
const SOURCE: &str = "generated-client/src";

/// The folder of this repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A new copy, without any service.
pub(crate) fn new() -> PathBuf {
    let (root, copy) = (root(), Path::new(env!("CARGO_TARGET_TMPDIR")).join("clients-of-the-corpus"));
    let _absent = fs::remove_dir_all(&copy);
    copy_folder(&root.join(SOURCE), &copy.join(SOURCE));
    for folder in ["generated", "service"] {
        fs::remove_dir_all(copy.join(SOURCE).join(folder)).unwrap();
        fs::create_dir(copy.join(SOURCE).join(folder)).unwrap();
    }
    // Its examples stay behind.
    let manifest = fs::read_to_string(root.join("generated-client/Cargo.toml")).unwrap();
    let manifest: Vec<&str> = manifest.split("\n\n").filter(|part| !part.contains("[[example]]")).collect();
    fs::write(copy.join("generated-client/Cargo.toml"), manifest.join("\n\n")).unwrap();
    fs::copy(root.join("Cargo.lock"), copy.join("Cargo.lock")).unwrap();
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let altered = |line: &str| match line {
        // Not by RUSTFLAGS, which would have the dependencies compiled again.
        "[workspace.lints.rust]" => format!("{line}\nwarnings = {{ level = \"deny\", priority = -1 }}"),
        line if line.starts_with("members") => "members = [\"generated-client\"]".to_owned(),
        line => line.to_owned(),
    };
    fs::write(copy.join("Cargo.toml"), manifest.lines().map(altered).collect::<Vec<_>>().join("\n")).unwrap();
    // The crate's own front page and its list of services are about the real ones.
    let lib = copy.join(SOURCE).join("lib.rs");
    let text = fs::read_to_string(&lib).unwrap();
    let kept = text.lines().filter(|line| !line.starts_with("//!") && !line.starts_with("pub use generated::"));
    let kept: Vec<&str> = kept.collect();
    fs::write(&lib, format!("//! Clients of the corpus.\n\n{}\npub use generated::*;\n", kept.join("\n"))).unwrap();
    copy
}

/// Adds what was made of a document, and gives each of its services the least that a hand-written half can be.
pub(crate) fn add(copy: &Path, files: &[codegen::GeneratedFile]) {
    let generated = copy.join(SOURCE).join("generated");
    for file in files {
        if file.path == "mod.rs" {
            let declared = file.text.lines().filter(|line| !line.starts_with("//"));
            let mut text = fs::read_to_string(generated.join("mod.rs")).unwrap_or_else(|_| "//! All.\n".to_owned());
            declared.for_each(|line| text.push_str(&format!("{line}\n")));
            fs::write(generated.join("mod.rs"), text).unwrap();
            continue;
        }
        assert!(!generated.join(&file.path).exists(), "two documents have the service {}", file.path);
        fs::write(generated.join(&file.path), &file.text).unwrap();
        let half = include_str!("../../data/service.rs").replace("SERVICE", file.path.trim_end_matches(".rs"));
        fs::write(copy.join(SOURCE).join("service").join(&file.path), half).unwrap();
    }
}

/// What the compiler and clippy say, if they mind anything.
pub(crate) fn clippy(copy: &Path) -> Result<(), String> {
    let output = Command::new(env!("CARGO"))
        .args(["clippy", "--offline", "--quiet", "--no-default-features", "--", "-D", "warnings"])
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("target"))
        .current_dir(copy)
        .output()
        .unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}
