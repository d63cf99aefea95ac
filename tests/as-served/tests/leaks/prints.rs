//! Everything that a failed call, and what it was made with, can print.

use std::{error::Error as _, fmt};

use generated_client::Error;

/// A text, and where it came from.
#[derive(Debug, Clone)]
pub struct Print {
    pub channel: String,
    pub text: String,
}

impl Print {
    pub fn new(channel: &str, text: impl Into<String>) -> Self {
        Self { channel: channel.to_owned(), text: text.into() }
    }
}

/// `{:?}` and `{:#?}`.
pub fn of_debug(what: &str, value: &(impl fmt::Debug + ?Sized)) -> Vec<Print> {
    vec![
        Print::new(&format!("{what} {{:?}}"), format!("{value:?}")),
        Print::new(&format!("{what} {{:#?}}"), format!("{value:#?}")),
    ]
}

/// `{}` and `{:#}`, and the same of `Debug`.
pub fn of_value(what: &str, value: &(impl fmt::Debug + fmt::Display + ?Sized)) -> Vec<Print> {
    let mut prints = of_debug(what, value);
    prints.push(Print::new(&format!("{what} {{}}"), format!("{value}")));
    prints.push(Print::new(&format!("{what} {{:#}}"), format!("{value:#}")));
    prints
}

/// An error, the errors that led to it, and what it tells of itself.
pub fn of_error(error: &Error) -> Vec<Print> {
    let mut prints = of_value("error", error);
    let mut source = error.source();
    while let Some(cause) = source {
        prints.extend(of_value("source", cause));
        source = cause.source();
    }
    prints.extend(of_value("outcome", &error.outcome()));
    prints.extend(of_debug("kind", &error.kind()));
    prints.extend(of_debug("status", &error.status()));
    prints.extend(of_debug("job", &error.job_uuid()));
    prints.extend(of_debug("code", &error.code()));
    prints.extend(of_debug("request id", &error.request_id()));
    if let Some(server_error) = error.server_error() {
        prints.extend(of_value("server error", server_error));
        prints.extend(server_error.texts().map(|text| Print::new("server error's text", text)));
    }
    prints
}
