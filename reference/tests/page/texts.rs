//! What stands on the page for a reader.

use crate::html::{attributes, elements, text};
use crate::{page, sources};

#[test]
fn the_same_sources_give_the_same_bytes() {
    assert_eq!(page(), page());
}

#[test]
fn the_page_has_less_than_500_kilobytes() {
    let length = page().len();
    assert!((100_000..500_000).contains(&length), "{length} bytes");
}

#[test]
fn the_script_has_less_than_3_kilobytes() {
    let page = page();
    let scripts = elements(&page, "script");
    assert_eq!(scripts.len(), 1);
    assert!(scripts[0].1.len() < 3_000, "{} bytes", scripts[0].1.len());
}

#[test]
fn no_text_is_outside_of_english() {
    let page = page();
    let typographic = "…≠“”";
    let foreign: String = page.chars().filter(|letter| !letter.is_ascii() && !typographic.contains(*letter)).collect();
    assert_eq!(foreign, "");
}

#[test]
fn no_description_is_empty() {
    let page = page();
    let mut looked = 0;
    for name in ["td", "th", "dt", "p", "h1", "h2", "h3", "h4", "summary", "figcaption", "pre"] {
        for (attributes, inner) in elements(&page, name) {
            assert!(!text(inner).trim().is_empty(), "an empty {name}{attributes}");
            looked += 1;
        }
    }
    assert!(looked > 1_500, "{looked}");
}

#[test]
fn every_operation_says_what_a_caller_must_know() {
    let page = page();
    let operations = elements(&page, "article");
    assert_eq!(operations.len(), 6);
    for (attribute, inner) in operations {
        let terms: Vec<String> = elements(inner, "dt").into_iter().map(|(_, inner)| text(inner)).collect();
        for term in ["Destroys", "Send again?", "Credentials", "Address", "Carried out", "Since", "Page"] {
            assert!(terms.iter().any(|known| known == term), "{attribute}: {term}");
        }
        for label in ["curl", "Rust", "output", "failure, "] {
            assert!(inner.contains(&format!("<figcaption>{label}")), "{attribute}: {label}");
        }
        let warns = inner.contains("A 200 may be a failure.");
        assert_eq!(warns, !attribute.contains("RestoreBackup") && !attribute.contains("QueryApiJob"), "{attribute}");
    }
}

#[test]
fn the_red_of_danger_is_for_what_may_be_destroyed() {
    let page = page();
    for (attribute, inner) in elements(&page, "article") {
        let is_red = inner.contains("<div class=\"danger\"><dt>Destroys");
        let destroys = inner.split_once("<dt>Destroys</dt><dd><p>").unwrap().1;
        assert_eq!(is_red, !destroys.starts_with("Nothing"), "{attribute}");
    }
}

#[test]
fn both_kinds_of_credentials_stand_at_the_operations_that_take_them() {
    let page = page();
    for (attribute, inner) in elements(&page, "article") {
        let is_zstack = !attribute.contains("RestoreBackup") && !attribute.contains("QueryApiJob");
        let glance = text(inner.split_once("<dl class=\"glance\">").unwrap().1.split_once("</dl>").unwrap().0);
        assert_eq!(glance.contains("Authorization: ZStack {id}:{signature}Date: {date}"), is_zstack, "{attribute}");
    }
}

#[test]
fn what_is_shown_is_what_is_run() {
    let page = page();
    let blocks: Vec<String> = elements(&page, "pre").into_iter().map(|(_, inner)| text(inner)).collect();
    let sources = sources();
    for (operation, snippet) in &sources.snippets {
        let curl = snippet.curl.text.trim_end();
        assert!(blocks.iter().any(|block| block == curl), "{operation}");
        let rust = snippet.rust.as_ref().unwrap();
        let shown = rust.text.split_once("\n\n").unwrap().1.trim_end();
        assert!(shown.starts_with("use ") && blocks.iter().any(|block| block == shown), "{operation}");
    }
}

#[test]
fn the_numbers_of_recorded_examples_stand_as_they_are_printed() {
    let page = page();
    let blocks: String = elements(&page, "pre").into_iter().map(|(_, inner)| text(inner)).collect();
    let mut numbers = 0;
    for (operation, example) in &sources().examples {
        let Some(response) = &example.response else { continue };
        for part in response.text.split([' ', ',', '}', '\n']).filter(|part| part.contains('.')) {
            if part.starts_with(|letter: char| letter.is_ascii_digit()) && !part.contains('"') {
                assert!(blocks.contains(&format!(": {part}")), "{operation}: {part}");
                assert!(
                    page.contains(&format!("<code class=\"value\">{}</code>", part.replace('.', ".<wbr>"))),
                    "{part}"
                );
                numbers += 1;
            }
        }
    }
    assert_eq!(numbers, 7);
}

#[test]
fn every_block_that_may_scroll_can_be_reached_by_the_keyboard() {
    let page = page();
    let blocks = elements(&page, "pre");
    assert!(!blocks.is_empty() && blocks.iter().all(|(attribute, _)| attribute.contains("tabindex=\"0\"")));
    assert!(attributes(&page, "class").iter().filter(|class| **class == "scroll").count() > 10);
    assert!(!page.contains("class=\"scroll\">"));
}
