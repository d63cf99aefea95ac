//! The recorded examples: the requests and responses that the pages show, to the letter.

use std::fs;

use serde::Deserialize;
use serde_json::Value;

use crate::document::{read, spec_dir, yaml};

/// The operations that have a ledger and a recorded example, in the order of their pages.
pub fn operations() -> Vec<String> {
    #[derive(Deserialize)]
    struct Page {
        page: String,
        operation: String,
    }
    let folder = spec_dir().join("ledger");
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let names = files.map(|file| file.expect("an entry").file_name().to_string_lossy().into_owned());
    let ledgers = names.filter(|name| name.ends_with(".yaml") && name != "deviations.yaml");
    let mut pages: Vec<Page> = ledgers
        .map(|name| {
            let ledger = yaml(&read(&format!("ledger/{name}")));
            serde_json::from_value(ledger).unwrap_or_else(|error| panic!("ledger/{name}: {error}"))
        })
        .collect();
    pages.sort_by(|one, other| one.page.cmp(&other.page));
    pages.into_iter().map(|page| page.operation).collect()
}

/// The operations whose facts are counted, whose printed words have digests, and which tests call by their names, in the
/// order of their pages. One that is added needs no place here: its ledger and its example are held to the document.
pub const OPERATIONS: [&str; 5] = [
    "RecoverBackupFromImageStoreBackupStorage",
    "SyncDatabaseBackupFromImageStoreBackupStorage",
    "RestoreBackup",
    "GetDatabaseBackupFromImageStore",
    "RecoverDataVolume",
];

/// What one page shows.
pub struct Example {
    pub operation: String,
    about: About,
    request: String,
    response: Option<String>,
}

/// `example.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    page: String,
    title: String,
    request: AboutRequest,
    response: AboutResponse,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AboutRequest {
    form: Form,
    shows_headers: bool,
    substitutions: Vec<Substitution>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AboutResponse {
    status: u16,
    shows_body: bool,
}

/// How the page writes a request down.
#[derive(Clone, Copy, Deserialize)]
enum Form {
    /// A command line of curl.
    #[serde(rename = "curl")]
    Curl,
    /// Method, address and body, one after the other.
    #[serde(rename = "request line")]
    RequestLine,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Substitution {
    printed: String,
    sent: String,
}

/// A request as it would go over the wire, or as the page prints it if its placeholders were not filled.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<Value>,
}

/// The example of an operation.
pub fn load(operation: &str) -> Example {
    let folder = format!("examples/{operation}");
    let about: About = serde_json::from_value(yaml(&read(&format!("{folder}/example.yaml"))))
        .unwrap_or_else(|error| panic!("{folder}/example.yaml: {error}"));
    let shows_body = about.response.shows_body;
    Example {
        operation: operation.to_owned(),
        about,
        request: read(&format!("{folder}/request.txt")),
        response: shows_body.then(|| read(&format!("{folder}/response.json"))),
    }
}

/// The text of the response that an operation's page shows, if it shows one.
pub fn response(operation: &str) -> Option<String> {
    load(operation).response
}

impl Example {
    pub fn page(&self) -> &str {
        &self.about.page
    }

    pub fn title(&self) -> &str {
        &self.about.title
    }

    /// Whether the page shows the request's headers.
    pub fn shows_headers(&self) -> bool {
        self.about.request.shows_headers
    }

    /// The request with its placeholders.
    pub fn printed_request(&self) -> Request {
        self.parse(&self.request)
    }

    /// The request with its placeholders filled as declared.
    pub fn request(&self) -> Request {
        let mut text = self.request.clone();
        for Substitution { printed, sent } in &self.about.request.substitutions {
            assert!(text.contains(printed), "{}: the request has no {printed} to fill", self.operation);
            text = text.replace(printed, sent);
        }
        let request = self.parse(&text);
        assert!(
            !request.url.contains(['{', '}', '<', '>']) && !text.contains("\"<"),
            "{}: a placeholder is left in {text}",
            self.operation
        );
        request
    }

    pub fn status(&self) -> u16 {
        self.about.response.status
    }

    /// The text of the response's body, if the page shows one.
    pub fn response_text(&self) -> Option<&str> {
        self.response.as_deref()
    }

    /// The same, parsed.
    pub fn response_body(&self) -> Option<Value> {
        self.response_text().map(json)
    }

    fn parse(&self, text: &str) -> Request {
        match self.about.request.form {
            Form::Curl => curl(text),
            Form::RequestLine => request_line(text),
        }
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("not JSON: {error}: {text}"))
}

/// Reads what the pages use of curl's command line, and nothing else.
fn curl(line: &str) -> Request {
    let mut words = words(line).into_iter();
    assert_eq!(words.next().as_deref(), Some("curl"), "{line}");
    let mut request = Request { method: "GET".to_owned(), url: String::new(), headers: Vec::new(), body: None };
    while let Some(word) = words.next() {
        let mut next = || words.next().unwrap_or_else(|| panic!("nothing after {word}: {line}"));
        match word.as_str() {
            "-X" => request.method = next(),
            "-H" => {
                let header = next();
                let (name, value) = header.split_once(": ").unwrap_or_else(|| panic!("not a header: {header}"));
                request.headers.push((name.to_owned(), value.to_owned()));
            }
            "-d" => request.body = Some(json(&next())),
            _ if word.starts_with('-') => panic!("an option of curl that no page uses: {word}"),
            _ => request.url = word,
        }
    }
    request
}

/// Splits a command line at spaces outside single quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, piece) in line.trim().split('\'').enumerate() {
        if index % 2 == 1 {
            words.push(piece.to_owned());
        } else {
            words.extend(piece.split_whitespace().map(str::to_owned));
        }
    }
    words
}

fn request_line(text: &str) -> Request {
    let mut parts = text.trim().splitn(3, ' ').map(str::to_owned);
    let mut next = |what: &str| parts.next().unwrap_or_else(|| panic!("no {what}: {text}"));
    Request { method: next("method"), url: next("address"), headers: Vec::new(), body: Some(json(&next("body"))) }
}
