//! Ids that become one segment of a request's path.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// An id that stands in a request's path, as `uuid` does in `/zstack/v1/volume-backups/{uuid}/actions`.
///
/// The pages say String and no more, so any text is an id unless it would make the request another one than the
/// one that was meant. Refused are:
///
/// - the empty text, `.` and `..`: a URL without a segment, or with one less than it should have;
/// - texts with a slash or a backslash: more segments than one, to the client or to some server;
/// - texts with control characters (U+0000 to U+001F, U+007F to U+009F), which URL parsers drop and logs break on.
///
/// Everything else is sent percent-encoded, the percent sign too. So a text that looks
/// encoded already, `%2e%2e` or `a%2Fb`, is sent as `%252e%252e` and `a%252Fb` and means itself: it is no dot segment
/// and holds no slash.
///
/// ```
/// use generated_client::PathId;
///
/// let id = PathId::try_from("84ddbb9b3b7a4c1d97b4dc6e7d3ce1a4")?;
/// assert_eq!(id.as_str(), "84ddbb9b3b7a4c1d97b4dc6e7d3ce1a4");
/// assert!(PathId::try_from("../backups").is_err());
/// # Ok::<(), generated_client::InvalidPathId>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathId(String);

/// Everything but RFC 3986's unreserved characters, as the vendors' own clients encode a path parameter.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl PathId {
    /// The id as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An id as it is written in a URL's path: all but `A-Z a-z 0-9 - . _ ~` percent-encoded, as UTF-8.
///
/// Generated code calls it by this name, which is the one that progenitor uses.
pub(crate) fn encode_path<T: fmt::Display>(id: &T) -> impl fmt::Display {
    Encoded(id)
}

/// What is encoded while it is written into the address, without a text of its own.
struct Encoded<'a, T>(&'a T);

impl<T: fmt::Display> fmt::Display for Encoded<'_, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Encoder(formatter), "{}", self.0)
    }
}

/// Encodes what is written to it, and passes it on.
struct Encoder<'a, 'b>(&'a mut fmt::Formatter<'b>);

impl fmt::Write for Encoder<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if is_plain(text) {
            return self.0.write_str(text);
        }
        utf8_percent_encode(text, ENCODED).try_for_each(|part| self.0.write_str(part))
    }
}

/// Which bytes are letters, digits or hyphens.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        plain[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'-';
        byte += 1;
    }
    plain
};

/// Whether a text is letters, digits and hyphens alone, as nearly all ids are: nothing in it is refused or encoded.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| PLAIN[usize::from(byte)])
}

fn check(id: &str) -> Result<(), InvalidPathId> {
    if !id.is_empty() && is_plain(id) {
        return Ok(());
    }
    let reason = match id {
        "" => Reason::Empty,
        "." | ".." => Reason::DotSegment,
        _ => match id.chars().find(|&c| matches!(c, '/' | '\\') || c.is_control()) {
            Some('/') => Reason::Slash,
            Some('\\') => Reason::Backslash,
            Some(_) => Reason::Control,
            None => return Ok(()),
        },
    };
    Err(InvalidPathId { id: id.to_owned(), reason })
}

impl TryFrom<String> for PathId {
    type Error = InvalidPathId;

    fn try_from(id: String) -> Result<Self, InvalidPathId> {
        check(&id)?;
        Ok(Self(id))
    }
}

impl TryFrom<&str> for PathId {
    type Error = InvalidPathId;

    fn try_from(id: &str) -> Result<Self, InvalidPathId> {
        check(id)?;
        Ok(Self(id.to_owned()))
    }
}

impl TryFrom<&String> for PathId {
    type Error = InvalidPathId;

    fn try_from(id: &String) -> Result<Self, InvalidPathId> {
        Self::try_from(id.as_str())
    }
}

impl FromStr for PathId {
    type Err = InvalidPathId;

    fn from_str(id: &str) -> Result<Self, InvalidPathId> {
        Self::try_from(id)
    }
}

impl fmt::Display for PathId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl AsRef<str> for PathId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Why a text can't be a [`PathId`]. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidPathId {
    id: String,
    reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    Empty,
    DotSegment,
    Slash,
    Backslash,
    Control,
}

impl fmt::Display for InvalidPathId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, instead) = match self.reason {
            Reason::Empty => {
                ("it is empty", "give the id of the thing that is meant; an unset variable is often the cause")
            }
            Reason::DotSegment => {
                ("in a path it means a folder and not a thing", "give the id of the thing that is meant")
            }
            Reason::Slash => ("it has a slash", "give the id alone, without the path or URL around it"),
            Reason::Backslash => ("it has a backslash", "give the id alone, without the path around it"),
            Reason::Control => (
                "it has a control character",
                "give the id alone; a line break at the end, from a file or a command's output, is often the cause",
            ),
        };
        // Debug escapes control characters: an error must not break the log that it is written to.
        write!(formatter, "{:?} can't be an id in a request's path: {what}; {instead}", self.id)
    }
}

impl std::error::Error for InvalidPathId {}

#[cfg(test)]
mod tests {
    use reqwest::Url;

    use super::*;

    fn encoded(id: &str) -> Result<String, String> {
        PathId::try_from(id).map(|id| encode_path(&id).to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn all_but_unreserved_characters_are_encoded() {
        for (id, expected) in [
            ("AZaz09-._~", "AZaz09-._~"),
            ("a b", "a%20b"),
            ("a+b", "a%2Bb"),
            ("{x}", "%7Bx%7D"),
            ("a%2Fb", "a%252Fb"),
            ("%2e%2E", "%252e%252E"),
            ("é", "%C3%A9"),
            ("!\"#$&'()*,:;<=>?@[]^`|", "%21%22%23%24%26%27%28%29%2A%2C%3A%3B%3C%3D%3E%3F%40%5B%5D%5E%60%7C"),
        ] {
            assert_eq!(encoded(id).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn an_id_stays_one_segment_whatever_it_holds() {
        let mut ids: Vec<String> = [
            "...",
            "....",
            ".a",
            "a.",
            "..a",
            ". ",
            ".. ",
            " ",
            " .",
            "%2e",
            "%2E%2e",
            ".%2e",
            "%2e.",
            "%252e%252e",
            "..%00",
            "..;",
            "..;x=1",
            "a%2Fb",
            "a%2fb",
            "%5C",
            "..%2f..",
            "..%5c..",
            "a?b",
            "?",
            "#",
            "a#b",
            "a?b=c#d",
            ":",
            "a:b",
            "http:x",
            "@",
            "u:p@h",
            "&",
            "=",
            "+",
            "*",
            "~",
            "-",
            "_",
            "%",
            "%%",
            "%zz",
            "%00",
            "%0a",
            "{uuid}",
            "<id>",
            "\"",
            "'",
            "`",
            "|",
            "^",
            "[",
            "]",
            "é",
            "备份",
            "．．",
            "\u{2024}",
            "\u{2044}",
            "\u{2215}",
            "\u{ff0f}",
            "\u{ff3c}",
            "\u{202e}",
            "\u{feff}",
            "\u{a0}",
            "\u{2028}",
            "\u{200b}..",
            "😀",
        ]
        .map(String::from)
        .to_vec();
        ids.push("x".repeat(5000));
        ids.extend((' '..='~').filter(|c| !matches!(c, '.' | '/' | '\\')).map(String::from));

        for base in ["https://host", "http://host:8080/prefix/deep"] {
            let prefix: Vec<&str> = base.split('/').skip(3).collect();
            for id in &ids {
                let encoded = encoded(id).unwrap_or_else(|error| error);
                let url = Url::parse(&format!("{base}/v1/backups/{encoded}/actions")).ok();
                let segments: Option<Vec<&str>> = url.as_ref().and_then(|url| Some(url.path_segments()?.collect()));
                let mut expected = prefix.clone();
                expected.extend(["v1", "backups", &encoded, "actions"]);
                assert_eq!(segments, Some(expected), "{id:?}");
                let tail = url.map(|url| (url.query().is_some(), url.fragment().is_some()));
                assert_eq!(tail, Some((false, false)), "{id:?}");
                let decoded = percent_encoding::percent_decode_str(&encoded).decode_utf8_lossy();
                assert_eq!(&decoded, id);
            }
        }
    }

    #[test]
    fn what_would_change_the_path_is_refused() {
        for (id, what) in [
            ("", "it is empty"),
            (".", "it means a folder"),
            ("..", "it means a folder"),
            ("/", "a slash"),
            ("a/b", "a slash"),
            ("/a", "a slash"),
            ("a/", "a slash"),
            ("../..", "a slash"),
            ("https://host/id", "a slash"),
            ("a\\b", "a backslash"),
            ("..\\", "a backslash"),
            ("id\n", "a control character"),
            ("id\r\n", "a control character"),
            ("\tid", "a control character"),
            (".\t.", "a control character"),
            ("\0", "a control character"),
            ("\u{1b}[31m", "a control character"),
            ("\u{7f}", "a control character"),
            ("\u{80}", "a control character"),
            ("\u{9f}", "a control character"),
        ] {
            let message = encoded(id).err().unwrap_or_default();
            assert!(message.contains(what), "{id:?}: {message}");
        }
    }

    #[test]
    fn an_error_shows_control_characters_escaped() {
        let message = encoded("a\n\u{1b}\u{9b}b").err().unwrap_or_default();
        assert!(message.starts_with(r#""a\n\u{1b}\u{9b}b" can't"#), "{message}");
        assert!(!message.contains(char::is_control), "{message}");
    }

    #[test]
    fn all_kinds_of_strings_are_checked_alike() {
        let (good, bad) = ("a".to_owned(), "..".to_owned());
        let expected = PathId(good.clone());
        assert_eq!(good.parse::<PathId>().as_ref(), Ok(&expected));
        assert_eq!(PathId::try_from(&good).as_ref(), Ok(&expected));
        assert_eq!(PathId::try_from(good).as_ref(), Ok(&expected));
        assert!(bad.parse::<PathId>().is_err());
        assert!(PathId::try_from(&bad).is_err());
        assert!(PathId::try_from(bad).is_err());
    }
}
