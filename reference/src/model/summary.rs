//! The page in numbers.

use super::correction::Correction;
use super::knowledge::Words;
use super::ledger::Ledger;

/// How many facts there are, and how well they are known.
pub(crate) struct Summary {
    pub(crate) pages: usize,
    pub(crate) facts: usize,
    pub(crate) fields: usize,
    /// Facts of which the document says what the page prints.
    pub(crate) as_printed: usize,
    /// Facts whose deviation is named.
    pub(crate) deviating: usize,
    pub(crate) corrections: usize,
    /// How many corrections have each grade, in the order of the grades. One with several counts as its weakest.
    pub(crate) grades: Vec<(String, usize)>,
}

impl Summary {
    pub(crate) fn of(ledgers: &[Ledger], corrections: &[Correction], words: &Words) -> Self {
        let deviations = |ledger: &Ledger| {
            let facts = ledger.operation_facts.iter().map(|row| row.deviations.is_empty());
            facts.chain(ledger.fields.iter().map(|row| row.deviations.is_empty())).collect::<Vec<bool>>()
        };
        let rows: Vec<bool> = ledgers.iter().flat_map(deviations).collect();
        let as_printed = rows.iter().filter(|as_printed| **as_printed).count();
        let weakest = |known: &Correction| words.grades.iter().rposition(|grade| known.has_grade(&grade.grade));
        let of_grade = |index: usize| corrections.iter().filter(|known| weakest(known) == Some(index)).count();
        Self {
            pages: ledgers.len(),
            facts: rows.len(),
            fields: ledgers.iter().map(|ledger| ledger.fields.len()).sum(),
            as_printed,
            deviating: rows.len() - as_printed,
            corrections: corrections.len(),
            grades: words.grades.iter().enumerate().map(|(at, grade)| (grade.grade.clone(), of_grade(at))).collect(),
        }
    }
}
