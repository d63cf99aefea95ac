//! Holds requests to an OpenAPI 3.0 document.
//!
//! The document decides nothing about an answer: a request that does not fit is answered as the real server would
//! answer it, and what does not fit is kept.

use std::fmt;

use serde_json::Value;

use crate::error::Error;
use crate::exchange::RecordedRequest;
use crate::operation::decode;
use crate::schema::{self, Complaint, resolve};

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Where a request does not fit the document. Says nothing of the values sent, which may be secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Misfit {
    /// Number of the request, from 0, in the order of [`crate::Simulator::requests`].
    pub request: usize,
    /// Method of the request.
    pub method: String,
    /// Path of the request.
    pub path: String,
    /// `operationId`, if the document has an operation on this method and path.
    pub operation: Option<String>,
    /// The part of the request: `path`, `query registryPort`, `header authorization`, `body /restore`…
    pub place: String,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for Misfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, path, place, message, .. } = self;
        write!(formatter, "{method} {path}: {place} {message}")
    }
}

/// A document that was read, and its operations.
#[derive(Debug)]
pub(crate) struct Document {
    root: Value,
    operations: Vec<DocumentedOperation>,
}

#[derive(Debug)]
struct DocumentedOperation {
    method: String,
    /// The path's segments; one in braces stands for any.
    segments: Vec<String>,
    id: Option<String>,
    /// The operation itself, and what it has in common with the others on its path.
    node: Value,
    parameters: Vec<Value>,
}

impl Document {
    /// Reads a document: YAML, or JSON, which is YAML too.
    pub(crate) fn read(text: &str) -> Result<Self, Error> {
        let unreadable = |message: String| Error::Document { place: String::new(), message };
        let root: Value = serde_yaml::from_str(text).map_err(|error| unreadable(error.to_string()))?;
        let Some(paths) = root.get("paths").and_then(Value::as_object) else {
            return Err(unreadable("it has no paths: is it an OpenAPI document?".to_owned()));
        };
        let mut operations = Vec::new();
        for (path, item) in paths {
            for method in METHODS {
                if let Some(node) = item.get(method) {
                    operations.push(DocumentedOperation::read(&root, path, item, method, node)?);
                }
            }
        }
        Ok(Self { root, operations })
    }

    /// Everything in which a request does not fit.
    pub(crate) fn misfits(&self, index: usize, request: &RecordedRequest) -> Vec<Misfit> {
        let found = self.operations.iter().find(|operation| operation.is_meant_by(request));
        let complaints = match found {
            Some(operation) => operation.complaints(&self.root, request),
            None => vec![("path".to_owned(), "has no operation with this method in the document".to_owned())],
        };
        let misfit = |(place, message)| Misfit {
            request: index,
            method: request.method.clone(),
            path: request.path.clone(),
            operation: found.and_then(|operation| operation.id.clone()),
            place,
            message,
        };
        complaints.into_iter().map(misfit).collect()
    }
}

impl DocumentedOperation {
    fn read(root: &Value, path: &str, item: &Value, method: &str, node: &Value) -> Result<Self, Error> {
        let place = format!("#/paths/{}/{method}", path.replace('~', "~0").replace('/', "~1"));
        let list = |node: &Value| node.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
        let own: Vec<Value> = list(node).iter().map(|parameter| resolve(root, parameter).clone()).collect();
        let key = |parameter: &Value| (parameter.get("name").cloned(), parameter.get("in").cloned());
        let mut parameters: Vec<Value> = list(item).iter().map(|parameter| resolve(root, parameter).clone()).collect();
        parameters.retain(|common| own.iter().all(|parameter| key(parameter) != key(common)));
        parameters.extend(own);

        let body = node.get("requestBody").map(|body| resolve(root, body));
        let bodies = body.and_then(|body| body.get("content")).and_then(Value::as_object).into_iter().flatten();
        let schemas = parameters.iter().chain(bodies.map(|(_, media)| media)).filter_map(|holder| holder.get("schema"));
        for schema in schemas {
            if let Some((place, message)) = schema::unknown(root, schema, &place) {
                return Err(Error::Document { place, message });
            }
        }
        let id = node.get("operationId").and_then(Value::as_str).map(str::to_owned);
        let segments = path.split('/').map(str::to_owned).collect();
        Ok(Self { method: method.to_uppercase(), segments, id, node: node.clone(), parameters })
    }

    fn is_meant_by(&self, request: &RecordedRequest) -> bool {
        let sent: Vec<&str> = request.path.split('/').collect();
        request.method == self.method
            && sent.len() == self.segments.len()
            && sent.iter().zip(&self.segments).all(|(sent, known)| known.starts_with('{') || decode(sent) == *known)
    }

    fn complaints(&self, root: &Value, request: &RecordedRequest) -> Vec<Complaint> {
        let mut complaints = Vec::new();
        self.check_query(root, request, &mut complaints);
        self.check_headers(root, request, &mut complaints);
        self.check_body(root, request, &mut complaints);
        complaints
    }

    fn check_query(&self, root: &Value, request: &RecordedRequest, to: &mut Vec<Complaint>) {
        let sent = request.query_pairs();
        for parameter in self.parameters_in("query") {
            let name = name_of(parameter);
            let values: Vec<&str> =
                sent.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect();
            check_parameter(root, parameter, &values, &format!("query {name}"), to);
        }
        for (name, _) in &sent {
            if self.parameters_in("query").all(|parameter| name_of(parameter) != name) {
                to.push((format!("query {name}"), "is not in the document".to_owned()));
            }
        }
    }

    /// Parameters in headers, and credentials: one of the operation's alternatives has to be there.
    fn check_headers(&self, root: &Value, request: &RecordedRequest, to: &mut Vec<Complaint>) {
        for parameter in self.parameters_in("header") {
            let name = name_of(parameter);
            let values: Vec<&str> = request.header(name).into_iter().collect();
            check_parameter(root, parameter, &values, &format!("header {}", name.to_lowercase()), to);
        }
        let alternatives = self.node.get("security").or_else(|| root.get("security")).and_then(Value::as_array);
        let Some(alternatives) = alternatives.filter(|alternatives| !alternatives.is_empty()) else { return };
        let missing: Vec<Vec<String>> = alternatives.iter().map(|one| missing_headers(root, one, request)).collect();
        if let (false, Some(names)) = (missing.iter().any(Vec::is_empty), missing.first()) {
            let places = names.iter().map(|name| format!("header {}", name.to_lowercase()));
            to.extend(places.map(|place| (place, "is missing: it holds the credentials".to_owned())));
        }
    }

    fn check_body(&self, root: &Value, request: &RecordedRequest, to: &mut Vec<Complaint>) {
        let Some(body) = self.node.get("requestBody").map(|body| resolve(root, body)) else {
            if !request.body.is_empty() {
                to.push(("body".to_owned(), "is there, and the document has none".to_owned()));
            }
            return;
        };
        if request.body.is_empty() {
            if body.get("required") == Some(&Value::Bool(true)) {
                to.push(("body".to_owned(), "is missing".to_owned()));
            }
            return;
        }
        let sent = request.header("content-type").map(essence).unwrap_or_default();
        let media = body.get("content").and_then(Value::as_object).into_iter().flatten();
        let Some((_, media)) = media.into_iter().find(|(known, _)| essence(known) == sent) else {
            to.push(("header content-type".to_owned(), "is none that the document has for the body".to_owned()));
            return;
        };
        match (request.json(), media.get("schema")) {
            (None, _) => to.push(("body".to_owned(), "is not JSON".to_owned())),
            (Some(value), Some(schema)) => {
                let complaints = schema::misfits(root, schema, &value).into_iter();
                to.extend(complaints.map(|(place, message)| (format!("body {place}").trim_end().to_owned(), message)));
            }
            (Some(_), None) => {}
        }
    }

    fn parameters_in(&self, place: &str) -> impl Iterator<Item = &Value> {
        let place = Value::from(place);
        self.parameters.iter().filter(move |parameter| parameter.get("in") == Some(&place))
    }
}

fn name_of(parameter: &Value) -> &str {
    parameter.get("name").and_then(Value::as_str).unwrap_or_default()
}

/// Checks the values that were sent for a parameter; a list is sent with one value for each item, unless its `explode`
/// is false.
fn check_parameter(root: &Value, parameter: &Value, sent: &[&str], place: &str, to: &mut Vec<Complaint>) {
    if sent.is_empty() {
        if parameter.get("required") == Some(&Value::Bool(true)) {
            to.push((place.to_owned(), "is missing, and required".to_owned()));
        }
        return;
    }
    let Some(schema) = parameter.get("schema") else { return };
    let resolved = resolve(root, schema);
    let value = if resolved.get("type") == Some(&Value::from("array")) {
        let explode = parameter.get("explode") != Some(&Value::Bool(false));
        let items = resolved.get("items").map(|items| resolve(root, items)).unwrap_or(&Value::Null);
        let texts = sent.iter().flat_map(|text| if explode { vec![*text] } else { text.split(',').collect() });
        Value::Array(texts.map(|text| typed(items, text)).collect())
    } else if let [text] = sent {
        typed(resolved, text)
    } else {
        to.push((place.to_owned(), "is there more than once".to_owned()));
        return;
    };
    let complaints = schema::misfits(root, schema, &value).into_iter();
    to.extend(complaints.map(|(below, message)| (format!("{place} {below}").trim_end().to_owned(), message)));
}

/// A parameter's text as a value of the type that its schema names.
fn typed(schema: &Value, text: &str) -> Value {
    match schema.get("type").and_then(Value::as_str) {
        Some("integer" | "number" | "boolean") => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)),
        _ => Value::from(text),
    }
}

/// The headers that one alternative of `security` asks for and the request does not have.
fn missing_headers(root: &Value, alternative: &Value, request: &RecordedRequest) -> Vec<String> {
    let schemes = alternative.as_object().into_iter().flatten();
    let headers = schemes.filter_map(|(name, _)| {
        let scheme = root.get("components")?.get("securitySchemes")?.get(name)?;
        match (scheme.get("type")?.as_str()?, scheme.get("in").and_then(Value::as_str)) {
            ("apiKey", Some("header")) => scheme.get("name")?.as_str().map(str::to_owned),
            ("http", _) => Some("Authorization".to_owned()),
            _ => None,
        }
    });
    headers.filter(|name| request.header(name).is_none()).collect()
}

/// A media type without its parameters, in lower case.
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_lowercase()
}
