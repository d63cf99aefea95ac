//! What the client brings along, held to its budgets: counts that need no build.

use std::path::Path;

use bench::{budget, lines, tree};

fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

#[test]
fn each_feature_brings_as_many_crates_as_its_budget_says() {
    for (features, most) in budget::CRATES {
        let crates = tree::crates(workspace(), "generated-client", features).unwrap();
        assert!(crates <= most, "{features:?}: {crates} crates, the budget is {most}");
    }
}

#[test]
fn the_client_has_few_crates_more_than_the_barest_by_hand() {
    let crates = |package| tree::crates(workspace(), package, &[]).unwrap();
    let (client, barest) = (crates("generated-client"), crates("by-hand"));
    let most = barest + budget::CRATES_MORE_THAN_BAREST;
    assert!(client <= most, "{client} crates, by hand {barest}");
}

#[test]
fn the_generated_code_is_no_longer_than_its_budget() {
    let lines = lines::of_code(&workspace().join("generated-client/src/generated")).unwrap();
    let most = budget::GENERATED_LINES;
    assert!(lines <= most, "{lines} lines, the budget is {most}");
}
