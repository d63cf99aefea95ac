//! How long the generated code is.

use std::{fs, path::Path};

use crate::Problem;

/// Counts the lines of the files in a folder that are code: neither empty nor documentation nor any other comment.
///
/// # Errors
/// When a file can't be read.
pub fn of_code(folder: &Path) -> Result<usize, Problem> {
    let mut lines = 0;
    for file in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        lines += fs::read_to_string(file?.path())?.lines().filter(|line| is_code(line)).count();
    }
    Ok(lines)
}

fn is_code(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_empty_lines_are_no_code() {
        let text = "//! Docs.\n\n/// Docs.\nfn it() {\n    // A comment.\n    it()\n}\n";
        assert_eq!(text.lines().filter(|line| is_code(line)).count(), 3);
    }
}
