//! Reads the sources from the workspace.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use reference::{Example, Snippet, Source, Sources};

/// The workspace's folder.
pub(crate) fn workspace() -> Result<PathBuf, String> {
    // As cargo says it at run time; the place of the build is for a program that is started without cargo.
    let package =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    package.parent().map(Path::to_owned).ok_or_else(|| format!("{} is in no workspace", package.display()))
}

/// Reads everything that the page is made from.
pub(crate) fn read(root: &Path) -> Result<Sources, String> {
    let file = |name: &str| one(root, name);
    Ok(Sources {
        document: file("spec/openapi.yaml")?,
        served: file("spec/openapi.as-served.yaml")?,
        overlay: file("spec/as-served.overlay.yaml")?,
        ledgers: ledgers(root)?,
        deviations: file("spec/ledger/deviations.yaml")?,
        examples: examples(root)?,
        snippets: snippets(root)?,
        operations: file("reference/data/operations.yaml")?,
        errors: file("reference/data/errors.yaml")?,
        rules: file("reference/data/rules.yaml")?,
        words: file("reference/data/words.yaml")?,
    })
}

fn ledgers(root: &Path) -> Result<Vec<Source>, String> {
    let names = names(root, "spec/ledger")?;
    let is_ledger = |name: &&String| name.ends_with(".yaml") && *name != "deviations.yaml";
    names.iter().filter(is_ledger).map(|name| one(root, &format!("spec/ledger/{name}"))).collect()
}

fn examples(root: &Path) -> Result<BTreeMap<String, Example>, String> {
    let example = |name: String| {
        let folder = format!("spec/examples/{name}");
        let request = one(root, &format!("{folder}/request.txt"))?;
        Ok((name, Example { request, response: perhaps(root, &format!("{folder}/response.json"))? }))
    };
    names(root, "spec/examples")?.into_iter().map(example).collect()
}

fn snippets(root: &Path) -> Result<BTreeMap<String, Snippet>, String> {
    let folder = "reference/snippets";
    let snippet = |name: String| {
        let name = name.trim_end_matches(".sh").to_owned();
        let curl = one(root, &format!("{folder}/curl/{name}.sh"))?;
        let prints = one(root, &format!("{folder}/prints/{name}.txt"))?;
        let rust = perhaps(root, &format!("{folder}/src/bin/{name}.rs"))?;
        Ok((name, Snippet { curl, prints, rust }))
    };
    names(root, &format!("{folder}/curl"))?.into_iter().map(snippet).collect()
}

/// The names in a folder, sorted: the order in which a file system lists them is its own.
fn names(root: &Path, folder: &str) -> Result<Vec<String>, String> {
    let unread = |error: std::io::Error| format!("{folder} can't be read: {error}");
    let entries = fs::read_dir(root.join(folder)).map_err(unread)?;
    let names = entries.map(|entry| Ok(entry.map_err(unread)?.file_name().to_string_lossy().into_owned()));
    let mut names: Vec<String> = names.collect::<Result<_, String>>()?;
    names.sort();
    Ok(names)
}

fn one(root: &Path, file: &str) -> Result<Source, String> {
    let text = fs::read_to_string(root.join(file)).map_err(|error| format!("{file} can't be read: {error}"))?;
    Ok(Source { file: file.to_owned(), text })
}

fn perhaps(root: &Path, file: &str) -> Result<Option<Source>, String> {
    root.join(file).exists().then(|| one(root, file)).transpose()
}
