//! Data as a table for people.

use console::{Alignment, measure_text_width, pad_str};
use indicatif::BinaryBytes;
use serde_json::{Map, Value};

use crate::text::shown;

/// What stands between two columns.
const GAP: &str = "  ";

/// Fields whose numbers are bytes.
const BYTES: [&str; 3] = ["size", "actualSize", "virtualsize"];

/// A line for each field, and a table for each list of objects; a job's result is set apart from what is said of the job.
pub(super) fn table(value: &Value) -> String {
    let Value::Object(answer) = value else { return format!("{}\n", cell("", value)) };
    let mut parts = Parts::default();
    parts.add("", answer);
    let Parts { fields, lists, results } = parts;
    let mut texts = Vec::new();
    if !fields.is_empty() {
        texts.push(aligned(&fields));
    }
    let is_alone = fields.is_empty() && lists.len() == 1;
    texts.extend(lists.iter().map(|(name, items)| list(name, items, is_alone)));
    texts.extend(results.into_iter().map(table));
    texts.join("\n")
}

/// An object, taken apart into what is shown in one way each.
#[derive(Default)]
struct Parts<'a> {
    /// Names and values.
    fields: Vec<Vec<String>>,
    /// Names, and lists of objects.
    lists: Vec<(String, &'a [Value])>,
    /// Results of jobs.
    results: Vec<&'a Value>,
}

impl<'a> Parts<'a> {
    /// Adds an object's fields under a prefix. What answers are about is called `inventory`, which says nothing to a person.
    fn add(&mut self, prefix: &str, object: &'a Map<String, Value>) {
        for (name, value) in object {
            let full = format!("{prefix}{name}");
            match value {
                Value::Object(inner) if full == "inventory" => self.add("", inner),
                Value::Object(_) if full == "result" => self.results.push(value),
                Value::Object(inner) => self.add(&format!("{full}."), inner),
                Value::Array(items) if items.iter().all(Value::is_object) => self.lists.push((full, items)),
                value => self.fields.push(vec![full, cell(name, value)]),
            }
        }
    }
}

/// A list of objects: a line for each, under the names of all their fields.
fn list(name: &str, items: &[Value], is_alone: bool) -> String {
    let mut columns: Vec<&str> = Vec::new();
    for key in items.iter().filter_map(Value::as_object).flat_map(Map::keys) {
        if !columns.contains(&key.as_str()) {
            columns.push(key);
        }
    }
    if columns.is_empty() {
        return format!("{name}: none\n");
    }
    let head = columns.iter().map(|column| column.to_uppercase()).collect();
    let line = |item: &Value| {
        columns.iter().map(|column| item.get(column).map_or_else(String::new, |value| cell(column, value))).collect()
    };
    let lines: Vec<Vec<String>> = std::iter::once(head).chain(items.iter().map(line)).collect();
    let title = if is_alone { String::new() } else { format!("{name}\n") };
    title + &aligned(&lines)
}

/// Lines whose cells stand below each other.
fn aligned(lines: &[Vec<String>]) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| lines.iter().filter_map(|line| line.get(column)).map(|cell| measure_text_width(cell)).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let mut text = String::new();
    for line in lines {
        let cells = line.iter().zip(&widths).map(|(cell, width)| pad_str(cell, *width, Alignment::Left, None));
        text.push_str(cells.collect::<Vec<_>>().join(GAP).trim_end());
        text.push('\n');
    }
    text
}

/// One value. Nothing in it acts on a terminal.
fn cell(name: &str, value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::String(text) => shown(text, false).into_owned(),
        Value::Number(number) => match number.as_u64().filter(|_| BYTES.contains(&name)) {
            Some(bytes) => format!("{bytes} ({})", BinaryBytes(bytes)),
            None => number.to_string(),
        },
        other => shown(&other.to_string(), false).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_inventory_is_a_line_for_each_field() {
        let text = table(&json!({"inventory": {"name": "a", "size": 1_073_741_824_u64, "status": "Ready"}}));
        assert_eq!(text, "name    a\nsize    1073741824 (1.00 GiB)\nstatus  Ready\n");
    }

    #[test]
    fn a_list_is_a_line_for_each_item_and_says_if_there_is_none() {
        let text = table(&json!({"backups": [{"name": "a", "type": "t"}, {"name": "longer"}]}));
        assert_eq!(text, "NAME    TYPE\na       t\nlonger\n");
        assert_eq!(table(&json!({"backups": []})), "backups: none\n");
    }

    #[test]
    fn a_list_beside_fields_has_its_name_above_it() {
        let text = table(&json!({"inventory": {"name": "a", "refs": [{"path": "p"}]}}));
        assert_eq!(text, "name  a\n\nrefs\nPATH\np\n");
    }

    #[test]
    fn a_result_is_set_apart_from_what_is_said_of_its_job() {
        let text = table(&json!({"state": "done", "result": {"inventory": {"state": "Enabled"}}}));
        assert_eq!(text, "state  done\n\nstate  Enabled\n");
    }

    #[test]
    fn a_servers_text_does_nothing_to_the_terminal() {
        assert_eq!(table(&json!({"name": "\u{1b}[31mred\n"})), "name  \\u{1b}[31mred\\u{a}\n");
    }
}
