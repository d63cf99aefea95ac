//! What stands in no document: data of this package, each with its source.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Error;

/// Where something is seen, and how well that is known.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Evidence {
    pub(crate) source: String,
    #[serde(rename = "where")]
    pub(crate) place: String,
    /// A key of [`Words::grades`].
    pub(crate) grade: String,
}

/// Each evidence once, in the order in which it comes first.
pub(crate) fn each_once<'a>(all: impl IntoIterator<Item = &'a Evidence>) -> Vec<Evidence> {
    let mut found: Vec<Evidence> = Vec::new();
    for evidence in all {
        if !found.contains(evidence) {
            found.push(evidence.clone());
        }
    }
    found
}

/// A sentence, and why it is said.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Statement {
    pub(crate) says: String,
    pub(crate) evidence: Evidence,
}

/// What is known of an operation beside its document.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct About {
    /// What it destroys.
    pub(crate) destroys: Statement,
    /// Whether it may be sent again.
    pub(crate) again: Statement,
    /// Whether nothing is known that it destroys.
    #[serde(default)]
    pub(crate) destroys_nothing: bool,
    /// What becomes of the request that its page shows.
    pub(crate) pages_request: Option<Statement>,
    /// Each kind of credentials that it takes.
    pub(crate) credentials: Vec<Credentials>,
    /// What to mind in a request beside its fields.
    #[serde(default)]
    pub(crate) requests: Vec<Statement>,
}

/// A kind of credentials.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Credentials {
    /// The full headers.
    pub(crate) headers: Vec<String>,
    /// Where the credentials come from, and how long they last.
    pub(crate) lifetime: Statement,
}

impl About {
    /// All that is said, in the order of the page.
    pub(crate) fn statements(&self) -> impl Iterator<Item = &Statement> {
        let credentials = self.credentials.iter().map(|credentials| &credentials.lifetime);
        let first = [&self.destroys, &self.again].into_iter().chain(credentials);
        first.chain(&self.pages_request).chain(&self.requests)
    }
}

pub(crate) type Abouts = BTreeMap<String, About>;

/// Rules that hold only together with other fields.
#[derive(Debug, Deserialize)]
pub(crate) struct Rules {
    /// Of which operation.
    pub(crate) operation: String,
    pub(crate) introduction: String,
    pub(crate) rules: Vec<Rule>,
}

/// What must be in a request, in one case.
#[derive(Debug, Deserialize)]
pub(crate) struct Rule {
    pub(crate) case: String,
    pub(crate) send: String,
    pub(crate) otherwise: String,
    pub(crate) evidence: Evidence,
}

/// The words that the page explains.
#[derive(Debug, Deserialize)]
pub(crate) struct Words {
    pub(crate) grades: Vec<Grade>,
    pub(crate) outcomes: Vec<OutcomeWord>,
    /// What is known of a shared type beside the document, by the type's name.
    pub(crate) types: BTreeMap<String, Vec<Statement>>,
}

/// A grade of evidence.
#[derive(Debug, Deserialize)]
pub(crate) struct Grade {
    pub(crate) grade: String,
    pub(crate) name: String,
    pub(crate) means: String,
}

/// What is known after a failed call.
#[derive(Debug, Deserialize)]
pub(crate) struct OutcomeWord {
    pub(crate) outcome: String,
    pub(crate) name: String,
    pub(crate) when: String,
    pub(crate) again: String,
}

impl Words {
    /// Says which file names a grade that nothing explains.
    pub(crate) fn check<'a>(&self, file: &str, evidence: impl IntoIterator<Item = &'a Evidence>) -> Result<(), Error> {
        let unknown = evidence.into_iter().find(|evidence| self.grade(&evidence.grade).is_none());
        match unknown {
            None => Ok(()),
            Some(it) => Err(Error::new(file, it.place.clone(), format!("nothing explains the grade `{}`", it.grade))),
        }
    }

    pub(crate) fn grade(&self, grade: &str) -> Option<&Grade> {
        self.grades.iter().find(|known| known.grade == grade)
    }

    pub(crate) fn outcome(&self, outcome: &str) -> Option<&OutcomeWord> {
        self.outcomes.iter().find(|known| known.outcome == outcome)
    }
}
