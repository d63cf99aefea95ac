//! What must not be repeated when a server repeats it: proxies put the whole request into their error pages.
//!
//! A secret is found as it is and in the encodings that error pages use: escapes of percent-encoding, JSON and HTML, in
//! any mixture and in layers ([`layer`]), and base64 of it or of a text around it ([`needle`]). Not found is what was
//! compressed, encrypted, broken over lines, or written in another way, such as in hexadecimal digits.

// Other packages include this file by its path.
#[path = "secrets/layer.rs"]
mod layer;
#[path = "secrets/needle.rs"]
mod needle;

use std::ops::Range;

use reqwest::{Url, header::HeaderValue};
use zeroize::Zeroizing;

use self::{layer::LONGEST_ESCAPE, needle::Needle};

/// How much of a text is looked at, in bytes. The rest is not shown: looking has a price, and nobody reads so much.
const MOST: usize = 64 << 10;

/// The secrets of one request: its credentials, and passwords in addresses that it carries in its query.
///
/// They are zeroed when they are dropped.
pub(crate) struct Secrets {
    needles: Vec<Needle>,
    /// The bytes that some needle may begin with: all others need no further look.
    beginnings: [bool; 256],
}

impl Secrets {
    /// The secrets of a request to `url` with these sensitive values of headers.
    pub(crate) fn of(url: &Url, sensitive: &[HeaderValue]) -> Self {
        let mut needles = Vec::new();
        for value in sensitive {
            let value = Zeroizing::new(String::from_utf8_lossy(value.as_bytes()).into_owned());
            // `OAuth 5a7d…`: the session alone is as good as the whole. `ZStack id:signature`: so is the signature.
            needles.extend(value.rsplit(' ').next().into_iter().flat_map(needle::needles));
            let signature = value.strip_prefix("ZStack ").and_then(|key| key.split_once(':'));
            needles.extend(signature.into_iter().flat_map(|(_, signature)| needle::needles(signature)));
        }
        for (_, value) in url.query_pairs() {
            let value = Zeroizing::new(value.into_owned());
            needles.extend(password(&value).into_iter().flat_map(needle::needles));
        }
        let mut beginnings = [false; 256];
        for (byte, begins) in (0..=u8::MAX).zip(&mut beginnings) {
            *begins = needles.iter().any(|needle| needle.may_begin_with(byte));
        }
        Self { needles, beginnings }
    }

    /// The text without the secrets, however they are encoded in it; its start, if it is long.
    pub(crate) fn hide(&self, text: &str) -> String {
        if text.len() <= MOST {
            return self.hidden(text);
        }
        let end = (0..=MOST).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
        let hidden = self.hidden(text.get(..end).unwrap_or_default());
        // The cut may have gone through a secret, half of which would be shown at the end.
        let longest = self.needles.iter().map(Needle::len).max().unwrap_or_default() * LONGEST_ESCAPE;
        let kept = hidden.chars().count().saturating_sub(longest);
        hidden.chars().take(kept).collect()
    }

    /// The start of a text without the secrets: of a text of any length, at a price that has a limit.
    pub(crate) fn hide_in_start(&self, text: &[u8]) -> String {
        // One more than is looked at, so that it is seen that something was cut off.
        self.hide(&String::from_utf8_lossy(text.get(..MOST + 4).unwrap_or(text)))
    }

    fn hidden(&self, text: &str) -> String {
        let mut shown = String::with_capacity(text.len());
        let mut shown_to = 0;
        for Range { start, end } in self.places(text) {
            // Two that overlap are one.
            if start >= shown_to {
                shown.push_str(text.get(shown_to..start).unwrap_or_default());
                shown.push_str("[hidden]");
            }
            shown_to = shown_to.max(end);
        }
        shown.push_str(text.get(shown_to..).unwrap_or_default());
        shown
    }

    /// Where in a text secrets stand, in the order of their beginnings.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        for layer in layer::layers(text) {
            for (at, _) in layer.bytes.iter().enumerate().filter(|(_, byte)| self.beginnings[usize::from(**byte)]) {
                let found = self.needles.iter().filter_map(|needle| needle.found(&layer.bytes, at));
                places.extend(found.map(|(begin, end)| layer.places[begin].start..layer.places[end - 1].end));
            }
        }
        places.sort_by_key(|place| place.start);
        places
    }
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
    fn a_secret_is_hidden_in_every_encoding_of_an_error_page() {
        let secrets = secrets_with("", &["OAuth s+/=\"&<'x"]);
        for (text, hidden) in [
            ("s%2B%2F%3D%22%26%3C%27x;", "[hidden];"),
            (r#""s+\/=\"&<'x""#, r#""[hidden]""#),
            (r"s\u002b/\u003d\u0022\u0026\u003c\u0027x.", "[hidden]."),
            (r"b's+/=\x22&<\'x'", "b'[hidden]'"),
            ("<b>s&#43;/&#x3D;&quot;&amp;&lt;&#39;x</b>", "<b>[hidden]</b>"),
            ("s&amp;#43;/=&amp;quot;&amp;amp;&amp;lt;'x", "[hidden]"),
            ("T0F1dGggcysvPSImPCd4Cg==", "T0F1dGgg[hidden]Cg=="),
            ("%%73+/=\"&<'x", "%[hidden]"),
        ] {
            assert_eq!(secrets.hide(text), hidden);
        }
    }

    #[test]
    fn what_stands_before_a_secret_does_not_swallow_its_first_character() {
        // As an escape, `%5a` would be a Z.
        assert_eq!(secrets("").hide("100%5a7d0b6a &#5a7d0b6a"), "100%[hidden] &#[hidden]");
    }

    #[test]
    fn a_password_outside_of_ascii_is_hidden() {
        let secrets = secrets("url=ssh%3A%2F%2Froot%3Ap%C3%A9%40h");
        assert_eq!(secrets.hide("pé p%c3%a9 p\\u00e9 p&#233;"), "[hidden] [hidden] [hidden] [hidden]");
    }

    #[test]
    fn two_secrets_that_overlap_are_both_hidden() {
        let secrets = secrets_with("", &["abcd", "cdef"]);
        assert_eq!(secrets.hide("xabcdefx"), "x[hidden]x");
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
