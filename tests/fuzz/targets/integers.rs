//! Any text as a number in an answer: what is whole and fits is read as that number, everything else is an error.

#![no_main]

use generated_client::zstack::types::{DatabaseBackupImage, VolumeInventory};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    let size = read(|json| serde_json::from_str::<DatabaseBackupImage>(json).map(|image| image.size), "size", text);
    let device =
        read(|json| serde_json::from_str::<VolumeInventory>(json).map(|volume| volume.device_id), "deviceId", text);
    if !is_json_number(text) {
        // What closes the object, or goes on with another key, may be an answer all the same.
        if !text.contains([',', '}']) && text != "null" {
            assert!(matches!((size, device), (None, None)), "`{text}` is no number");
        }
        return;
    }
    let expected = whole(text);
    let long = expected.filter(|number| i64::try_from(*number).is_ok());
    assert_eq!(size.map(|size| size.map(i128::from)), long.map(Some), "{text}");
    let int = expected.filter(|number| i32::try_from(*number).is_ok());
    assert_eq!(device.map(|device| device.map(i128::from)), int.map(Some), "{text}");
    if let Some(exact) = exactly_whole(text).filter(|number| number.unsigned_abs() <= 1 << 53) {
        assert_eq!(expected, Some(exact), "{text} is whole, and small enough to be exact");
    }
});

/// The field, or nothing if the answer is refused.
fn read<T>(decode: impl FnOnce(&str) -> serde_json::Result<Option<T>>, field: &str, text: &str) -> Option<Option<T>> {
    decode(&format!("{{\"{field}\":{text}}}")).ok()
}

/// Whether a text is a number by JSON's grammar, told without serde.
fn is_json_number(text: &str) -> bool {
    let rest = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

/// The whole number that a JSON number is read as: plain digits as they are, everything else as the nearest float.
fn whole(text: &str) -> Option<i128> {
    if let Ok(plain) = text.parse::<i128>() {
        // Past the 64 bits a parser makes floats of plain digits too, and those are out of every range.
        return Some(plain);
    }
    let float: f64 = text.parse().ok()?;
    // 2^63 is out of range; and -2^63 as a float could be one below it.
    (float.fract() == 0.0 && float.abs() < 9_223_372_036_854_775_808.0).then_some(float as i128)
}

/// The value of a JSON number, if it is whole and of at most 18 digits; told from its digits alone.
fn exactly_whole(text: &str) -> Option<i128> {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], text[at + 1..].parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_negative = whole.starts_with('-');
    let digits = format!("{}{fraction}", whole.trim_start_matches('-'));
    let significant = digits.trim_end_matches('0');
    if significant.trim_start_matches('0').is_empty() {
        return Some(0);
    }
    let dropped = i64::try_from(digits.len() - significant.len()).ok()?;
    let power = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?.checked_add(dropped)?;
    let significant = significant.trim_start_matches('0');
    if !(0..=18).contains(&power) || significant.len() > 18 {
        return None;
    }
    let number = significant.parse::<i128>().ok()? * 10_i128.pow(u32::try_from(power).ok()?);
    Some(if is_negative { -number } else { number })
}
