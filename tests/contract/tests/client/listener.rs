//! A server on loopback that answers every request alike, and keeps what it was sent.

use std::collections::BTreeMap;

use serde_json::Value;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

/// A server that answers every request with this.
pub async fn answering(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

/// A server that answers with this status and body, byte for byte.
pub async fn saying(status: u16, body: &str) -> MockServer {
    answering(ResponseTemplate::new(status).set_body_raw(body.as_bytes().to_vec(), "application/json")).await
}

/// What was sent, in a form that can be compared.
#[derive(Debug, PartialEq)]
pub struct Sent {
    pub method: String,
    pub path: String,
    /// In the order of the query; a list repeats its name.
    pub query: Vec<(String, String)>,
    pub headers: BTreeMap<String, String>,
    pub body: Value,
}

/// The headers that HTTP itself needs, and that every client sends.
const OF_HTTP: [&str; 2] = ["host", "content-length"];

/// The one request that the server was sent.
pub async fn only_request(server: &MockServer) -> Sent {
    let mut requests = server.received_requests().await.expect("requests are recorded");
    assert_eq!(requests.len(), 1, "one call sends one request");
    let request = requests.remove(0);
    let header = |value: &wiremock::http::HeaderValue| value.to_str().expect("headers are text").to_owned();
    Sent {
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
            body => serde_json::from_slice(body).expect("bodies are JSON"),
        },
    }
}

/// How many requests the server was sent.
pub async fn requests(server: &MockServer) -> usize {
    server.received_requests().await.expect("requests are recorded").len()
}
