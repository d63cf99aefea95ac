//! Holds a request to the document.

use serde_json::Value;
use url::Url;

use crate::document::{operations, reference, resolve};
use crate::examples::Request;
use crate::schema::{Unknown, Validator};

/// Everything in which a request is not one of the operation's. Headers are looked at only where they are known.
pub fn problems(document: &Value, operation: &str, request: &Request, headers_known: bool) -> Vec<String> {
    let operations = operations(document);
    let Some(operation) = operations.iter().find(|other| other.id == operation) else {
        return vec![format!("the document has no operation {operation}")];
    };
    let url = match Url::parse(&request.url) {
        Ok(url) => url,
        Err(error) => return vec![format!("address: {error}: {}", request.url)],
    };
    let mut problems = Vec::new();
    if !request.method.eq_ignore_ascii_case(operation.method) {
        problems.push(format!("method: {} instead of {}", request.method, operation.method));
    }
    let scheme = operation.value["servers"][0]["url"].as_str().unwrap_or_default();
    if !scheme.starts_with(&format!("{}://", url.scheme())) {
        problems.push(format!("address: {url} is not at {scheme}"));
    }
    let Some(in_path) = captures(operation.path, url.path()) else {
        problems.push(format!("path: {} does not fit {}", url.path(), operation.path));
        return problems;
    };
    let in_query: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let parameters = operation.value["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    for (place, given) in [("path", &in_path), ("query", &in_query)] {
        problems.extend(given_parameters(document, parameters, place, given));
    }
    problems.extend(body(document, &operation.value["requestBody"], request, headers_known));
    if headers_known {
        problems.extend(headers(document, operation.value, request));
    }
    problems
}

/// The values that stand in a path where its template has names.
fn captures(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let (template, path) = (template.split('/'), path.split('/'));
    if template.clone().count() != path.clone().count() {
        return None;
    }
    let mut found = Vec::new();
    for (wanted, given) in template.zip(path) {
        match wanted.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => found.push((name.to_owned(), given.to_owned())),
            None if wanted == given => {}
            None => return None,
        }
    }
    Some(found)
}

fn given_parameters(document: &Value, parameters: &[Value], place: &str, given: &[(String, String)]) -> Vec<String> {
    let mut problems = Vec::new();
    let documented: Vec<&Value> = parameters.iter().filter(|parameter| parameter["in"] == place).collect();
    for (name, _) in given {
        if !documented.iter().any(|parameter| parameter["name"] == *name) {
            problems.push(format!("{place}: the document has no parameter {name}"));
        }
    }
    for parameter in documented {
        let name = parameter["name"].as_str().unwrap_or_default();
        let texts = given.iter().filter(|(other, _)| other == name);
        let texts: Vec<&str> = texts.map(|(_, text)| text.as_str()).collect();
        if texts.is_empty() {
            if parameter["required"] == true {
                problems.push(format!("{place}: {name} is missing"));
            }
            continue;
        }
        let schema = &parameter["schema"];
        let kind = reference(schema).and_then(|target| resolve(document, target)).unwrap_or(schema);
        let value = match (kind["type"].as_str(), texts.as_slice()) {
            (Some("array"), texts) => texts.iter().copied().map(Value::from).collect(),
            (Some("integer"), [text]) => serde_json::from_str(text).unwrap_or_else(|_| Value::from(*text)),
            (_, [text]) => Value::from(*text),
            _ => {
                problems.push(format!("{place}: {name} stands there {} times", texts.len()));
                continue;
            }
        };
        let found = Validator::new(document, schema, Unknown::Refused).problems(&value);
        problems.extend(found.into_iter().map(|problem| format!("{place}: {name}{problem}")));
    }
    problems
}

fn body(document: &Value, documented: &Value, request: &Request, headers_known: bool) -> Vec<String> {
    let Some(body) = &request.body else {
        let missing = documented["required"] == true;
        return Vec::from_iter(missing.then(|| "body: it is missing".to_owned()));
    };
    let contents = documented["content"].as_object();
    let content = contents.and_then(|contents| match headers_known {
        true => contents.get(header(request, "Content-Type")?),
        false => contents.values().next(),
    });
    let Some(content) = content else {
        return vec!["body: the document has no body of this content type".to_owned()];
    };
    let problems = Validator::new(document, &content["schema"], Unknown::Refused).problems(body);
    problems.into_iter().map(|problem| format!("body: {problem}")).collect()
}

/// The credentials must be there, and no header of which the document knows nothing.
fn headers(document: &Value, operation: &Value, request: &Request) -> Vec<String> {
    let mut problems = Vec::new();
    let mut known = vec!["Content-Type".to_owned()];
    let alternatives = operation["security"].as_array().into_iter().flatten();
    for (scheme, _) in alternatives.filter_map(Value::as_object).flatten() {
        let scheme = &document["components"]["securitySchemes"][scheme];
        let name = scheme["name"].as_str().unwrap_or_default();
        // The document states the form of a value between back-ticks, as `OAuth {sessionUuid}`.
        let forms = scheme["description"].as_str().unwrap_or_default().split('`').skip(1).step_by(2);
        let prefix = forms.filter_map(|form| form.split_once(" {")).map(|(prefix, _)| format!("{prefix} ")).next();
        match header(request, name) {
            None => problems.push(format!("header: {name} is missing")),
            Some(value) if !value.starts_with(&prefix.unwrap_or_default()) => {
                problems.push(format!("header: {name} has another form than the document describes"));
            }
            Some(_) => {}
        }
        known.push(name.to_owned());
    }
    for (name, _) in &request.headers {
        if !known.iter().any(|other| other.eq_ignore_ascii_case(name)) {
            problems.push(format!("header: the document has no {name}"));
        }
    }
    problems
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let found = request.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}
