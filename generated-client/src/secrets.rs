//! What must not be repeated when a server repeats it: proxies put the whole request into their error pages.

use std::ops::Range;

use reqwest::{Url, header::HeaderValue};

/// How many layers of an encoding are undone. A text can be made of endless ones, at a price that grows with each.
const MOST_LAYERS: usize = 6;

/// The secrets of one request: its credentials, and passwords in addresses that it carries in its query.
pub(crate) struct Secrets(Vec<Vec<u8>>);

impl Secrets {
    /// The secrets of a request to `url` with these sensitive values of headers.
    pub(crate) fn of(url: &Url, sensitive: &[HeaderValue]) -> Self {
        let headers = sensitive.iter().flat_map(|value| {
            let value = String::from_utf8_lossy(value.as_bytes());
            // `OAuth 5a7d…`: the session alone is as good as the whole. `ZStack id:signature`: so is the signature.
            let secret = value.rsplit(' ').next().map(str::to_owned);
            let signature = value.strip_prefix("ZStack ").and_then(|key| key.split_once(':'));
            secret.into_iter().chain(signature.map(|(_, signature)| signature.to_owned()))
        });
        let passwords = url.query_pairs().filter_map(|(_, value)| password(&value).map(str::to_owned));
        let secrets = headers.chain(passwords).filter(|secret| !secret.is_empty());
        Self(secrets.map(|secret| plain(&secret).into_iter().map(|(byte, _)| byte).collect()).collect())
    }

    /// The text without the secrets, however they are encoded in it.
    pub(crate) fn hide(&self, text: &str) -> String {
        let plain = plain(text);
        let mut shown = String::new();
        let (mut at, mut shown_to) = (0, 0);
        while at < plain.len() {
            match self.0.iter().map(Vec::as_slice).find(|secret| begins_with(&plain[at..], secret)) {
                None => at += 1,
                Some(secret) => {
                    shown.push_str(text.get(shown_to..plain[at].1.start).unwrap_or_default());
                    shown.push_str("[hidden]");
                    at += secret.len();
                    shown_to = plain[at - 1].1.end;
                }
            }
        }
        shown.push_str(text.get(shown_to..).unwrap_or_default());
        shown
    }

    /// The start of a text without the secrets: of a text of any length, at a price that has a limit.
    pub(crate) fn hide_in_start(&self, text: &[u8]) -> String {
        const LIMIT: usize = 64 << 10;
        let Some(start) = text.get(..LIMIT) else { return self.hide(&String::from_utf8_lossy(text)) };
        let hidden = self.hide(&String::from_utf8_lossy(start));
        // The cut may have gone through a secret, half of which would be shown at the end. (As sent: encoded twice.)
        let longest = self.0.iter().map(Vec::len).max().unwrap_or_default() * "%2525".len();
        let kept = hidden.chars().count().saturating_sub(longest);
        hidden.chars().take(kept).collect()
    }
}

fn begins_with(plain: &[(u8, Range<usize>)], secret: &[u8]) -> bool {
    plain.len() >= secret.len() && plain.iter().zip(secret).all(|((byte, _), expected)| byte == expected)
}

/// The bytes of a text with all encoding undone, each with where it stands in the text: percent-encoding as often as it
/// was done, JSON's `\u0040`, and a plus sign for a space. What repeats a request undoes some of it and adds other.
fn plain(text: &str) -> Vec<(u8, Range<usize>)> {
    let mut plain: Vec<(u8, Range<usize>)> = text.bytes().enumerate().map(|(at, byte)| (byte, at..at + 1)).collect();
    for _ in 0..MOST_LAYERS {
        let before = plain.len();
        plain = undo(&plain, b"%", 2);
        plain = undo(&plain, b"\\u00", 2);
        if plain.len() == before {
            break;
        }
    }
    plain.into_iter().map(|(byte, place)| (if byte == b'+' { b' ' } else { byte }, place)).collect()
}

/// Undoes one layer of an encoding that writes a byte as `mark` and hexadecimal digits.
fn undo(plain: &[(u8, Range<usize>)], mark: &[u8], digits: usize) -> Vec<(u8, Range<usize>)> {
    let mut undone = Vec::with_capacity(plain.len());
    let mut at = 0;
    while at < plain.len() {
        let length = mark.len() + digits;
        let byte = plain.get(at..at + length).filter(|part| begins_with(part, mark)).and_then(|part| {
            let digits: String = part[mark.len()..].iter().map(|(digit, _)| char::from(*digit)).collect();
            u8::from_str_radix(&digits, 16).ok().filter(|_| !digits.starts_with('+'))
        });
        match byte {
            Some(byte) => {
                undone.push((byte, plain[at].1.start..plain[at + length - 1].1.end));
                at += length;
            }
            None => {
                undone.push(plain[at].clone());
                at += 1;
            }
        }
    }
    undone
}

/// `password` of `ssh://user:password@host/path`. A password may hold what should have been encoded, also an `@`.
fn password(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let (user_info, _) = rest.rsplit_once('@')?;
    Some(user_info.split_once(':')?.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secrets of a request with this query and these sensitive values of headers.
    fn secrets_with(query: &str, headers: &[&'static str]) -> Secrets {
        let url = Url::parse(&format!("http://zstack.example/image-store?{query}")).unwrap();
        Secrets::of(&url, &headers.iter().copied().map(HeaderValue::from_static).collect::<Vec<_>>())
    }

    fn secrets(query: &str) -> Secrets {
        secrets_with(query, &["OAuth 5a7d0b6a"])
    }

    #[test]
    fn credentials_are_hidden_with_and_without_their_prefix() {
        let hidden = secrets("").hide("Authorization: OAuth 5a7d0b6a; session 5a7d0b6a");
        assert_eq!(hidden, "Authorization: OAuth [hidden]; session [hidden]");
    }

    #[test]
    fn a_signature_is_hidden_with_and_without_its_key() {
        let secrets = secrets_with("", &["ZStack k1:a+b/c="]);
        let text = "ZStack k1:a+b/c=, k1%3Aa%2Bb%2Fc%3D, a+b/c=, k1 at Fri, 06 Aug 2021 17:58:34 PRC";
        assert_eq!(secrets.hide(text), "ZStack [hidden], [hidden], [hidden], k1 at Fri, 06 Aug 2021 17:58:34 PRC");
    }

    #[test]
    fn a_token_is_hidden_whole() {
        assert_eq!(secrets_with("", &["gAAA:Bk"]).hide("X-Auth-Token: gAAA:Bk"), "X-Auth-Token: [hidden]");
    }

    #[test]
    fn a_password_is_hidden_as_given_as_understood_and_as_sent() {
        let secrets = secrets("url=ssh%3A%2F%2Froot%3Ap%2540ss%40h%3A22%2Fbs");
        for (text, hidden) in [
            ("ssh://root:p%40ss@h:22/bs", "ssh://root:[hidden]@h:22/bs"),
            ("ssh://root:p@ss@h:22/bs", "ssh://root:[hidden]@h:22/bs"),
            ("root%3Ap%2540ss%40h", "root%3A[hidden]%40h"),
            ("root:p%252540ss, root:p\\u0040ss", "root:[hidden], root:[hidden]"),
            ("p, ss and %", "p, ss and %"),
        ] {
            assert_eq!(secrets.hide(text), hidden);
        }
    }

    #[test]
    fn half_a_secret_at_the_cut_of_a_long_text_is_not_shown() {
        let secrets = secrets("");
        for padding in 0..20 {
            let text = "x".repeat((64 << 10) - padding) + &"5a7d0b6a".repeat(3);
            let shown = secrets.hide_in_start(text.as_bytes());
            assert!(shown.starts_with("xxx") && !shown.contains('5'), "{padding}");
        }
    }

    #[test]
    fn a_query_without_a_password_hides_nothing() {
        assert_eq!(secrets("url=ssh%3A%2F%2Fh%3A22%2Fbs&registryPort=8000").hide("h:22 8000"), "h:22 8000");
    }
}
