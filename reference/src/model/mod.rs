//! What the page says, as data: no HTML here.

pub(crate) mod correction;
pub(crate) mod deviation;
pub(crate) mod failure;
pub(crate) mod field;
pub(crate) mod group;
pub(crate) mod knowledge;
pub(crate) mod ledger;
pub(crate) mod operation;
mod parameters;
pub(crate) mod printed;
pub(crate) mod recorded;
pub(crate) mod schema;
pub(crate) mod shared;
pub(crate) mod summary;
pub(crate) mod target;

use serde_yaml::Value;

use crate::yaml::{self, Node};
use crate::{Error, Sources};
use correction::Correction;
use deviation::Deviation;
use failure::Failure;
use knowledge::{About, Evidence, Rules, Words};
use ledger::Ledger;
use operation::Operation;
use shared::Shared;
use summary::Summary;

/// Everything that the page shows.
pub(crate) struct Model {
    pub(crate) operations: Vec<Operation>,
    pub(crate) corrections: Vec<Correction>,
    pub(crate) deviations: Vec<Deviation>,
    pub(crate) rules: Rules,
    pub(crate) words: Words,
    /// The evidence that stands in no overlay, each once, in the order of the page.
    pub(crate) evidence: Vec<Evidence>,
    /// Types that many fields share, by name.
    pub(crate) types: Vec<Shared>,
    pub(crate) summary: Summary,
}

impl Model {
    pub(crate) fn read(sources: &Sources) -> Result<Self, Error> {
        let document: Value = yaml::read(&sources.document)?;
        let served: Value = yaml::read(&sources.served)?;
        let document = Node::root(&sources.document.file, &document);
        let served = Node::root(&sources.served.file, &served);

        let words: Words = yaml::read(&sources.words)?;
        let rules: Rules = yaml::read(&sources.rules)?;
        let failures: Vec<Failure> = yaml::read(&sources.errors)?;
        words.check(&sources.rules.file, rules.rules.iter().map(|rule| &rule.evidence))?;
        words.check(&sources.errors.file, failures.iter().map(|failure| &failure.evidence))?;
        if let Some(failure) = failures.iter().find(|failure| words.outcome(&failure.outcome).is_none()) {
            let place = format!("{}, {}", failure.status, failure.code);
            let message = format!("nothing explains the outcome `{}`", failure.outcome);
            return Err(Error::new(&sources.errors.file, place, message));
        }
        let ledgers = sources.ledgers.iter().map(yaml::read).collect::<Result<Vec<Ledger>, Error>>()?;
        let corrections = correction::read(&sources.overlay, &document, &served, &words)?;
        let operations = operation::read(&operation::Parts {
            sources,
            served: served.clone(),
            ledgers: &ledgers,
            corrections: &corrections,
            failures: &failures,
        })?;
        let abouts = operations.iter().map(|operation| &operation.about);
        let statements: Vec<_> = abouts.flat_map(About::statements).map(|statement| &statement.evidence).collect();
        words.check(&sources.operations.file, statements.iter().copied())?;
        let of_types: Vec<_> = words.types.values().flatten().map(|statement| &statement.evidence).collect();
        words.check(&sources.words.file, of_types.iter().copied())?;
        let of_failures = operations.iter().flat_map(|it| &it.failures).map(|failure| &failure.evidence);
        let all = of_types
            .into_iter()
            .chain(statements)
            .chain(rules.rules.iter().map(|rule| &rule.evidence))
            .chain(of_failures);
        let evidence = knowledge::each_once(all);
        let types = shared::read(&served, &corrections, &words.types)?;
        if let Some(name) = words.types.keys().find(|name| !types.iter().any(|shared| shared.name == **name)) {
            return Err(Error::new(&sources.words.file, name.clone(), "there is no such shared type"));
        }
        let deviations = deviation::read(&sources.deviations, &ledgers, &operations)?;
        let summary = Summary::of(&ledgers, &corrections, &words);
        Ok(Self { operations, corrections, deviations, rules, words, evidence, types, summary })
    }
}
