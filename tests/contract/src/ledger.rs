//! The ledger: every fact of the five pages, and where the document states it.

mod check;

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value};

pub use check::check;

use crate::document::{read, yaml};
use crate::examples;

/// The facts of one page.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperationLedger {
    /// The page's file name without its ending, which identifies it.
    pub page: String,
    pub title: String,
    /// The operation id in the document.
    pub operation: String,
    pub operation_facts: Vec<OperationFact>,
    pub fields: Vec<FieldFact>,
}

/// Something that a page states about its operation as a whole.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperationFact {
    pub fact: String,
    /// What the page prints; empty if it prints nothing.
    pub says: String,
    pub place: String,
    #[serde(default, rename = "match")]
    pub matches: Match,
    /// What the document has, if it is not what the page prints.
    pub document: Option<Value>,
    /// What the document has, if that is a recorded example.
    pub recorded: Option<Recorded>,
    #[serde(default)]
    pub deviations: Vec<String>,
}

/// How the fact and its place are compared.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Match {
    /// The value at the place is the fact.
    #[default]
    Equals,
    /// The text at the place contains the fact.
    Contains,
    /// The key that leads to the place is the fact.
    Key,
    /// The same for a method, which the pages print in upper case and OpenAPI in lower case.
    Method,
    /// There is nothing at the place.
    Absent,
}

/// Which recorded example an operation's fact stands for.
#[derive(Clone, Copy, Debug, Deserialize)]
pub enum Recorded {
    /// The body of the request as the page prints it, placeholders included.
    #[serde(rename = "request body")]
    RequestBody,
    #[serde(rename = "response body")]
    ResponseBody,
}

/// A row of a page's tables.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldFact {
    pub path: String,
    #[serde(rename = "in")]
    pub side: String,
    /// The printed type.
    #[serde(rename = "type")]
    pub printed_type: String,
    /// The printed cell about being required.
    pub required: String,
    /// The printed description.
    pub says: String,
    pub place: String,
    /// The type in the document, where the printed one does not tell.
    pub document_type: Option<String>,
    /// All that the document says about the field's values beyond their type.
    #[serde(default)]
    pub limits: Map<String, Value>,
    /// What the document's description must mention.
    #[serde(default)]
    pub mentions: Vec<String>,
    #[serde(default)]
    pub deviations: Vec<String>,
    /// The effects of those deviations, filled in when a ledger is loaded.
    #[serde(skip)]
    pub effects: Vec<Effect>,
}

impl FieldFact {
    /// How reports call the fact.
    pub fn name(&self) -> String {
        format!("field `{}` in {}", self.path, self.side)
    }

    /// Takes up the effects of the deviations that the fact names.
    pub fn fill_effects(&mut self, deviations: &BTreeMap<String, Deviation>) {
        let name = self.name();
        let named = self.deviations.iter();
        let named = named.map(|key| deviations.get(key).unwrap_or_else(|| panic!("{name}: nothing is called {key}")));
        self.effects = named.filter_map(|deviation| deviation.effect).collect();
    }

    pub(crate) fn has(&self, effect: Effect) -> bool {
        self.effects.contains(&effect)
    }
}

impl OperationFact {
    /// How reports call the fact.
    pub fn name(&self) -> String {
        format!("operation fact `{}`", self.fact)
    }
}

/// A difference between page and document that is known, with its reason.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    pub what: String,
    pub reason: String,
    pub effect: Option<Effect>,
}

/// What the check expects of a field because of a deviation.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Not required, and marked as required by the page.
    MarkedNotRequired,
    /// The mark and the description are on the schema that the field refers to.
    MarkedOnSchema,
    /// The ledger names the type.
    NamesTheType,
    /// The field is a header that is a security scheme.
    SecurityScheme,
    /// The field's schema is referenced from nowhere.
    Unreferenced,
}

/// A place at which ledger and document do not agree.
#[derive(Clone, Debug)]
pub struct Disagreement {
    pub page: String,
    pub operation: String,
    /// The name of the fact, or "no fact".
    pub fact: String,
    pub place: String,
    pub what: String,
}

impl fmt::Display for Disagreement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { page, operation, fact, place, what } = self;
        write!(formatter, "page {page}, {operation}, {fact}, at {place}: {what}")
    }
}

/// One disagreement to a line, for the message of a failed test.
pub fn report(disagreements: &[Disagreement]) -> String {
    let lines: Vec<String> = disagreements.iter().map(Disagreement::to_string).collect();
    lines.join("\n")
}

/// The deviations that the ledgers may name.
pub fn deviations() -> BTreeMap<String, Deviation> {
    serde_json::from_value(yaml(&read("ledger/deviations.yaml")))
        .unwrap_or_else(|error| panic!("ledger/deviations.yaml: {error}"))
}

/// All ledgers, in the order of their pages.
pub fn ledgers() -> Vec<OperationLedger> {
    let deviations = deviations();
    examples::operations().iter().map(|operation| load(operation, &deviations)).collect()
}

fn load(operation: &str, deviations: &BTreeMap<String, Deviation>) -> OperationLedger {
    let file = format!("ledger/{operation}.yaml");
    let mut ledger: OperationLedger =
        serde_json::from_value(yaml(&read(&file))).unwrap_or_else(|error| panic!("{file}: {error}"));
    for fact in &mut ledger.fields {
        fact.fill_effects(deviations);
    }
    let example = examples::load(operation);
    for fact in &mut ledger.operation_facts {
        for key in &fact.deviations {
            assert!(deviations.contains_key(key), "{file}: {}: no deviation is called {key}", fact.name());
        }
        fact.document = match fact.recorded {
            Some(Recorded::RequestBody) => example.printed_request().body,
            Some(Recorded::ResponseBody) => example.response_body(),
            None => fact.document.take(),
        };
    }
    ledger
}
