//! What the client's README says of the examples: how long they are, and the test that its front page shows as well.

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

/// The test in a text of which each line begins so.
fn block(text: &str, before: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.strip_prefix(before).unwrap_or(line));
    let from_test = lines.skip_while(|line| *line != "#[tokio::test]");
    from_test.take_while(|line| *line != "```").map(str::to_owned).collect()
}

#[test]
fn the_front_page_and_the_readme_show_the_same_test() {
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generated-client");
    let readme = block(&fs::read_to_string(client.join("README.md")).unwrap(), "");
    let front_page = block(&fs::read_to_string(client.join("src/lib.rs")).unwrap(), "//! ");
    assert_eq!(front_page, readme);
    assert_eq!(readme.len(), 8);
}
