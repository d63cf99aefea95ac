//! The recorded example of an operation: the request and the response that its page shows.

use super::printed::Printed;
use crate::{Error, Example};

/// The recorded example of an operation.
pub(crate) struct Recorded {
    /// The request as the page prints it.
    pub(crate) request: String,
    /// The parts of its path.
    path: Vec<String>,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Option<Printed>,
    /// The body of the response, if the page shows one.
    pub(crate) response: Option<Printed>,
}

/// What the recorded example shows of a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shown {
    /// This value, as printed.
    Value(String),
    /// The example is there, and the field is not in it.
    Absent,
    /// There is no example of this message.
    NoExample,
}

impl Recorded {
    pub(crate) fn read(example: &Example) -> Result<Self, Error> {
        let text = example.request.text.trim();
        let json = |source: &crate::Source, text: &str| {
            Printed::read(text).map_err(|error| Error::new(&source.file, "", format!("this is no JSON: {error}")))
        };
        let body = ["{\"", "{ \""].iter().find_map(|start| text.find(start)).map(|start| {
            let body = &text[start..];
            body.rfind('}').map_or(body, |end| &body[..=end])
        });
        let address = text.split_whitespace().map(|word| word.trim_matches('\'')).find(|word| word.contains("://"));
        let address = address.ok_or_else(|| Error::new(&example.request.file, "", "there is no address in it"))?;
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let path = path.split('/').skip(3).map(str::to_owned).collect();
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let headers = text.split("-H '").skip(1).filter_map(|rest| rest.split('\'').next()?.split_once(": "));
        let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        Ok(Self {
            request: text.to_owned(),
            path,
            query: pairs.map(own).collect(),
            headers: headers.map(own).collect(),
            body: body.map(|body| json(&example.request, body)).transpose()?,
            response: example.response.as_ref().map(|source| json(source, &source.text)).transpose()?,
        })
    }

    /// What it shows of a parameter.
    pub(crate) fn parameter(&self, place: &str, name: &str, template: &str) -> Shown {
        let named = |list: &[(String, String)]| {
            list.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
        };
        let value = match place {
            "path" => {
                let index = template.split('/').skip(1).position(|part| part == format!("{{{name}}}"));
                index.and_then(|index| self.path.get(index).cloned())
            }
            "query" => named(&self.query),
            _ if self.headers.is_empty() => return Shown::NoExample,
            _ => named(&self.headers),
        };
        value.map_or(Shown::Absent, Shown::Value)
    }

    /// What it shows of a field of the request's body.
    pub(crate) fn in_request(&self, path: &str) -> Shown {
        of(self.body.as_ref(), path)
    }

    /// What it shows of a field of the response's body.
    pub(crate) fn in_response(&self, path: &str) -> Shown {
        of(self.response.as_ref(), path)
    }

    /// The request, broken into lines where a reader wants them.
    pub(crate) fn request_in_lines(&self) -> String {
        self.request
            .replace(" -H '", " \\\n  -H '")
            .replace(" -d '", " \\\n  -d '")
            .replace("/restore { ", "/restore\n{ ")
    }
}

fn of(body: Option<&Printed>, path: &str) -> Shown {
    match body {
        None => Shown::NoExample,
        Some(body) => body.at(path).map_or(Shown::Absent, |value| Shown::Value(value.short())),
    }
}
