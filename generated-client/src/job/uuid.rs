//! The name of a job.

use std::{
    fmt,
    hash::{Hash, Hasher},
    io,
    str::FromStr,
};

use serde::{Deserialize, Serialize, Serializer};
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// The name of a job of ZStack: 32 hexadecimal digits, by which its result is asked for.
///
/// Keep it before a call is sent ([`on_job`](crate::zstack::builder::RecoverDataVolume::on_job)), and the result can
/// still be had after a crash. The server asks for no credentials when it is asked for a job, so the name is a secret
/// of its own: `Debug` does not print it, `Display` does. Its memory is zeroed when it is dropped; that of the requests that
/// carry the name is not, since it stands in their addresses.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct JobUuid(Zeroizing<String>);

impl JobUuid {
    /// A new name, from the operating system's random numbers.
    ///
    /// # Errors
    /// When the operating system has none to give.
    pub fn random() -> io::Result<Self> {
        let mut bytes = Zeroizing::new([0; 16]);
        getrandom::fill(&mut *bytes).map_err(io::Error::other)?;
        // As large as it gets, and digit by digit: what grows, and what formats numbers, leaves copies behind.
        let mut text = Zeroizing::new(String::with_capacity(32));
        text.extend(
            bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|digit| char::from_digit(digit.into(), 16)),
        );
        Ok(Self(text))
    }

    /// The 32 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for JobUuid {
    type Error = InvalidJobUuid;

    fn try_from(text: String) -> Result<Self, InvalidJobUuid> {
        let text = Zeroizing::new(text);
        match text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            true => Ok(Self(text)),
            false => Err(InvalidJobUuid(())),
        }
    }
}

impl TryFrom<&str> for JobUuid {
    type Error = InvalidJobUuid;

    fn try_from(text: &str) -> Result<Self, InvalidJobUuid> {
        text.to_owned().try_into()
    }
}

impl FromStr for JobUuid {
    type Err = InvalidJobUuid;

    fn from_str(text: &str) -> Result<Self, InvalidJobUuid> {
        text.try_into()
    }
}

impl From<JobUuid> for String {
    /// The 32 digits, in memory that nobody zeroes.
    fn from(mut uuid: JobUuid) -> Self {
        std::mem::take(&mut uuid.0)
    }
}

impl Serialize for JobUuid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Hash for JobUuid {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl ZeroizeOnDrop for JobUuid {}

impl AsRef<str> for JobUuid {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for JobUuid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Debug for JobUuid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("JobUuid").finish_non_exhaustive()
    }
}

/// A text that is not the name of a job. It is not repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidJobUuid(());

impl fmt::Display for InvalidJobUuid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a job has 32 hexadecimal digits and nothing else: leave out dashes and braces")
    }
}

impl std::error::Error for InvalidJobUuid {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_thirty_two_hexadecimal_digits_as_they_were_given() {
        for text in ["5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c", "5A7D0B6A2D2A4B0B9A1C0D1E2F3A4B5C"] {
            assert_eq!(text.parse::<JobUuid>().unwrap().as_str(), text);
        }
        for text in [
            "",
            "5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5",
            "5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5g",
            "5a7d0b6a-2d2a-4b0b-9a1c-0d1e2f3a4b5c",
        ] {
            assert!(text.parse::<JobUuid>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_random_name_is_a_name_and_never_the_same() {
        let uuid = JobUuid::random().unwrap();
        assert_eq!(uuid.as_str().parse(), Ok(uuid.clone()));
        assert_ne!(uuid, JobUuid::random().unwrap());
    }

    #[test]
    fn a_name_is_not_printed_by_debug() {
        assert_eq!(format!("{:?}", JobUuid::random().unwrap()), "JobUuid { .. }");
    }
}
