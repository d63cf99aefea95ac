//! Timestamps: what Java prints is understood, and everything else is kept.

use jiff::civil::{DateTime, date};
use proptest::prelude::*;

use super::cases;
use crate::Timestamp;

/// All the times that the text can say.
fn times() -> impl Strategy<Value = DateTime> {
    (1000..=9999_i16, 1..=12_i8, 1..=31_i8, 0..24_i8, 0..60_i8, 0..60_i8).prop_map(
        |(year, month, day, hour, minute, second)| {
            let last = date(year, month, 1).days_in_month();
            date(year, month, day.min(last)).at(hour, minute, second, 0)
        },
    )
}

/// A time as Java prints it: what stands before the time of day, and what stands before its half.
fn printed(time: DateTime, before_time: &str, before_half: &str) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = MONTHS[usize::try_from(time.month()).unwrap() - 1];
    let (day, year, minute, second) = (time.day(), time.year(), time.minute(), time.second());
    let (hour, half) = match time.hour() {
        0 => (12, "AM"),
        hour @ 1..=11 => (hour, "AM"),
        12 => (12, "PM"),
        hour => (hour - 12, "PM"),
    };
    format!("{month} {day}, {year}{before_time}{hour}:{minute:02}:{second:02}{before_half}{half}")
}

/// Texts that begin as timestamps do, and others.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[A-Z][a-z]{2} -?[0-9]{1,3}, ?[0-9]{1,6},? -?[0-9]{1,2}:[0-9]{1,3}:[0-9]{2}(\\.[0-9])?[ \u{202f}][APp][Mm]",
        "[A-Za-z0-9,:% \u{202f}+.-]{0,40}",
    ]
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_time_is_understood_in_all_forms_of_java(time in times()) {
        for (before_time, before_half) in [(" ", " "), (", ", " "), (", ", "\u{202f}")] {
            let text = printed(time, before_time, before_half);
            prop_assert_eq!(Timestamp::from(text.as_str()).civil(), Ok(time), "{}", text);
        }
    }

    #[test]
    fn any_text_is_kept_and_says_a_time_that_prints_as_one_or_nothing(text in texts()) {
        let json = serde_json::to_string(&text).unwrap();
        let timestamp: Timestamp = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(timestamp.as_str(), &text);
        prop_assert_eq!(serde_json::to_string(&timestamp).unwrap(), json);
        if let Ok(time) = timestamp.civil() {
            let printed = printed(time, ", ", " ");
            prop_assert_eq!(Timestamp::from(printed.as_str()).civil(), Ok(time), "{}", printed);
        }
    }
}
