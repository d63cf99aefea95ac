//! A request and its answer as lines.

use console::measure_text_width;
use generated_client::reqwest::StatusCode;
use serde_json::Value;
use simulator::{Exchange, RecordedRequest};

use crate::paint::Paint;
use crate::secrets;
use crate::text::{thousands, wrap};

/// How many lines of a body are shown.
const LONGEST_BODY: usize = 8;

/// How many are left out at least: a line that says so takes the place of one.
const FEWEST_LEFT_OUT: usize = 3;

/// How far bodies and headers are indented.
const INDENT: usize = 4;

/// Shows exchanges on a screen of this width.
pub(crate) struct View<'a> {
    pub(crate) paint: &'a Paint,
    pub(crate) width: usize,
}

impl View<'_> {
    /// A whole exchange.
    pub(crate) fn exchange(&self, exchange: &Exchange<'_>) -> Vec<String> {
        let mut lines = self.first_line(exchange.request);
        let headers = secrets::headers(exchange.request).into_iter();
        lines.extend(headers.map(|(name, value)| format!("    {}: {value}", self.paint.name.apply_to(name))));
        if !exchange.request.body.is_empty() {
            lines.extend(self.body(&exchange.request.body));
        }
        lines.extend(self.answer(exchange.status, exchange.body));
        lines
    }

    /// The last query for a job, in place of all of them.
    pub(crate) fn last_query(&self, exchange: &Exchange<'_>, all: &str) -> Vec<String> {
        let mut lines = self.first_line(exchange.request);
        lines.push(format!("    {all}"));
        lines.extend(self.answer(exchange.status, exchange.body));
        lines
    }

    /// Method and path. A path that is too long goes on in the next line, rather than being cut.
    fn first_line(&self, request: &RecordedRequest) -> Vec<String> {
        let Paint { strong, pending, .. } = self.paint;
        let path = format!("{}{}", request.path, secrets::query(request));
        let indent = measure_text_width(&request.method) + 5;
        let parts = wrap(&path, self.width.saturating_sub(indent), '/').into_iter().enumerate();
        let line = |(index, part): (usize, String)| match index {
            0 => format!("  {} {} {part}", pending.apply_to("→"), strong.apply_to(&request.method)),
            _ => format!("{:indent$}{part}", ""),
        };
        parts.map(line).collect()
    }

    fn answer(&self, status: u16, body: &[u8]) -> Vec<String> {
        let name = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or_default();
        let style = self.paint.of_status(status);
        let nothing = if body.is_empty() { "  no body" } else { "" };
        let first = format!(
            "  {} {}{}",
            style.apply_to("←"),
            style.apply_to(format!("{status} {name}")),
            self.paint.quiet.apply_to(nothing)
        );
        let body = if body.is_empty() { Vec::new() } else { self.body(body) };
        std::iter::once(first).chain(body).collect()
    }

    /// A body: JSON in one line if it fits, and else indented; other texts as they are. What is long is cut.
    fn body(&self, body: &[u8]) -> Vec<String> {
        let space = self.width.saturating_sub(INDENT);
        let lines = match serde_json::from_slice::<Value>(body) {
            Ok(json) => {
                let short = json.to_string();
                if short.len() <= space { vec![short] } else { indented(&json) }
            }
            Err(_) => String::from_utf8_lossy(body).lines().flat_map(|line| wrap(line, space, ' ')).collect(),
        };
        let kept = if lines.len() < LONGEST_BODY + FEWEST_LEFT_OUT { lines.len() } else { LONGEST_BODY };
        let left_out = lines.len() - kept;
        let mut shown: Vec<String> = lines.iter().take(kept).map(|line| format!("    {}", self.json(line))).collect();
        if left_out > 0 {
            let bytes = thousands(i64::try_from(body.len()).unwrap_or(i64::MAX));
            let rest = format!("… {left_out} more lines, {bytes} bytes in all");
            shown.push(format!("    {}", self.paint.quiet.apply_to(rest)));
        }
        shown
    }

    /// Colours a line of JSON: the name in it, if it begins with one.
    fn json(&self, line: &str) -> String {
        let start = line.len() - line.trim_start().len();
        let (indent, rest) = line.split_at(start);
        match rest.split_once("\": ").filter(|_| rest.starts_with('"')) {
            Some((name, value)) => format!("{indent}{}: {value}", self.paint.name.apply_to(format!("{name}\""))),
            None => line.to_owned(),
        }
    }
}

fn indented(json: &Value) -> Vec<String> {
    // JSON that was just read can be written.
    serde_json::to_string_pretty(json).unwrap_or_default().lines().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Vec<String> {
        View { paint: &Paint::new(false), width: 40 }.body(text.as_bytes())
    }

    #[test]
    fn a_body_that_fits_takes_one_line() {
        assert_eq!(body("{ \"a\": 1 }"), ["    {\"a\":1}"]);
    }

    #[test]
    fn a_long_body_is_cut_and_says_how_much_is_missing() {
        let items: Vec<u32> = (100_000..100_030).collect();
        let text = serde_json::to_string(&items).unwrap();
        let lines = body(&text);
        assert_eq!(lines.len(), LONGEST_BODY + 1);
        assert_eq!(lines[LONGEST_BODY], "    … 24 more lines, 211 bytes in all");
    }

    #[test]
    fn a_text_that_is_no_json_is_shown_as_it_is() {
        assert_eq!(body("bad gateway"), ["    bad gateway"]);
    }
}
