//! Dates and times as ZStack Cloud prints them.

use std::fmt;

use jiff::{civil::DateTime, fmt::strtime};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// A date and time of a ZStack answer: the text, exactly as it came, and on demand what it says.
///
/// ZStack prints Java's default US format, and which text that is depends on the Java that the server runs on:
///
/// | Java | text |
/// |---|---|
/// | 8, which ZStack installs and the pages show | `Nov 14, 2017 10:20:57 PM` |
/// | 9 to 19 | `Nov 14, 2017, 10:20:57 PM` |
/// | 20 and later | the same, with a narrow no-break space (U+202F) before `PM` |
///
/// Month names are English whatever the server's language. The text says nothing finer than a second.
///
/// A text of any other form is kept like these: only [`Timestamp::civil`] fails on it, never the decoding of an
/// answer, which tells about a restore that has already happened.
///
/// # Time zone
///
/// The time is the server's local time, and its zone is not in the text. The server tells it at
/// `GET /v1/management-nodes/platform-timezone`; with it, jiff makes an instant of the time:
///
/// ```
/// use generated_client::Timestamp;
/// use jiff::tz::{self, TimeZone};
///
/// let created = Timestamp::from("Nov 14, 2017 10:20:57 PM");
/// assert_eq!(created.as_str(), "Nov 14, 2017 10:20:57 PM");
///
/// let civil = created.civil()?;
/// assert_eq!(civil.to_string(), "2017-11-14T22:20:57");
///
/// let shanghai = TimeZone::fixed(tz::offset(8));
/// let instant = civil.to_zoned(shanghai)?.timestamp();
/// assert_eq!(instant.to_string(), "2017-11-14T14:20:57Z");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Source: the pages' examples for the first form; Java's own formats (JDK-8304925 for the third) for the others.
///
/// Two timestamps are equal when their texts are. They have no order, since the order of the texts is not that of
/// the times: compare what [`Timestamp::civil`] gives.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Timestamp(String);

impl<'de> Deserialize<'de> for Timestamp {
    /// Takes anything: what is no text, such as a number, is kept as its JSON.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Value::deserialize(deserializer)? {
            Value::String(text) => text,
            other => other.to_string(),
        }))
    }
}

impl Timestamp {
    /// The text, exactly as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The date and time that the text says, in the server's own time zone.
    ///
    /// # Errors
    ///
    /// [`InvalidTimestamp`] when the text has none of the three forms, or names a day or time that does not exist.
    pub fn civil(&self) -> Result<DateTime, InvalidTimestamp> {
        parse(&self.0).ok_or_else(|| InvalidTimestamp { text: self.0.clone() })
    }
}

fn parse(text: &str) -> Option<DateTime> {
    // strptime takes any space for a space, but no character that is not ASCII.
    let plain = text.replace([NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE], " ");
    let read = |format| strtime::parse(format, &plain).and_then(|read| read.to_datetime()).ok();
    let date = read("%b %d, %Y %I:%M:%S %p").or_else(|| read("%b %d, %Y, %I:%M:%S %p"))?;
    // strptime takes a year of two digits for one of antiquity.
    (date.year() >= 1000).then_some(date)
}

const NARROW_NO_BREAK_SPACE: char = '\u{202f}';
/// Java prints U+202F; what copies or converts its text may make the older U+00A0 of it.
const NO_BREAK_SPACE: char = '\u{a0}';

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl AsRef<str> for Timestamp {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Timestamp {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<Timestamp> for String {
    fn from(timestamp: Timestamp) -> Self {
        timestamp.0
    }
}

/// What [`Timestamp::civil`] says about a text that it does not understand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidTimestamp {
    text: String,
}

impl InvalidTimestamp {
    /// The text that is not understood.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for InvalidTimestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Quoted as Debug does, so that a no-break space can be told from a space.
        write!(
            formatter,
            "the timestamp {:?} is none that ZStack is known to print (`Nov 14, 2017 10:20:57 PM`, with or without \
             a comma after the year, with a space or U+202F before AM or PM), or names a time that does not exist; \
             its text can be had with `Timestamp::as_str`",
            self.text
        )
    }
}

impl std::error::Error for InvalidTimestamp {}

#[cfg(test)]
mod tests {
    use super::*;

    fn civil(text: &str) -> Option<String> {
        Timestamp::from(text).civil().ok().map(|civil| civil.to_string())
    }

    #[test]
    fn all_forms_of_java_say_the_same_time() {
        for text in [
            "Nov 14, 2017 10:20:57 PM",
            "Nov 14, 2017, 10:20:57 PM",
            "Nov 14, 2017, 10:20:57\u{202f}PM",
            "Nov 14, 2017, 10:20:57\u{a0}PM",
        ] {
            assert_eq!(civil(text).as_deref(), Some("2017-11-14T22:20:57"), "{text:?}");
        }
    }

    #[test]
    fn twelve_comes_before_one() {
        for (text, expected) in [
            ("May 1, 2017 12:00:00 AM", "2017-05-01T00:00:00"),
            ("May 1, 2017 12:59:59 AM", "2017-05-01T00:59:59"),
            ("May 1, 2017 1:00:00 AM", "2017-05-01T01:00:00"),
            ("May 1, 2017 11:59:59 AM", "2017-05-01T11:59:59"),
            ("May 1, 2017 12:00:00 PM", "2017-05-01T12:00:00"),
            ("May 1, 2017 12:59:59 PM", "2017-05-01T12:59:59"),
            ("May 1, 2017 1:00:00 PM", "2017-05-01T13:00:00"),
            ("May 1, 2017 11:59:59 PM", "2017-05-01T23:59:59"),
        ] {
            assert_eq!(civil(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn every_month_has_its_number() {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        for (month, number) in months.iter().zip(1..) {
            let expected = format!("2024-{number:02}-29T01:02:03");
            assert_eq!(civil(&format!("{month} 29, 2024 1:02:03 AM")), Some(expected));
        }
    }

    #[test]
    fn padded_days_and_hours_are_understood() {
        assert_eq!(civil("May 01, 2017 01:22:48 PM").as_deref(), Some("2017-05-01T13:22:48"));
    }

    #[test]
    fn what_java_does_not_print_is_not_understood() {
        for text in [
            "",
            " ",
            "2017-11-14T22:20:57Z",
            "2017年11月14日 下午10:20:57",
            "14 Nov 2017 10:20:57 PM",
            "14 nov. 2017 22:20:57",
            " Nov 14, 2017 10:20:57 PM",
            "Nov 14, 2017 10:20:57 PM ",
            "Nov 14, 2017 10:20:57 PM\n",
            "Nov 14, 2017 10:20:57 PM UTC",
            "Nov 14 2017 10:20:57 PM",
            "Nov 14, 2017 10:20:57",
            "Nov 14, 2017 22:20:57",
            "Nov 14, 2017 10:20 PM",
            "Nov 14, 2017 10:20:57.5 PM",
            "Nov 14, 2017 10:20:57:00 PM",
            "Nov 14, 2017 10:20:57 XM",
            "November 14, 2017 10:20:57 PM",
            "Nov 14, 17 10:20:57 PM",
            "Nov -1, 2017 10:20:57 PM",
            "Nov 14, 2017 ١٠:20:57 PM",
            "Nov 14, 20é7 10:20:57 PM",
        ] {
            assert_eq!(civil(text), None, "{text:?}");
        }
    }

    #[test]
    fn days_and_times_that_do_not_exist_are_not_understood() {
        for text in [
            "Nov 31, 2017 10:20:57 PM",
            "Nov 0, 2017 10:20:57 PM",
            "Feb 29, 2023 10:20:57 PM",
            "Nov 14, 2017 0:20:57 AM",
            "Nov 14, 2017 13:20:57 PM",
            "Nov 14, 2017 10:60:57 PM",
        ] {
            assert_eq!(civil(text), None, "{text}");
        }
    }

    #[test]
    fn any_text_is_decoded_and_encoded_unchanged() {
        for json in [r#""Nov 14, 2017 10:20:57 PM""#, r#""2017-11-14T22:20:57Z""#, r#""""#, r#"" x\n""#] {
            let encoded =
                serde_json::from_str::<Timestamp>(json).and_then(|timestamp| serde_json::to_string(&timestamp));
            assert_eq!(encoded.ok().as_deref(), Some(json));
        }
    }

    #[test]
    fn what_is_no_text_is_kept_as_its_json_and_fails_nothing() {
        for (json, text) in [("1510669257000", "1510669257000"), ("true", "true"), (r#"{"a":[1]}"#, r#"{"a":[1]}"#)] {
            let timestamp: Timestamp = serde_json::from_str(json).unwrap();
            assert_eq!(timestamp.as_str(), text);
            assert!(timestamp.civil().is_err());
        }
    }

    #[test]
    fn the_error_names_the_text_and_the_forms() {
        let error = Timestamp::from("soon\u{202f}PM").civil().map_err(|error| error.to_string());
        let message = error.err().unwrap_or_default();
        assert!(message.contains(r#""soon\u{202f}PM""#), "{message}");
        assert!(message.contains("`Nov 14, 2017 10:20:57 PM`"), "{message}");
    }
}
