//! What the generated setters do with a value: convert it, or keep what was wrong with it until the call is sent.

#![allow(
    dead_code,
    reason = "generated code uses what the document's operations have: lists, headers, parameters at all"
)]

use std::fmt::{self, Display};

use reqwest::header::HeaderValue;

use crate::{Error, list::List, operation::Operation};

/// A parameter that waits to be sent: its value, or what was wrong with it.
pub(crate) type Held<T> = Result<T, Unsendable>;

/// What is wrong with a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unsendable {
    /// It was not set. Every call begins so: put into words only where it ends so.
    Missing(&'static str),
    /// Its value can't be sent.
    Invalid(String),
}

impl Display for Unsendable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => {
                write!(formatter, "`{name}` is required and was not set: call `.{name}(…)` before `.send()`")
            }
            Self::Invalid(problem) => formatter.write_str(problem),
        }
    }
}

/// A required parameter before it is set.
pub(crate) fn missing<T>(name: &'static str) -> Held<T> {
    Err(Unsendable::Missing(name))
}

/// The value of a required parameter.
pub(crate) fn required<T, V>(name: &str, value: V) -> Held<T>
where
    V: TryInto<T>,
    V::Error: Display,
{
    value.try_into().map_err(|problem| Unsendable::Invalid(format!("`{name}`: {problem}")))
}

/// The value of a parameter that may be left out.
pub(crate) fn optional<T, V>(name: &str, value: V) -> Held<Option<T>>
where
    V: TryInto<T>,
    V::Error: Display,
{
    required(name, value).map(Some)
}

/// A list in a body. Whatever can be set can be sent: absent, null, and any number of items.
#[expect(clippy::unnecessary_wraps, reason = "the generated code treats all kinds of parameters alike")]
pub(crate) fn list<T>(_name: &str, values: impl Into<List<T>>) -> Held<List<T>> {
    Ok(values.into())
}

/// A list in a query, which has no way to say null.
pub(crate) fn query_list<T>(name: &str, values: impl Into<List<T>>) -> Held<List<T>> {
    match values.into() {
        List::Null => {
            let problem = format!("`{name}`: a query can't say null; give a list, or leave `{name}` out");
            Err(Unsendable::Invalid(problem))
        }
        list => Ok(list),
    }
}

/// The parameter's value when the call is sent, or what was wrong with it.
pub(crate) fn take<T>(operation: &Operation, value: Held<T>) -> Result<T, Error> {
    value.map_err(|problem| Error::invalid(operation, problem.to_string()))
}

/// The value of a header parameter.
pub(crate) fn header(operation: &Operation, name: &str, value: &impl ToString) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(&value.to_string()).map_err(|_| {
        Error::invalid(
            operation,
            format!("`{name}`: a header can't hold line breaks and control characters; leave them out"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_that_was_not_set_says_how_to_set_it() {
        let problem = missing::<String>("uuid").unwrap_err().to_string();
        assert_eq!(problem, "`uuid` is required and was not set: call `.uuid(…)` before `.send()`");
    }

    #[test]
    fn a_value_that_does_not_fit_names_the_parameter_and_the_cause() {
        let problem = optional::<i32, i64>("registry_port", 1 << 40).unwrap_err().to_string();
        assert_eq!(problem, "`registry_port`: out of range integral type conversion attempted");
    }

    #[test]
    fn a_query_refuses_null_and_takes_an_empty_list() {
        assert!(
            query_list::<String>("system_tags", List::Null).unwrap_err().to_string().starts_with("`system_tags`: ")
        );
        assert_eq!(query_list("system_tags", Vec::<String>::new()), Ok(List::Items(Vec::<String>::new())));
    }
}
