//! The entries of `data/differences.yaml`, one for each action of the overlay.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::{answers::Answered, overlay};

/// The operations that are jobs, which `each job: …` in an entry stands for.
const JOBS: [&str; 3] =
    ["RecoverBackupFromImageStoreBackupStorage", "SyncDatabaseBackupFromImageStoreBackupStorage", "RecoverDataVolume"];

/// What an action changes on the wire.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The action's name.
    pub action: String,
    /// What the default client sends differently.
    #[serde(default)]
    requests: Vec<String>,
    /// What the default client's builders have besides.
    #[serde(default)]
    offers: Vec<String>,
    /// What each client makes of answers.
    #[serde(default)]
    pub answers: Vec<Answered>,
    /// Why the action changes nothing on the wire.
    says: Option<String>,
}

pub fn entries() -> Vec<Entry> {
    serde_yaml::from_str(include_str!("../../data/differences.yaml")).unwrap()
}

impl Entry {
    pub fn requests(&self) -> impl Iterator<Item = String> {
        self.requests.iter().flat_map(|claim| each_job(claim))
    }

    pub fn offers(&self) -> impl Iterator<Item = String> {
        self.offers.iter().flat_map(|claim| each_job(claim))
    }
}

fn each_job(claim: &str) -> Vec<String> {
    match claim.strip_prefix("each job: ") {
        Some(rest) => JOBS.iter().map(|job| format!("{job}: {rest}")).collect(),
        None => vec![claim.to_owned()],
    }
}

/// Holds what was seen to what the entries claim; panics with what to do about each difference.
pub fn assert_claimed(seen: &BTreeSet<String>, claims: fn(&Entry) -> Vec<String>, key: &str) {
    let entries = entries();
    let mut problems = Vec::new();
    for difference in seen {
        if !entries.iter().any(|entry| claims(entry).contains(difference)) {
            problems.push(format!(
                "seen, and no action says it:\n  {difference}\nadd it to `{key}` of the action that brings it, or mend \
                 the client"
            ));
        }
    }
    for entry in &entries {
        for claim in claims(entry).into_iter().filter(|claim| !seen.contains(claim)) {
            problems.push(format!("`{}` says it, and it was not seen:\n  {claim}", entry.action));
        }
    }
    assert!(problems.is_empty(), "{} of data/differences.yaml do not hold\n\n{}\n", key, problems.join("\n\n"));
}

#[test]
fn every_action_has_its_entry_in_the_overlays_order() {
    let (actions, entries) = (overlay::actions(), entries());
    let entered: Vec<&str> = entries.iter().map(|entry| entry.action.as_str()).collect();
    let mut before = "the beginning";
    for action in &actions {
        let name = action.name();
        assert!(
            entered.contains(&name),
            "the action `{name}` has no entry in data/differences.yaml: add one behind {before}, with `action: {name}` \
             and what the action changes on the wire (`requests`, `offers`, `answers`), or, if it changes words only, \
             `says` with the reason"
        );
        before = name;
    }
    let names: Vec<&str> = actions.iter().map(overlay::Action::name).collect();
    for entry in &entered {
        assert!(names.contains(entry), "the entry `{entry}` belongs to no action: rename it, or remove it");
    }
    assert_eq!(entered, names, "the entries stand in the overlay's order");
}

#[test]
fn an_entry_says_either_what_changes_or_why_nothing_does() {
    for Entry { action, requests, offers, answers, says } in entries() {
        let changes = !(requests.is_empty() && offers.is_empty() && answers.is_empty());
        assert_ne!(changes, says.is_some_and(|reason| !reason.trim().is_empty()), "{action}");
    }
}

#[test]
fn every_field_that_an_action_brings_stands_in_its_entry() {
    let entries = entries();
    for action in overlay::actions() {
        let entry = entries.iter().find(|entry| entry.action == action.name());
        let Some(entry) = entry.filter(|entry| entry.says.is_none()) else { continue };
        let answers: Vec<String> = entry.answers.iter().map(Answered::bodies).collect();
        for field in action.fields() {
            assert!(
                answers.iter().any(|bodies| bodies.contains(&format!("\"{field}\"")))
                    || entry.requests.iter().any(|claim| claim.contains(&format!("/{field}"))),
                "`{}` brings the field `{field}`, which is in none of its entry's requests and answers: add it to one",
                action.name()
            );
        }
    }
}
