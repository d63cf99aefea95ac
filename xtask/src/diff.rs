//! Unified diffs for people.

use std::time::Duration;

use similar::TextDiff;

/// A diff of more lines than this is cut: whoever reads it has understood by then.
const MOST_LINES: usize = 400;

/// The unified diff from `old` (what is on the disk) to `new` (what should be there), at most
/// 400 lines of it.
pub fn unified(path: &str, document: &str, old: &str, new: &str) -> String {
    let name = |exists: bool, note: String| {
        if exists { format!("{path}\t({note})") } else { "/dev/null".to_owned() }
    };
    let diff = TextDiff::configure()
        // A shorter wait is worth more here than the smallest possible diff.
        .timeout(Duration::from_secs(2))
        .diff_lines(old, new);
    let text = diff
        .unified_diff()
        .context_radius(3)
        .header(
            &name(!old.is_empty(), "on the disk".to_owned()),
            &name(!new.is_empty(), format!("made from {document}")),
        )
        .to_string();
    let total = text.lines().count();
    if total <= MOST_LINES {
        return text;
    }
    let mut cut = String::new();
    for line in text.lines().take(MOST_LINES) {
        cut.push_str(line);
        cut.push('\n');
    }
    cut.push_str(&format!("… and {} more lines of this diff\n", total - MOST_LINES));
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_line_is_shown_with_its_surroundings() {
        assert_eq!(
            unified("g/a.rs", "spec/openapi.yaml", "a\nb\nc\n", "a\nB\nc\n"),
            "--- g/a.rs\t(on the disk)\n+++ g/a.rs\t(made from spec/openapi.yaml)\n\
             @@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"
        );
    }

    #[test]
    fn a_file_that_is_missing_has_no_old_side() {
        let text = unified("g/a.rs", "d", "", "a\n");
        assert!(text.starts_with("--- /dev/null\n+++ g/a.rs\t"), "{text}");
    }

    #[test]
    fn a_long_diff_is_cut_and_says_so() {
        let new = "x\n".repeat(1000);
        let text = unified("g/a.rs", "d", "", &new);
        assert_eq!(text.lines().count(), MOST_LINES + 1);
        assert!(text.ends_with("… and 603 more lines of this diff\n"));
    }
}
