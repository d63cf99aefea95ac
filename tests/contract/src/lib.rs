//! What the contract tests share: reading the document, its ledger and its recorded examples, and holding each to the
//! others.

pub mod alter;
pub mod document;
pub mod examples;
pub mod ledger;
pub mod places;
pub mod request;
pub mod schema;

/// The README's code, which is compiled as it stands there.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
