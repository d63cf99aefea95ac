//! Crates in the normal tree.

use super::{Bench, Measured, of_each};
use crate::{
    Problem, budget,
    program::Client,
    table::{Goal, Row},
    tree::crates,
};

pub(super) const HOW: &str = "`cargo tree --edges normal` of the client's package without its default features and with \
the named ones: crates that are compiled for this platform, itself and procedural macros included. By hand there are no \
features but TLS.";

pub(super) fn measure(bench: &Bench) -> Result<Measured, Problem> {
    let mut rows = Vec::new();
    for (features, most) in budget::CRATES {
        let values = of_each(|client| match (client, features) {
            (Client::Generated, _) | (Client::Guarded | Client::Barest, [] | ["rustls"]) | (Client::Progenitor, []) => {
                Ok(Some(crates(&bench.workspace, client.package(), features)? as f64))
            }
            _ => Ok(None),
        })?;
        let (name, goal) = match features {
            [] => ("no TLS".to_owned(), Goal::AtMostMore(budget::CRATES_MORE_THAN_BAREST as f64)),
            features => (features.join(", "), Goal::AtMost(most as f64)),
        };
        rows.push(Row::new(format!("crates: {name}"), "", values, goal));
    }
    Ok(rows.into())
}
