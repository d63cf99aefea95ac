//! Why the document does not say what a page prints, and where that is so.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::ledger::Ledger;
use super::operation::Operation;
use crate::yaml;
use crate::{Error, Source};

/// A reason, and the rows that have it.
#[derive(Debug)]
pub(crate) struct Deviation {
    pub(crate) key: String,
    pub(crate) what: String,
    pub(crate) reason: String,
    pub(crate) uses: Vec<Use>,
}

/// A row that deviates.
#[derive(Debug)]
pub(crate) struct Use {
    pub(crate) operation: String,
    /// A field's path, or the name of a fact about the operation.
    pub(crate) name: String,
    pub(crate) anchor: String,
}

#[derive(Deserialize)]
struct Entry {
    what: String,
    reason: String,
}

impl Deviation {
    /// The anchor of a deviation on the page.
    pub(crate) fn anchor(key: &str) -> String {
        format!("deviation-{key}")
    }
}

pub(crate) fn read(source: &Source, ledgers: &[Ledger], operations: &[Operation]) -> Result<Vec<Deviation>, Error> {
    let entries: BTreeMap<String, Entry> = yaml::read(source)?;
    let mut deviations: Vec<Deviation> = entries
        .into_iter()
        .map(|(key, entry)| Deviation { key, what: entry.what, reason: entry.reason, uses: Vec::new() })
        .collect();
    for ledger in ledgers {
        let facts = ledger.operation_facts.iter().map(|row| (&row.fact, &row.deviations, None));
        let fields = ledger.fields.iter().map(|row| (&row.path, &row.deviations, Some(&row.path)));
        for (name, keys, path) in facts.chain(fields) {
            for key in keys {
                let found = deviations.iter_mut().find(|deviation| deviation.key == *key);
                let missing = || Error::new(&source.file, "", format!("`{key}` is not in it, and a ledger names it"));
                let anchor = path.and_then(|path| field_anchor(operations, &ledger.operation, path));
                found.ok_or_else(missing)?.uses.push(Use {
                    operation: ledger.operation.clone(),
                    name: name.clone(),
                    anchor: anchor.unwrap_or_else(|| ledger.operation.clone()),
                });
            }
        }
    }
    deviations.sort_by_key(|deviation| std::cmp::Reverse(deviation.uses.len()));
    Ok(deviations)
}

fn field_anchor(operations: &[Operation], operation: &str, path: &str) -> Option<String> {
    let operation = operations.iter().find(|known| known.id == operation)?;
    let mut fields = operation.groups().flat_map(|group| &group.fields);
    fields.find(|field| field.page.as_ref().is_some_and(|page| page.path == path)).map(|field| field.anchor.clone())
}
