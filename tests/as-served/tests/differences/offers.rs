//! What the builders of both clients have: the differences are those that the entries have.

use std::collections::{BTreeMap, BTreeSet};

use crate::{entries::assert_claimed, requests};

/// The public functions of each builder, by operation, read from the generated source.
fn builders(sources: [&str; 2]) -> BTreeMap<String, BTreeSet<String>> {
    let mut builders: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut operation = None;
    for line in sources.iter().flat_map(|source| source.lines()) {
        if let Some(name) = line.strip_prefix("    impl<'a> ").and_then(|rest| rest.strip_suffix("<'a> {")) {
            operation = Some(name.to_owned());
        } else if line == "    }" {
            operation = None;
        }
        let function = line.strip_prefix("        pub fn ").or_else(|| line.strip_prefix("        pub async fn "));
        if let (Some(operation), Some(function)) = (&operation, function) {
            let name = function.split(['(', '<']).next().unwrap_or_default();
            builders.entry(operation.clone()).or_default().insert(name.to_owned());
        }
    }
    builders
}

fn documented() -> BTreeMap<String, BTreeSet<String>> {
    builders([
        include_str!("../../../documented-client/src/generated/zstack.rs"),
        include_str!("../../../documented-client/src/generated/cbr.rs"),
    ])
}

fn served() -> BTreeMap<String, BTreeSet<String>> {
    builders([
        include_str!("../../../../generated-client/src/generated/zstack.rs"),
        include_str!("../../../../generated-client/src/generated/cbr.rs"),
    ])
}

#[test]
fn what_the_default_client_offers_besides_is_what_the_actions_say() {
    let (documented, served) = (documented(), served());
    assert_eq!(documented.keys().collect::<Vec<_>>(), served.keys().collect::<Vec<_>>());
    assert_eq!(served.len(), 5, "the five operations");
    let mut seen = BTreeSet::new();
    for (operation, functions) in &served {
        let others = &documented[operation];
        seen.extend(functions.difference(others).map(|name| format!("{operation}: has {name}")));
        seen.extend(others.difference(functions).map(|name| format!("{operation}: has no {name}")));
    }
    assert_claimed(&seen, |entry| entry.offers().collect(), "offers");
}

#[test]
fn the_calls_set_every_parameter_of_every_operation() {
    // What takes no parameter that is sent.
    let of_the_call = ["options", "on_job", "on_progress", "send", "submit"];
    let calls = requests::calls();
    for (operation, functions) in served() {
        for name in functions.iter().filter(|name| !of_the_call.contains(&name.as_str())) {
            assert!(
                calls.iter().any(|call| call.operation == operation && call.parameters.get(name).is_some()),
                "no call of {operation} sets `{name}`: add one to data/calls.yaml, and the setter to call.rs"
            );
        }
    }
}
