//! Lines of generated code.

use super::{Bench, Measured};
use crate::{
    Problem, budget, lines,
    table::{Goal, Row},
};

pub(super) const HOW: &str = "lines of `generated-client/src/generated` that are neither empty nor comments.";

pub(super) fn measure(bench: &Bench) -> Result<Measured, Problem> {
    let client = lines::of_code(&bench.workspace.join("generated-client/src/generated"))? as f64;
    let goal = Goal::AtMost(budget::GENERATED_LINES as f64);
    Ok(vec![Row::new("generated code", "lines", [Some(client), None, None, None], goal)].into())
}
