//! Texts for people: lines that fit, and numbers that can be read.

use console::measure_text_width;

/// Breaks a text into lines of at most `width` columns, after the characters `at`. What has no such character in time
/// stays whole.
pub(crate) fn wrap(text: &str, width: usize, at: char) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for piece in text.split_inclusive(at) {
        let wide = measure_text_width(piece.trim_end());
        if used > 0 && used + wide > width {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(piece);
        }
        used += measure_text_width(piece);
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// A number with commas between its thousands.
pub(crate) fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A size as the client hands it out, and in the largest unit that it has one of: `1,073,741,824 bytes = 1.0 GiB`.
pub(crate) fn size(bytes: i64) -> String {
    let units = [("GiB", 1_i64 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    let exact = format!("{} bytes", thousands(bytes));
    match units.into_iter().find(|(_, unit)| bytes >= *unit) {
        // One decimal is shown: what a double loses is far below that.
        Some((name, unit)) => format!("{exact} = {:.1} {name}", bytes as f64 / unit as f64),
        None => exact,
    }
}

/// `1 time`, `2 times`.
pub(crate) fn times(count: u64) -> String {
    format!("{count} time{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_where_they_may_and_fit() {
        assert_eq!(wrap("one two three four", 9, ' '), ["one two", "three", "four"]);
        assert_eq!(wrap("/v3/project/backups/id", 12, '/'), ["/v3/project/", "backups/id"]);
        assert_eq!(wrap("unbreakable word", 4, ' '), ["unbreakable", "word"]);
        assert_eq!(wrap("", 4, ' '), [""]);
    }

    #[test]
    fn sizes_are_told_exactly_and_in_their_unit() {
        assert_eq!(size(107_374_182_400), "107,374,182,400 bytes = 100.0 GiB");
        assert_eq!(size(7_995_392), "7,995,392 bytes = 7.6 MiB");
        assert_eq!(size(1_024), "1,024 bytes = 1.0 KiB");
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(-1_000), "-1,000 bytes");
    }
}
