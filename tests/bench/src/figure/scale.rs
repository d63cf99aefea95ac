//! Making clients of small and of huge documents: the program `bench-scale`.

use super::{Bench, Measured};
use crate::{
    Problem,
    program::{cargo, run, target},
};

pub(super) const HOW: &str = "the program `bench-scale`: see `tests/bench/scale`.";

pub(super) fn measure(bench: &Bench) -> Result<Measured, Problem> {
    let target = target()?;
    let mut cargo = cargo(&bench.workspace);
    cargo.args(["run", "--quiet", "--release", "--locked", "--package", "bench-scale", "--target-dir"]).arg(&target);
    let table = run(cargo.args(["--", "--json"]).arg(target.join("bench-scale.json")))?;
    let notes = format!(
        "## Making the clients of large documents\n\n{table}\n![Time and memory against operations](tests/bench/scale/scale.svg)\n"
    );
    Ok(Measured { rows: Vec::new(), notes })
}
