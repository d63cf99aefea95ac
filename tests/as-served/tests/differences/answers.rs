//! What both clients make of the answers in the entries.

use serde::Deserialize;
use serde_json::Value;

use crate::{
    call::{Failure, Told, documented, served},
    compare::{Change, changes},
    entries::entries,
    listener::{Answer, Listener},
};

/// An answer, and what each client makes of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    case: String,
    operation: String,
    first: Answer,
    /// What the server answers to everything that is asked afterwards; that it knows no such job, unless it is said.
    #[serde(default)]
    then: Vec<Answer>,
    /// What the client of the document makes of it.
    documented: Option<Expected>,
    /// What the default client makes of it.
    served: Option<Expected>,
    /// What both make of it.
    both: Option<Expected>,
    /// Why they make the same of it.
    same: Option<String>,
}

/// What a client makes of an answer: a value, or an error.
#[derive(Deserialize, Debug)]
#[serde(untagged, deny_unknown_fields)]
enum Expected {
    /// The last answer's body, without what is lost, by JSON pointer.
    Value {
        loses: Vec<String>,
    },
    Error {
        error: String,
        outcome: String,
        code: Option<String>,
    },
}

impl Answered {
    /// The bodies, in which the fields that an action brings can be found.
    pub fn bodies(&self) -> String {
        let then = self.then.iter().map(|answer| answer.body.as_str());
        std::iter::once(self.first.body.as_str()).chain(then).collect()
    }

    async fn told(&self) -> (Told, Told) {
        let parameters = parameters(&self.operation);
        let server = Listener::answering(&self.first, &self.then).await;
        let documented = documented::call(&server.url(), &self.operation, &parameters).await;
        let server = Listener::answering(&self.first, &self.then).await;
        let served = served::call(&server.url(), &self.operation, &parameters).await;
        (documented, served)
    }
}

/// The parameters that the operation needs.
fn parameters(operation: &str) -> Value {
    match operation {
        "GetDatabaseBackupFromImageStore" => serde_json::json!({"url": "ssh://root:password@10.0.0.1:22/zstack_bs"}),
        "RestoreBackup" => serde_json::json!({"project_id": "p", "backup_id": "b"}),
        "RecoverDataVolume" => serde_json::json!({"uuid": "u"}),
        _ => serde_json::json!({"uuid": "u", "src_backup_storage_uuid": "s", "dst_backup_storage_uuid": "d"}),
    }
}

/// Nothing, in whichever way it is written: no body, no value, no fields.
fn or_empty(value: Value) -> Value {
    if value.is_null() { serde_json::json!({}) } else { value }
}

/// What is lost of the body, or the error, as it stands in the entries.
fn in_words(told: &Told, body: &str) -> String {
    let value = match told {
        Err(Failure { kind, outcome, code: Some(code) }) => {
            return format!("{{error: {kind}, outcome: {outcome}, code: {code}}}");
        }
        Err(Failure { kind, outcome, code: None }) => return format!("{{error: {kind}, outcome: {outcome}}}"),
        Ok(value) => or_empty(value.clone()),
    };
    let body = or_empty(serde_json::from_str(body).unwrap_or_default());
    let mut lost: Vec<String> = changes(&body, &value)
        .into_iter()
        .map(|change| match change {
            Change::Lost(at, _) => at,
            other => format!("{other:?}"),
        })
        .collect();
    lost.sort();
    format!("{{loses: [{}]}}", lost.join(", "))
}

impl Expected {
    fn in_words(&self) -> String {
        match self {
            Self::Value { loses } => {
                let mut loses = loses.clone();
                loses.sort();
                format!("{{loses: [{}]}}", loses.join(", "))
            }
            Self::Error { error, outcome, code: Some(code) } => {
                format!("{{error: {error}, outcome: {outcome}, code: {code}}}")
            }
            Self::Error { error, outcome, code: None } => format!("{{error: {error}, outcome: {outcome}}}"),
        }
    }
}

#[tokio::test]
async fn each_client_makes_of_every_answer_what_the_entries_say() {
    let mut problems = Vec::new();
    for entry in entries() {
        for answered in &entry.answers {
            let told = answered.told().await;
            // The default client follows a job to its last answer.
            let last = answered.then.last().unwrap_or(&answered.first);
            for (client, made, expected) in [
                (
                    "documented",
                    in_words(&told.0, &answered.first.body),
                    answered.documented.as_ref().or(answered.both.as_ref()),
                ),
                ("served", in_words(&told.1, &last.body), answered.served.as_ref().or(answered.both.as_ref())),
            ] {
                let expected = expected.map_or("nothing".to_owned(), Expected::in_words);
                if made != expected {
                    problems.push(format!(
                        "`{}`, answer \"{}\": the {client} client makes of it\n  {made}\nand the entry has\n  {expected}",
                        entry.action, answered.case
                    ));
                }
            }
        }
    }
    assert!(problems.is_empty(), "answers of data/differences.yaml do not hold\n\n{}\n", problems.join("\n\n"));
}

#[tokio::test]
async fn answers_that_are_said_to_be_the_same_are_and_the_others_differ() {
    for entry in entries() {
        for answered in &entry.answers {
            let name = format!("{}, answer \"{}\"", entry.action, answered.case);
            let (documented, served) = answered.told().await;
            match answered {
                Answered { both: Some(_), same: Some(_), documented: None, served: None, .. } => {
                    assert_eq!(documented.map(or_empty), served.map(or_empty), "{name}");
                }
                Answered { both: None, same: None, documented: Some(_), served: Some(_), .. } => {
                    assert_ne!(documented, served, "{name}");
                }
                _ => panic!("{name}: give either `documented` and `served`, or `both` and why it is the `same`"),
            }
        }
    }
}
