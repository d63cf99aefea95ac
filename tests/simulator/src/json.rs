//! JSON text as the ZStack server's library (Gson) writes it.

use std::fmt::Write;

use serde_json::Value;

/// How JSON is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    /// Writes `=`, `&`, `<`, `>` and `'` as `\u003d` and so on.
    pub(crate) escapes: bool,
    /// Writes each number as Java writes a Double: `1.073741824E9`, `0.0`.
    pub(crate) floats: bool,
}

/// The text of a value. Nulls in objects are left out, as Gson does by default.
pub(crate) fn text(value: &Value, style: Style) -> String {
    let mut text = String::new();
    write(value, style, &mut text);
    text
}

fn write(value: &Value, style: Style, to: &mut String) {
    match value {
        Value::Object(fields) => {
            to.push('{');
            for (index, (name, value)) in fields.iter().filter(|(_, value)| !value.is_null()).enumerate() {
                if index > 0 {
                    to.push(',');
                }
                write_string(name, style, to);
                to.push(':');
                write(value, style, to);
            }
            to.push('}');
        }
        Value::Array(items) => {
            to.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    to.push(',');
                }
                write(item, style, to);
            }
            to.push(']');
        }
        Value::String(content) => write_string(content, style, to),
        Value::Number(number) => match number.as_f64() {
            Some(double) if style.floats => to.push_str(&java_double(double)),
            _ => to.push_str(&number.to_string()),
        },
        Value::Bool(_) | Value::Null => to.push_str(&value.to_string()),
    }
}

fn write_string(content: &str, style: Style, to: &mut String) {
    to.push('"');
    for character in content.chars() {
        match character {
            '"' => to.push_str("\\\""),
            '\\' => to.push_str("\\\\"),
            '\n' => to.push_str("\\n"),
            '\r' => to.push_str("\\r"),
            '\t' => to.push_str("\\t"),
            '=' | '&' | '<' | '>' | '\'' if style.escapes => escape(character, to),
            '\u{0}'..='\u{1f}' | '\u{2028}' | '\u{2029}' => escape(character, to),
            _ => to.push(character),
        }
    }
    to.push('"');
}

fn escape(character: char, to: &mut String) {
    // Writing to a String cannot fail.
    let _ = write!(to, "\\u{:04x}", u32::from(character));
}

/// The text of Java's `Double.toString`.
fn java_double(double: f64) -> String {
    if double == 0.0 || (1e-3..1e7).contains(&double.abs()) {
        return format!("{double:?}");
    }
    let text = format!("{double:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let point = if mantissa.contains('.') { "" } else { ".0" };
    format!("{mantissa}{point}E{exponent}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const PLAIN: Style = Style { escapes: false, floats: false };

    #[test]
    fn nulls_are_left_out() {
        assert_eq!(text(&json!({"a": null, "b": [null], "c": {}}), PLAIN), r#"{"b":[null],"c":{}}"#);
    }

    #[test]
    fn floats_are_those_of_the_pages() {
        let style = Style { escapes: false, floats: true };
        let cases = [
            (json!(1_073_741_824), "1.073741824E9"),
            (json!(107_374_182_400_i64), "1.073741824E11"),
            (json!(1_048_576), "1048576.0"),
            (json!(7_995_392), "7995392.0"),
            (json!(12_682_240), "1.268224E7"),
            (json!(0), "0.0"),
            (json!(10_000_000), "1.0E7"),
        ];
        for (number, expected) in cases {
            assert_eq!(text(&number, style), expected);
        }
    }

    #[test]
    fn escapes_are_gsons_and_read_back_as_they_were() {
        let value = json!("a=b&c<d>'e' \u{202f}\u{1}\"\\ü");
        let written = text(&value, Style { escapes: true, floats: false });
        assert_eq!(written, "\"a\\u003db\\u0026c\\u003cd\\u003e\\u0027e\\u0027 \u{202f}\\u0001\\\"\\\\ü\"");
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value);
    }
}
