//! What the ledger and the examples give as printed is what was once read from the pages. The pages are not here, so
//! their words are held by digests: nobody alters a printed cell in passing, and who mends one writes a new digest.

use std::collections::BTreeMap;

use contract::document::{read_data, spec_dir, yaml};
use contract::ledger::{OperationLedger, ledgers};
use sha2::{Digest, Sha256};

/// The digests of what one page prints, by what they are of.
type Digests = BTreeMap<String, String>;

fn digest(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn digests(page: &OperationLedger) -> Digests {
    let facts = page.operation_facts.iter().map(|fact| format!("{}|{}\n", fact.fact, fact.says));
    let rows = page.fields.iter().map(|row| {
        let cells = [&row.path, &row.side, &row.printed_type, &row.required, &row.says];
        cells.map(String::as_str).join("|") + "\n"
    });
    let mut found = Digests::from([
        ("operation_facts".to_owned(), digest(facts.collect::<String>())),
        ("fields".to_owned(), digest(rows.collect::<String>())),
    ]);
    let folder = spec_dir().join("examples").join(&page.operation);
    for file in ["request.txt", "response.json"] {
        if let Ok(bytes) = std::fs::read(folder.join(file)) {
            found.insert(file.to_owned(), digest(bytes));
        }
    }
    found
}

#[test]
fn printed_cells_and_recorded_examples_have_the_digests_of_what_was_read() {
    let wanted: BTreeMap<String, Digests> =
        serde_json::from_value(yaml(&read_data("printed.yaml"))).expect("digests for each operation");
    let listed = ledgers().into_iter().filter(|page| wanted.contains_key(&page.operation));
    let found: BTreeMap<String, Digests> = listed.map(|page| (page.operation.clone(), digests(&page))).collect();
    let text: String = found
        .iter()
        .map(|(operation, digests)| {
            let lines = digests.iter().map(|(what, digest)| format!("  {what}: {digest}\n"));
            format!("{operation}:\n{}", lines.collect::<String>())
        })
        .collect();
    assert!(wanted == found, "printed words have changed. If the pages say so, data/printed.yaml should be:\n{text}");
}
