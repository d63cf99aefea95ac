//! What an error repeats of an answer.

use crate::secrets::Secrets;

/// How much of an answer's text an error repeats, in characters.
const EXCERPT: usize = 300;

/// The start of an answer's text, on one line.
pub(super) fn excerpt(body: &[u8], secrets: &Secrets) -> String {
    // Before it is cut: half a secret would not be found.
    let text = secrets.hide_in_start(body);
    let text = text.trim();
    if text.is_empty() {
        return " with no text".to_owned();
    }
    let start: String = text.chars().take(EXCERPT).collect();
    let one_line = one_line(&start);
    let more = if text.chars().nth(EXCERPT).is_some() { "…" } else { "" };
    format!(": {one_line}{more}")
}

/// The text without what would break a line, or a log.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The cause at the end of the chain, which is the one that says something.
pub(super) fn innermost(problem: &dyn std::error::Error) -> String {
    let mut innermost = problem;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn an_answer_is_repeated_on_one_line_and_cut_short() {
        let url = reqwest::Url::parse("http://zstack.example/").unwrap();
        let excerpt = |body: &[u8]| excerpt(body, &Secrets::of(&url, &[HeaderValue::from_static("OAuth 5a7d")]));
        assert_eq!(excerpt(b" <html>\r\n<b> "), ": <html>  <b>");
        assert_eq!(excerpt("ä5a7d".repeat(30).as_bytes()), format!(": {}", "ä[hidden]".repeat(30)));
        assert_eq!(excerpt("ä".repeat(301).as_bytes()), format!(": {}…", "ä".repeat(300)));
        assert_eq!(excerpt(b"\n"), " with no text");
    }
}
