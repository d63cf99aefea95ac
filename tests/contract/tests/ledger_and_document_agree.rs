//! The ledger holds every fact of the five pages; here the document is held to it, and it to the document.

use std::collections::{BTreeMap, BTreeSet};

use contract::document::{document, read_data, yaml};
use contract::examples::{self, OPERATIONS};
use contract::ledger::{check, deviations, ledgers, report};

#[test]
fn the_document_states_what_the_pages_state_and_nothing_else() {
    let found = check(&document(), &ledgers());
    assert!(found.is_empty(), "{}", report(&found));
}

#[test]
fn the_pages_have_126_field_facts() {
    let counted = ledgers().into_iter().filter(|page| OPERATIONS.contains(&page.operation.as_str()));
    let counts: Vec<usize> = counted.map(|page| page.fields.len()).collect();
    assert_eq!(counts, [32, 31, 12, 22, 29]);
    assert_eq!(counts.iter().sum::<usize>(), 126);
}

/// The facts about the operations have no table to be counted in, so the list of them is data of its own.
#[test]
fn no_fact_about_an_operation_is_lost() {
    let listed: BTreeMap<String, Vec<String>> =
        serde_json::from_value(yaml(&read_data("operation-facts.yaml"))).expect("a list of names for each operation");
    let ledgers = ledgers();
    for (operation, listed) in &listed {
        let page = ledgers.iter().find(|page| page.operation == *operation);
        let facts = &page.unwrap_or_else(|| panic!("{operation} has no ledger")).operation_facts;
        let names: Vec<&str> = facts.iter().map(|fact| fact.fact.as_str()).collect();
        assert_eq!(*listed, names, "{operation}");
    }
    assert_eq!(listed.values().map(Vec::len).sum::<usize>(), 157);
}

#[test]
fn every_field_fact_says_what_its_description_must_mention() {
    for page in ledgers() {
        for fact in page.fields {
            let mentions = fact.mentions.iter().all(|mention| !mention.trim().is_empty());
            assert!(mentions && !fact.mentions.is_empty(), "{}, {}", page.operation, fact.name());
        }
    }
}

#[test]
fn every_deviation_has_words_and_is_used() {
    let defined = deviations();
    for (key, deviation) in &defined {
        assert!(!deviation.what.trim().is_empty(), "{key} does not say what deviates");
        assert!(!deviation.reason.trim().is_empty(), "{key} gives no reason");
    }
    let mut used = BTreeSet::new();
    for page in ledgers() {
        used.extend(page.fields.into_iter().flat_map(|fact| fact.deviations));
        used.extend(page.operation_facts.into_iter().flat_map(|fact| fact.deviations));
    }
    assert_eq!(defined.into_keys().collect::<BTreeSet<_>>(), used);
}

#[test]
fn ledger_and_recorded_example_name_the_same_page() {
    for page in ledgers() {
        let example = examples::load(&page.operation);
        assert_eq!((example.page(), example.title()), (page.page.as_str(), page.title.as_str()));
    }
}
