//! `BENCHMARKS.md`.

use crate::{
    figure::{Figure, Measured},
    table::{Row, markdown},
};

/// The whole file: what was measured, on what, how, and with which commands.
pub fn write(measured: &[(Figure, Measured)], machine: &str) -> String {
    let rows: Vec<Row> = measured.iter().flat_map(|(_, measured)| measured.rows.clone()).collect();
    let judged = || rows.iter().filter_map(Row::is_met);
    let (met, all) = (judged().filter(|met| *met).count(), judged().count());
    let mut text = format!(
        "# Benchmarks\n\n\
         Made by `cargo xtask bench`, in one run; do not edit. {met} of {all} goals are met. How it measures, and what the \
         columns are: [tests/bench](tests/bench/README.md).\n\n## The client beside what one writes by hand\n\n"
    );
    text.push_str(&markdown(&rows));
    for (_, measured) in measured.iter().filter(|(_, measured)| !measured.notes.is_empty()) {
        text.push_str(&format!("\n{}\n", measured.notes.trim()));
    }
    text.push_str("\n## How each figure is measured\n\n");
    for (figure, _) in measured {
        text.push_str(&format!("- `cargo xtask bench --only {}`: {}\n", figure.name, figure.how));
    }
    text.push_str(&format!("\n## Machine and versions\n\n{machine}"));
    text
}
