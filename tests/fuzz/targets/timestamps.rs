//! Any text as a timestamp: it is kept as it came, and what it says is a time that prints and reads as itself.

#![no_main]

use generated_client::{Timestamp, jiff::civil::DateTime};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    // No answer fails to decode because of a timestamp, whatever stands in its place.
    if serde_json::from_str::<serde_json::Value>(text).is_ok() {
        let timestamp: Timestamp = serde_json::from_str(text).expect("any JSON is a timestamp");
        check(&timestamp);
    }
    let timestamp = Timestamp::from(text);
    assert_eq!(timestamp.as_str(), text);
    check(&timestamp);
});

fn check(timestamp: &Timestamp) {
    let json = serde_json::to_string(timestamp).expect("a text can be written");
    assert_eq!(serde_json::from_str::<Timestamp>(&json).expect("what was written can be read"), *timestamp);
    match timestamp.civil() {
        Ok(civil) => {
            for text in forms_of_java(civil) {
                assert_eq!(Timestamp::from(text.as_str()).civil().expect("Java's own form"), civil, "{text}");
            }
        }
        Err(error) => {
            assert_eq!(error.text(), timestamp.as_str());
            assert!(!error.to_string().contains(char::is_control));
        }
    }
}

/// The time as the three Javas print it.
fn forms_of_java(civil: DateTime) -> [String; 3] {
    let month = civil.strftime("%b").to_string();
    let (day, year, minute, second) = (civil.day(), civil.year(), civil.minute(), civil.second());
    let (hour, half) = (civil.hour(), if civil.hour() < 12 { "AM" } else { "PM" });
    let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
    [(" ", " "), (", ", " "), (", ", "\u{202f}")].map(|(before_time, before_half)| {
        format!("{month} {day}, {year}{before_time}{hour}:{minute:02}:{second:02}{before_half}{half}")
    })
}
