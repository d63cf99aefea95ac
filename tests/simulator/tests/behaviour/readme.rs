//! The texts for newcomers.

const README: &str = include_str!("../../README.md");
const FRONT_PAGE: &str = include_str!("../../src/lib.rs");

/// The lines between this fence and its end.
fn block<'a>(lines: impl Iterator<Item = &'a str>, fence: &str) -> Vec<&'a str> {
    lines.skip_while(|line| *line != fence).skip(1).take_while(|line| *line != "```").collect()
}

fn front_page() -> impl Iterator<Item = &'static str> {
    FRONT_PAGE.lines().filter_map(|line| line.strip_prefix("//!")).map(|line| line.strip_prefix(' ').unwrap_or(line))
}

/// The README's is compiled and run (`tests/packaged/run`); the front page's can't be, since it needs a client.
#[test]
fn the_front_page_shows_the_test_of_the_readme() {
    let shown = block(README.lines(), "```rust");
    assert!(shown.contains(&"#[tokio::test]"), "{shown:?}");
    assert_eq!(block(front_page(), "```ignore"), shown);
}

#[test]
fn the_front_page_shows_the_dependencies_of_the_readme() {
    let shown = block(README.lines(), "```toml");
    assert!(shown.contains(&"[dev-dependencies]"), "{shown:?}");
    assert_eq!(block(front_page(), "```toml"), shown);
}
