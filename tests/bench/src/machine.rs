//! What the figures were measured on and with.

use std::{collections::BTreeMap, env, fs, path::Path, process::Command, thread};

use crate::{Problem, program::run};

/// The machine and the versions, as a table of Markdown. No names of hosts, no paths.
///
/// # Errors
/// When the versions can't be read.
pub fn describe(workspace: &Path) -> Result<String, Problem> {
    let mut text = String::from("| | |\n|---|---|\n");
    let cores = thread::available_parallelism().map_or("unknown".to_owned(), |cores| cores.to_string());
    let processor = first_value("/proc/cpuinfo", "model name", ':').unwrap_or("unknown".to_owned());
    let system = first_value("/etc/os-release", "PRETTY_NAME", '=').unwrap_or(env::consts::OS.to_owned());
    let rustc = run(Command::new(env::var_os("RUSTC").unwrap_or("rustc".into())).arg("--version"))?;
    let mut line = |what: &str, value: &str| text.push_str(&format!("| {what} | {value} |\n"));
    line("processor", &format!("{processor}, {cores} cores, {}", env::consts::ARCH));
    line("system", &system);
    line("compiler", rustc.trim());
    let versions = versions(&fs::read_to_string(workspace.join("Cargo.lock"))?);
    for name in ["reqwest", "hyper", "tokio", "serde", "serde_json", "progenitor", "uuid"] {
        line(name, versions.get(name).map_or("none", String::as_str));
    }
    if let Ok(version) = run(Command::new("valgrind").arg("--version")) {
        line("valgrind", version.trim());
    }
    Ok(text)
}

/// The first value of a name in a file of such lines.
fn first_value(file: &str, name: &str, between: char) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let values = text.lines().filter_map(|line| line.split_once(between));
    let mut named = values.filter(|(key, _)| key.trim() == name).map(|(_, value)| value);
    named.next().map(|value| value.trim().trim_matches('"').to_owned())
}

/// The versions in a lock file; of several, all.
fn versions(lock: &str) -> BTreeMap<String, String> {
    let mut versions = BTreeMap::<String, String>::new();
    let mut name = "";
    for line in lock.lines() {
        let value = |key: &str| line.strip_prefix(key).map(|value| value.trim_matches('"'));
        if let Some(found) = value("name = ") {
            name = found;
        } else if let Some(version) = value("version = ") {
            let known = versions.entry(name.to_owned()).or_default();
            known.push_str(if known.is_empty() { "" } else { ", " });
            known.push_str(version);
        }
    }
    versions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_a_lock_file() {
        let lock = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.2.3\"\n\n[[package]]\nname = \"a\"\nversion = \"2.0.0\"\n";
        assert_eq!(versions(lock).get("a").map(String::as_str), Some("1.2.3, 2.0.0"));
    }
}
