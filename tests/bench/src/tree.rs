//! How many crates a package brings.

use std::{collections::BTreeSet, path::Path};

use crate::{
    Problem,
    program::{cargo, run},
};

/// Counts the crates of a package's normal tree on this platform, itself and procedural macros included, without its default
/// features and with these. Nothing is built.
///
/// # Errors
/// When cargo does not say it.
pub fn crates(workspace: &Path, package: &str, features: &[&str]) -> Result<usize, Problem> {
    let mut cargo = cargo(workspace);
    cargo.args(["tree", "--locked", "--offline", "--edges", "normal", "--prefix", "none", "--format", "{p}"]);
    cargo.args(["--package", package, "--no-default-features", "--features", &features.join(",")]);
    let printed = run(&mut cargo)?;
    // `name version (*)` is one that was printed before.
    let crates = printed.lines().filter_map(|line| line.split_once(' ')).filter_map(|(name, rest)| {
        let version = rest.split(' ').next()?;
        Some((name, version))
    });
    Ok(crates.collect::<BTreeSet<_>>().len())
}
