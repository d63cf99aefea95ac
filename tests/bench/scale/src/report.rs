//! The figures, as a table and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::measure::{Kind, Measured};

/// Milliseconds for each operation, at most.
pub const TIME: f64 = 1.5;
/// How many times as long as at the smallest size an operation may take at the largest.
pub const GROWTH: f64 = 1.25;
/// MiB at the largest size, at most.
pub const MEMORY: f64 = 1024.0;

/// The table.
pub fn table(figures: &[Measured]) -> String {
    let mut text = String::from(
        "| made of | operations | computed, ms an operation | elapsed, ms an operation | peak, MiB |\n|---|---|---|---|---|\n",
    );
    for figure in figures {
        // Writing to a text does not fail.
        let _ = writeln!(
            text,
            "| {} | {} | {:.2} | {:.2} | {:.0} |",
            figure.kind.name(),
            figure.operations,
            figure.computed_each(),
            figure.elapsed_each(),
            figure.peak,
        );
    }
    text.push('\n');
    for kind in Kind::ALL {
        let Some((first, last)) = ends(figures, kind) else { continue };
        let name = kind.name();
        let mut goal = |what: &str, figure: f64, goal: f64| {
            let verdict = if figure <= goal { "met" } else { "missed" };
            let _ = writeln!(text, "- {name}, {what}: {figure:.2} (goal: at most {goal}): {verdict}");
        };
        goal("ms computed for an operation at the largest size", last.computed_each(), TIME);
        goal("ms elapsed for an operation at the largest size", last.elapsed_each(), TIME);
        goal("times the smallest size's ms computed", last.computed_each() / first.computed_each(), GROWTH);
        goal("times the smallest size's ms elapsed", last.elapsed_each() / first.elapsed_each(), GROWTH);
        goal("MiB at the largest size", last.peak, MEMORY);
    }
    text
}

/// The figures of the smallest and of the largest size.
fn ends(figures: &[Measured], kind: Kind) -> Option<(&Measured, &Measured)> {
    let of_kind = || figures.iter().filter(|figure| figure.kind == kind);
    let first = of_kind().min_by_key(|figure| figure.operations)?;
    let last = of_kind().max_by_key(|figure| figure.operations)?;
    Some((first, last))
}

/// The same for programs. Milliseconds are those of an operation.
pub fn json(figures: &[Measured]) -> String {
    let row = |figure: &Measured| {
        json!({
            "made_of": figure.kind.name(),
            "operations": figure.operations,
            "computed_milliseconds": figure.computed_each(),
            "elapsed_milliseconds": figure.elapsed_each(),
            "peak_mebibytes": figure.peak,
        })
    };
    let rows: Vec<Value> = figures.iter().map(row).collect();
    let goals = json!({"milliseconds": TIME, "growth": GROWTH, "mebibytes": MEMORY});
    format!("{:#}\n", json!({"rows": rows, "goals": goals}))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures() -> Vec<Measured> {
        let figure = |operations: usize, computed| {
            let kind = Kind::Served;
            Measured { operations, kind, computed, elapsed: computed / 2.0, peak: operations as f64 }
        };
        vec![figure(50, 50.0), figure(5000, 6000.0)]
    }

    #[test]
    fn the_table_says_which_goals_are_met() {
        let text = table(&figures());
        assert!(text.contains("| document | 5000 | 1.20 | 0.60 | 5000 |"), "{text}");
        assert!(text.contains("- document, times the smallest size's ms computed: 1.20 (goal: at most 1.25): met"));
        assert!(text.contains("- document, MiB at the largest size: 5000.00 (goal: at most 1024): missed"), "{text}");
    }

    #[test]
    fn the_figures_are_there_for_programs() {
        let value: Value = serde_json::from_str(&json(&figures())).unwrap();
        assert_eq!(value["rows"][1]["operations"], 5000);
        assert_eq!(value["rows"][1]["computed_milliseconds"], 1.2);
    }
}
