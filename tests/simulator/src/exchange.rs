//! One request and its answer.

use std::time::Duration;

use http_body_util::Either;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::document::Misfit;
use crate::fault::Mishap;
use crate::json::{self, Style};
use crate::operation::{self, Operation};
use crate::wire::{Flood, Payload};

/// A request as it arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// Method in capitals.
    pub method: String,
    /// Path as it was sent, percent-encoding included.
    pub path: String,
    /// Query as it was sent, without the question mark.
    pub query: Option<String>,
    /// Headers in the order of their arrival, names in lower case; bytes that are no text are replaced.
    pub headers: Vec<(String, String)>,
    /// Body; empty if there was none, or if it was not read.
    #[serde(with = "bytes_as_text")]
    pub body: Vec<u8>,
}

/// Bytes as a text if they are one, which is short, or as numbers.
mod bytes_as_text {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Bytes {
        Text(String),
        Numbers(Vec<u8>),
    }

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        match str::from_utf8(bytes) {
            Ok(text) => text.serialize(serializer),
            Err(_) => bytes.serialize(serializer),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        Ok(match Bytes::deserialize(deserializer)? {
            Bytes::Text(text) => text.into_bytes(),
            Bytes::Numbers(bytes) => bytes,
        })
    }
}

impl RecordedRequest {
    /// The first header of this name, in whatever case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body as JSON; `None` if it is none.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The query's parameters in their order, decoded.
    #[must_use]
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        let decode = |text: &str| operation::decode(&text.replace('+', " "));
        self.query
            .iter()
            .flat_map(|query| query.split('&'))
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(name, value)| (decode(name), decode(value)))
            .collect()
    }
}

/// One request and its answer, as [`crate::Builder::on_exchange`] is told of them.
#[derive(Debug)]
#[non_exhaustive]
pub struct Exchange<'a> {
    /// The request.
    pub request: &'a RecordedRequest,
    /// The operation that its method and path mean.
    pub operation: Option<Operation>,
    /// The answer's status; 0 if the connection is ended without one.
    pub status: u16,
    /// The answer's body, as far as it is held in memory.
    pub body: &'a [u8],
    /// The faults that the exchange meets, in their order.
    pub met: &'a [Mishap],
    /// Whether the request was carried out.
    pub executed: bool,
    /// Where the request does not fit the document.
    pub misfits: &'a [Misfit],
    /// From the request's arrival until its answer was ready, by the machine's clock.
    pub took: Duration,
}

/// An answer that is yet to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// What is sent instead of the body.
    pub(crate) flood: Option<Flood>,
    /// How long the server takes before it answers.
    pub(crate) delay: Duration,
}

impl Answer {
    /// An answer with this text, and no Content-Type.
    pub(crate) fn plain(status: u16, text: impl Into<String>) -> Self {
        Self { status, headers: Vec::new(), body: text.into().into_bytes(), flood: None, delay: Duration::ZERO }
    }

    /// An answer with this JSON, and no Content-Type.
    pub(crate) fn json(status: u16, value: &Value, style: Style) -> Self {
        Self::plain(status, json::text(value, style))
    }

    /// The same answer with one more header.
    pub(crate) fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The same answer with a Content-Type.
    pub(crate) fn with_type(self, media_type: &str) -> Self {
        self.with_header(CONTENT_TYPE.as_str(), media_type)
    }

    /// The same answer without any Content-Type.
    pub(crate) fn without_type(mut self) -> Self {
        self.headers.retain(|(name, _)| !name.eq_ignore_ascii_case(CONTENT_TYPE.as_str()));
        self
    }

    /// Length of the body that is sent, in bytes. One without an end is as long as can be counted.
    pub(crate) fn length(&self) -> u64 {
        match &self.flood {
            Some(flood) => flood.left().unwrap_or(u64::MAX),
            None => self.body.len() as u64,
        }
    }

    /// What the HTTP library sends. Header names and values that HTTP does not allow are left out.
    pub(crate) fn into_response(self) -> Response<Payload> {
        let mut response = Response::new(match self.flood {
            Some(flood) => Either::Right(flood),
            None => Either::Left(self.body.into()),
        });
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        for (name, value) in self.headers {
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(&value)) {
                response.headers_mut().append(name, value);
            }
        }
        response
    }
}
