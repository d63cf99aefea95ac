//! The test of the test: whatever is altered in the document at a fact's place, the check of the ledger names that fact.

use contract::alter::{Altered, Change, at_field, at_operation};
use contract::document::{document, read_data, yaml};
use contract::ledger::{Match, OperationLedger, check, deviations, ledgers, report};
use serde::Deserialize;
use serde_json::Value;

/// Document and ledgers, which agree as long as nothing is altered: a fact that is named anyway would prove nothing.
fn unaltered() -> (Value, Vec<OperationLedger>) {
    let (document, ledgers) = (document(), ledgers());
    let found = check(&document, &ledgers);
    assert!(found.is_empty(), "before any alteration:\n{}", report(&found));
    (document, ledgers)
}

/// The alterations that the check does not report as one of this fact.
fn unnoticed(altered: Vec<Altered>, ledgers: &[OperationLedger], page: &OperationLedger, fact: &str) -> Vec<String> {
    let names = |document: &Value| {
        let found = check(document, ledgers);
        found.iter().any(|one| one.page == page.page && one.operation == page.operation && one.fact == fact)
    };
    let missed = altered.into_iter().filter(|(_, document)| !names(document));
    missed.map(|(alteration, _)| format!("page {}, {fact}: {alteration}", page.page)).collect()
}

#[test]
fn every_field_fact_is_named_when_its_place_is_altered() {
    let (document, ledgers) = unaltered();
    let (mut facts, mut missed) = (0, Vec::new());
    for page in &ledgers {
        for fact in &page.fields {
            let altered = at_field(&document, fact);
            assert!(altered.len() >= 5, "{}: only {} alterations", fact.name(), altered.len());
            missed.extend(unnoticed(altered, &ledgers, page, &fact.name()));
            facts += 1;
        }
    }
    assert!(facts >= 126, "{facts} facts");
    assert!(missed.is_empty(), "not noticed:\n{}", missed.join("\n"));
}

#[test]
fn every_operation_fact_is_named_when_its_place_is_altered() {
    let (document, ledgers) = unaltered();
    let mut missed = Vec::new();
    for page in &ledgers {
        for fact in &page.operation_facts {
            let altered = at_operation(&document, fact);
            assert!(!altered.is_empty(), "{}: nothing altered", fact.name());
            missed.extend(unnoticed(altered, &ledgers, page, &fact.name()));
        }
    }
    assert!(missed.is_empty(), "not noticed:\n{}", missed.join("\n"));
}

#[test]
fn a_fact_is_named_when_its_shape_is_altered() {
    #[derive(Deserialize)]
    struct Alteration {
        what: String,
        operation: String,
        fact: String,
        change: Change,
    }

    let (document, ledgers) = unaltered();
    let alterations: Vec<Alteration> =
        serde_json::from_value(yaml(&read_data("alterations-of-facts.yaml"))).expect("a list of alterations");
    for Alteration { what, operation, fact, change } in alterations {
        let mut altered = document.clone();
        change.apply(&mut altered);
        let found = check(&altered, &ledgers);
        let named = found.iter().any(|one| one.operation == operation && one.fact == fact);
        assert!(named, "{what} is not reported as {fact}:\n{}", report(&found));
    }
}

#[test]
fn every_path_and_media_type_is_compared_letter_by_letter() {
    let (document, ledgers) = unaltered();
    for page in &ledgers {
        for (index, fact) in page.operation_facts.iter().enumerate().filter(|(_, fact)| fact.matches == Match::Key) {
            let printed = fact.document.as_ref().and_then(Value::as_str).unwrap_or(&fact.says);
            let upper = printed.to_uppercase();
            if upper == printed {
                continue;
            }
            let mut altered = ledgers.clone();
            for other in altered.iter_mut().filter(|other| other.operation == page.operation) {
                other.operation_facts[index].document = Some(Value::String(upper.clone()));
            }
            let found = check(&document, &altered);
            assert!(found.iter().any(|one| one.fact == fact.name()), "{}, {}: {upper}", page.operation, fact.name());
        }
    }
}

#[test]
fn every_deviation_of_a_field_is_missed_when_its_row_loses_it() {
    let (document, ledgers) = unaltered();
    let (deviations, mut lost) = (deviations(), 0);
    for (index, page) in ledgers.iter().enumerate() {
        for (row, fact) in page.fields.iter().enumerate() {
            for key in &fact.deviations {
                let mut fewer = ledgers.clone();
                let poorer = &mut fewer[index].fields[row];
                poorer.deviations.retain(|other| other != key);
                poorer.fill_effects(&deviations);
                let found = check(&document, &fewer);
                let named = found.iter().any(|one| one.operation == page.operation && one.fact == fact.name());
                assert!(named, "{}, {}: {key} is not missed", page.operation, fact.name());
                lost += 1;
            }
        }
    }
    assert!(lost > 178, "only {lost} deviations");
}

#[test]
fn every_fact_is_missed_by_the_document_when_the_ledger_loses_it() {
    let (document, ledgers) = unaltered();
    for (index, page) in ledgers.iter().enumerate() {
        for fact in 0..page.fields.len() {
            let mut fewer = ledgers.clone();
            let lost = fewer[index].fields.remove(fact);
            let found = check(&document, &fewer);
            // The table without an owner has one field: losing that loses the whole schema.
            let is_lost = |place: &str| place == lost.place || lost.place.starts_with(&format!("{place}/properties/"));
            let named = found.iter().any(|one| one.fact == "no fact" && is_lost(&one.place));
            assert!(named, "{}, {}: {}", page.operation, lost.name(), report(&found));
        }
    }
}

#[test]
fn a_place_without_a_fact_is_reported() {
    #[derive(Deserialize)]
    struct Addition {
        what: String,
        change: Change,
        /// Where the check reports it, if not where it was put.
        reported_at: Option<String>,
    }

    let (document, ledgers) = unaltered();
    let additions: Vec<Addition> =
        serde_json::from_value(yaml(&read_data("places-without-a-fact.yaml"))).expect("a list of additions");
    for Addition { what, change, reported_at } in additions {
        let mut altered = document.clone();
        change.apply(&mut altered);
        let place = reported_at.unwrap_or(change.at);
        let found = check(&altered, &ledgers);
        let named = found.iter().any(|one| one.fact == "no fact" && one.place == place);
        assert!(named, "{what} is not reported at {place}:\n{}", report(&found));
    }
}
