//! How long the examples are, as the client's README says.

use std::{fs, path::Path};

/// The lines of code of an example: without comments, imports and tests.
fn lines(source: &str) -> usize {
    let program = source.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = program.lines().map(str::trim_start);
    lines.filter(|line| !line.is_empty() && !line.starts_with("//") && !line.starts_with("use ")).count()
}

#[test]
fn the_readme_has_the_lines_of_every_example() {
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generated-client");
    let readme = fs::read_to_string(client.join("README.md")).unwrap();
    let mut examples = 0;
    for entry in fs::read_dir(client.join("examples")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let end = format!(" | `{name}` | {} |", lines(&fs::read_to_string(&path).unwrap()));
        assert!(readme.lines().any(|line| line.ends_with(&end)), "no row of README.md ends with `{end}`");
        examples += 1;
    }
    assert_eq!(examples, 10);
}
