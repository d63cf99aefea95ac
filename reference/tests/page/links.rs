//! Links and anchors.

use std::collections::BTreeSet;

use crate::html::attributes;
use crate::page;

#[test]
fn every_link_leads_to_a_place_on_the_page() {
    let page = page();
    let anchors: BTreeSet<&str> = attributes(&page, "id").into_iter().collect();
    let links = attributes(&page, "href");
    for link in links.iter().filter(|link| **link != "data:,") {
        let place = link.strip_prefix('#').unwrap_or_else(|| panic!("{link} leads away"));
        assert!(anchors.contains(place), "{link} leads nowhere");
    }
    assert!(links.len() > 500, "{}", links.len());
}

#[test]
fn every_anchor_is_there_once() {
    let page = page();
    let anchors = attributes(&page, "id");
    let mut seen = BTreeSet::new();
    for anchor in &anchors {
        assert!(seen.insert(anchor), "{anchor} is there twice");
        assert!(!anchor.is_empty() && !anchor.contains(char::is_whitespace), "{anchor:?} is no anchor");
    }
    assert!(anchors.len() > 300, "{}", anchors.len());
}

#[test]
fn every_operation_stands_in_the_table_of_contents() {
    let page = page();
    let contents = page.split_once("<nav").unwrap().1.split_once("</nav>").unwrap().0;
    for (attribute, _) in crate::html::elements(&page, "article") {
        let id = attributes(attribute, "id")[0];
        for part in ["", "-call", "-request", "-answers", "-errors"] {
            assert!(contents.contains(&format!("href=\"#{id}{part}\"")), "{id}{part}");
        }
    }
}

#[test]
fn nothing_is_fetched_from_anywhere() {
    let page = page();
    for fetching in ["src=", "http-equiv=\"refresh", "@import", "fetch(", "XMLHttpRequest", "<iframe", "<object"] {
        assert!(!page.contains(fetching), "{fetching}");
    }
    let styles = crate::html::elements(&page, "style");
    assert!(styles.len() == 1 && !styles[0].1.contains("url("));
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn no_element_has_code_in_an_attribute() {
    let page = page();
    for handler in [" onclick=", " onload=", " oninput=", "javascript:"] {
        assert!(!page.contains(handler), "{handler}");
    }
}
