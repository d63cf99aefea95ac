//! A server on loopback that answers by a script, and keeps what it was sent.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use serde::Deserialize;
use serde_json::Value;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

/// An answer, byte for byte. `{job}` in its body is the name under which the first request was sent.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub status: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    pub body: String,
}

impl Answer {
    /// What the server says to questions about a job that it does not know.
    pub fn unknown_job() -> Self {
        Self { status: 404, headers: BTreeMap::new(), body: "no such job".to_owned() }
    }

    fn template(&self, job: &str) -> ResponseTemplate {
        let answer = ResponseTemplate::new(self.status).set_body_bytes(self.body.replace("{job}", job));
        self.headers.iter().fold(answer, |answer, (name, value)| answer.insert_header(name.as_str(), value.as_str()))
    }
}

/// What was sent, in a form that can be compared.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    pub method: String,
    pub path: String,
    /// In the order of the query; a list repeats its name.
    pub query: Vec<(String, String)>,
    pub headers: BTreeMap<String, String>,
    pub body: Value,
    /// The status that it was answered with.
    pub answered: u16,
}

/// The headers that HTTP itself needs: they follow from the server's address and from the body.
const OF_HTTP: [&str; 2] = ["host", "content-length"];

impl Sent {
    fn new(request: &Request, answered: u16) -> Self {
        let header = |value: &wiremock::http::HeaderValue| value.to_str().unwrap().to_owned();
        Self {
            method: request.method.to_string(),
            path: request.url.path().to_owned(),
            query: request.url.query_pairs().into_owned().collect(),
            headers: request
                .headers
                .iter()
                .map(|(name, value)| (name.as_str().to_owned(), header(value)))
                .filter(|(name, _)| !OF_HTTP.contains(&name.as_str()))
                .collect(),
            body: match request.body.as_slice() {
                b"" => Value::Null,
                body => serde_json::from_slice(body).unwrap(),
            },
            answered,
        }
    }
}

/// Answers the n-th request with the n-th answer, and all further ones with the last.
struct Script {
    answers: Vec<Answer>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Respond for Script {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut sent = self.sent.lock().unwrap();
        let answer = &self.answers[sent.len().min(self.answers.len() - 1)];
        sent.push(Sent::new(request, answer.status));
        answer.template(sent[0].headers.get("x-job-uuid").map_or("", String::as_str))
    }
}

/// A server that follows a script.
pub struct Listener {
    server: MockServer,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Listener {
    pub async fn answering(first: &Answer, then: &[Answer]) -> Self {
        let mut answers = vec![first.clone()];
        answers.extend_from_slice(then);
        if then.is_empty() {
            answers.push(Answer::unknown_job());
        }
        let server = MockServer::start().await;
        let sent = Arc::default();
        Mock::given(any()).respond_with(Script { answers, sent: Arc::clone(&sent) }).mount(&server).await;
        Self { server, sent }
    }

    pub fn url(&self) -> String {
        self.server.uri()
    }

    /// What was sent, in its order.
    pub fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }
}
