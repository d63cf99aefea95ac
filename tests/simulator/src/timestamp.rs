//! Dates and times as Java prints them.

use serde::{Deserialize, Serialize};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const SECONDS_OF_A_DAY: i64 = 86_400;

/// A date and a time of day in the server's own time zone, which is UTC here. Held as seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// Which text a timestamp becomes: that depends on the Java that the server runs on (ZStack server source, and what
/// the JDKs' default US date format prints).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum TimestampForm {
    /// Java 8, which ZStack installs: `Nov 14, 2017 10:20:57 PM`.
    #[default]
    Java8,
    /// Java 9 to 19: `Nov 14, 2017, 10:20:57 PM`.
    Java9,
    /// Java 20 and later: as [`TimestampForm::Java9`], with U+202F (narrow no-break space) before AM or PM.
    Java20,
}

impl Timestamp {
    /// The timestamp of a date (month and day from 1) and a time of day (24 hours).
    #[must_use]
    pub const fn new(year: i64, month: i64, day: i64, hour: i64, minute: i64, second: i64) -> Self {
        // Days since 1970-01-01 in the proleptic Gregorian calendar; years start in March, so that leap days come last.
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * (month + (if month > 2 { -3 } else { 9 })) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let days = era * 146_097 + day_of_era - 719_468;
        Self(days * SECONDS_OF_A_DAY + hour * 3_600 + minute * 60 + second)
    }

    /// The timestamp of a time in milliseconds since 1970.
    pub(crate) fn from_milliseconds(milliseconds: u64) -> Self {
        Self(i64::try_from(milliseconds / 1_000).unwrap_or(i64::MAX))
    }

    /// The text that a server on this Java sends: day and hour without a leading zero, names always English.
    #[must_use]
    pub fn text(self, form: TimestampForm) -> String {
        let (days, second) = (self.0.div_euclid(SECONDS_OF_A_DAY), self.0.rem_euclid(SECONDS_OF_A_DAY));
        let days = days + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = (month_from_march + 2) % 12;
        let year = year_of_era + era * 400 + i64::from(month < 2);

        let month = usize::try_from(month).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"Jan");
        let hour = second / 3_600;
        let half = if hour < 12 { "AM" } else { "PM" };
        let hour = match hour % 12 {
            0 => 12,
            hour => hour,
        };
        let (comma, space) = match form {
            TimestampForm::Java8 => ("", " "),
            TimestampForm::Java9 => (",", " "),
            TimestampForm::Java20 => (",", "\u{202f}"),
        };
        format!("{month} {day}, {year}{comma} {hour}:{:02}:{:02}{space}{half}", second / 60 % 60, second % 60)
    }

    /// Reads `Fri, 06 Aug 2021 17:58:34 PRC`, the text of a `Date` header. Its zone is not looked at, as the server
    /// does not by default.
    #[cfg(feature = "access-keys")]
    pub(crate) fn from_date_header(text: &str) -> Option<Self> {
        let (_, rest) = text.split_once(", ")?;
        let mut words = rest.split(' ');
        let day = words.next()?.parse().ok()?;
        let month = words.next()?;
        let month = MONTHS.iter().position(|name| *name == month)?;
        let year = words.next()?.parse().ok()?;
        let mut time = words.next()?.split(':').map(str::parse);
        let (hour, minute, second) = (time.next()?.ok()?, time.next()?.ok()?, time.next()?.ok()?);
        words.next()?;
        Some(Self::new(year, i64::try_from(month).ok()? + 1, day, hour, minute, second))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_java_prints_its_own_form() {
        let evening = Timestamp::new(2017, 11, 14, 22, 20, 57);
        assert_eq!(evening.text(TimestampForm::Java8), "Nov 14, 2017 10:20:57 PM");
        assert_eq!(evening.text(TimestampForm::Java9), "Nov 14, 2017, 10:20:57 PM");
        assert_eq!(evening.text(TimestampForm::Java20), "Nov 14, 2017, 10:20:57\u{202f}PM");
    }

    #[test]
    fn every_day_has_its_own_date_and_hours_run_from_1_to_12() {
        let cases = [
            (Timestamp::new(2017, 5, 11, 13, 22, 48), "May 11, 2017 1:22:48 PM"),
            (Timestamp::new(2024, 2, 29, 0, 0, 0), "Feb 29, 2024 12:00:00 AM"),
            (Timestamp::new(2000, 3, 1, 12, 5, 9), "Mar 1, 2000 12:05:09 PM"),
            (Timestamp(0), "Jan 1, 1970 12:00:00 AM"),
            (Timestamp(-1), "Dec 31, 1969 11:59:59 PM"),
            (Timestamp(1_606_262_400), "Nov 25, 2020 12:00:00 AM"),
        ];
        for (timestamp, text) in cases {
            assert_eq!(timestamp.text(TimestampForm::Java8), text);
        }
    }
}
