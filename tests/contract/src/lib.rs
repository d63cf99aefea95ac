//! What the contract tests share: reading the document, its ledger and its recorded examples, and holding each to the
//! others.

pub mod alter;
pub mod document;
pub mod examples;
pub mod ledger;
pub mod places;
pub mod request;
pub mod schema;
