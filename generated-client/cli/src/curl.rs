//! A request as a curl line.

use std::fmt;

use crate::{record::Recorded, take_up::quoted};

/// Headers that curl makes itself, or that say nothing of the request.
const CURLS_OWN: [&str; 4] = ["host", "content-length", "accept", "user-agent"];

/// A secret that is a variable of the shell in the line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Variable {
    /// What stands for it in the request that was taken down.
    pub(crate) placeholder: &'static str,
    /// Its name in the shell.
    pub(crate) name: &'static str,
}

/// A request as a curl line, over several lines of a terminal.
pub(crate) struct Curl<'a> {
    /// Scheme, host and port.
    pub(crate) origin: &'a str,
    pub(crate) request: &'a Recorded,
    pub(crate) variables: &'a [Variable],
    /// Whether proxies are taken from the environment, as curl does unless it is told otherwise.
    pub(crate) proxies: bool,
}

impl fmt::Display for Curl<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Recorded { method, target, headers, body } = self.request;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let (hidden, plain): (Vec<_>, Vec<_>) =
            query.split('&').filter(|pair| !pair.is_empty()).partition(|pair| self.hides(pair).is_some());
        let query = if plain.is_empty() { String::new() } else { format!("?{}", plain.join("&")) };

        // Braces and brackets are the address's own.
        formatter.write_str("curl -sS --globoff")?;
        if !self.proxies {
            formatter.write_str(" --noproxy '*'")?;
        }
        // With a query that curl encodes, and no body.
        if hidden.is_empty() {
            write!(formatter, " -X {method}")?;
        } else {
            formatter.write_str(" --get")?;
        }
        write!(formatter, " {}", quoted(&format!("{}{path}{query}", self.origin)))?;
        for (name, value) in headers.iter().filter(|(name, _)| !CURLS_OWN.contains(&name.as_str())) {
            write!(formatter, " \\\n  -H {}", self.word(&format!("{name}: {value}")))?;
        }
        for pair in hidden {
            write!(formatter, " \\\n  --data-urlencode {}", self.word(pair))?;
        }
        if !body.is_empty() {
            write!(formatter, " \\\n  --data-raw {}", quoted(body))?;
        }
        Ok(())
    }
}

impl Curl<'_> {
    /// The variable whose placeholder ends a text.
    fn hides(&self, text: &str) -> Option<&Variable> {
        self.variables.iter().find(|variable| text.ends_with(variable.placeholder))
    }

    /// A text as one word of a shell, with a variable in the place of a placeholder at its end.
    fn word(&self, text: &str) -> String {
        let Some(variable) = self.hides(text) else { return quoted(text) };
        let before = text.trim_end_matches(variable.placeholder);
        // Between double quotes, these are all that a shell would act on.
        match before.contains(['$', '`', '"', '\\', '!']) {
            true => format!("{}\"${}\"", quoted(before), variable.name),
            false => format!("\"{before}${}\"", variable.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(target: &str, headers: &[(&str, &str)], body: &str, proxies: bool) -> String {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let method = if body.is_empty() { "GET" } else { "PUT" }.to_owned();
        let request = Recorded { method, target: target.to_owned(), headers, body: body.to_owned() };
        let variables = [Variable { placeholder: "SECRET", name: "TOKEN" }];
        Curl { origin: "http://host:8080", request: &request, variables: &variables, proxies }.to_string()
    }

    #[test]
    fn a_secret_is_a_variable_wherever_it_stands() {
        let line = line("/a?b=c&url=SECRET", &[("authorization", "OAuth SECRET")], "", true);
        assert_eq!(
            line,
            "curl -sS --globoff --get 'http://host:8080/a?b=c' \\\n  -H \"authorization: OAuth $TOKEN\" \\\n  --data-urlencode \"url=$TOKEN\""
        );
    }

    #[test]
    fn what_a_shell_would_act_on_is_quoted() {
        let line = line("/a", &[("x", "$HOME `ls`")], r#"{"a":"it's $5"}"#, true);
        let words = shlex::split(&line.replace("\\\n", " ")).unwrap();
        assert!(
            words.contains(&"x: $HOME `ls`".to_owned()) && words.contains(&r#"{"a":"it's $5"}"#.to_owned()),
            "{line}"
        );
    }

    #[test]
    fn curl_takes_proxies_from_the_environment_only_if_the_command_does() {
        assert!(line("/a", &[], "", false).contains("--noproxy '*'"));
        assert!(!line("/a", &[], "", true).contains("--noproxy"));
    }
}
