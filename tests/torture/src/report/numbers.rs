//! Numbers as people read them.

use std::time::Duration;

/// A number with commas between its thousands.
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A size in whole MiB.
pub(super) fn mebibytes(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| "not known here".to_owned(), |bytes| format!("{} MiB", thousands(bytes.div_ceil(1 << 20))))
}

/// A time in seconds.
pub(super) fn seconds(duration: Option<Duration>) -> String {
    duration.map_or_else(|| "not known here".to_owned(), |duration| format!("{:.1} s", duration.as_secs_f64()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_so_that_they_can_be_read() {
        assert_eq!(
            (thousands(0), thousands(999), thousands(1_234_567)),
            ("0".into(), "999".into(), "1,234,567".into())
        );
        assert_eq!((mebibytes(Some((10 << 20) + 1)), mebibytes(None)), ("11 MiB".into(), "not known here".into()));
        assert_eq!(seconds(Some(Duration::from_millis(61_250))), "61.2 s");
    }
}
