//! The forms in which a secret is looked for.

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use zeroize::Zeroizing;

use super::layer::{Layer, layers};

/// A secret in one of its forms. It is zeroed when it is dropped.
pub(super) struct Needle {
    text: Zeroizing<Vec<u8>>,
    form: Form,
}

#[derive(Clone, Copy)]
enum Form {
    Plain,
    /// In either alphabet. The character before it, or behind it, may say something of the secret as well, since each
    /// stands for less than a byte.
    Base64 {
        before: bool,
        behind: bool,
    },
}

/// Less than this of a secret's base64 stands in too many other texts.
const SHORTEST_BASE64: usize = 3;

/// The forms of a secret: as it is, with escapes of its own undone, and each in base64, wherever it stands in what was
/// encoded.
pub(super) fn needles(secret: &str) -> impl Iterator<Item = Needle> {
    layers(secret).filter(|layer| !layer.bytes.is_empty()).flat_map(|Layer { bytes, .. }| {
        let mut forms: Vec<Needle> = (0..3).filter_map(|offset| in_base64(&bytes, offset)).collect();
        forms.push(Needle { text: bytes, form: Form::Plain });
        forms
    })
}

/// A secret in base64, where it begins at byte `offset` of three: the characters that it alone decides.
fn in_base64(secret: &[u8], offset: usize) -> Option<Needle> {
    let mut whole = Zeroizing::new(Vec::with_capacity(offset + secret.len()));
    whole.resize(offset, 0);
    whole.extend_from_slice(secret);
    let encoded = Zeroizing::new(STANDARD_NO_PAD.encode(&whole));
    let decided = (offset * 8).div_ceil(6)..whole.len() * 8 / 6;
    let text = encoded.as_bytes().get(decided).filter(|text| text.len() >= SHORTEST_BASE64)?;
    let form = Form::Base64 { before: offset > 0, behind: whole.len() % 3 > 0 };
    Some(Needle { text: Zeroizing::new(text.to_vec()), form })
}

impl Needle {
    /// How long it is, in bytes.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether it can be found where this byte stands.
    pub(super) fn may_begin_with(&self, byte: u8) -> bool {
        self.text.first().is_some_and(|first| self.is_same(byte, *first))
    }

    /// Where it stands in these bytes from `at` on, if it does: its first byte, and the first one behind it.
    pub(super) fn found(&self, bytes: &[u8], at: usize) -> Option<(usize, usize)> {
        if !bytes.get(at).is_some_and(|byte| self.may_begin_with(*byte)) {
            return None;
        }
        let end = at.checked_add(self.text.len())?;
        let is_here = bytes.get(at..end)?.iter().zip(self.text.iter()).all(|(one, other)| self.is_same(*one, *other));
        if !is_here {
            return None;
        }
        let Form::Base64 { before, behind } = self.form else { return Some((at, end)) };
        let is_there =
            |place: Option<usize>| place.and_then(|place| bytes.get(place)).is_some_and(|byte| is_base64(*byte));
        let begin = if before && is_there(at.checked_sub(1)) { at - 1 } else { at };
        Some((begin, if behind && is_there(Some(end)) { end + 1 } else { end }))
    }

    /// In a query, a plus sign is a space. In an address, base64 has other signs.
    fn is_same(&self, one: u8, other: u8) -> bool {
        let folded = |byte| match (byte, self.form) {
            (b' ', _) | (b'-', Form::Base64 { .. }) => b'+',
            (b'_', Form::Base64 { .. }) => b'/',
            (other, _) => other,
        };
        one == other || folded(one) == folded(other)
    }
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::{STANDARD, URL_SAFE};

    use super::*;

    /// The part of a text that the needles of `secret` find.
    fn found(secret: &str, text: &str) -> Option<String> {
        let needles: Vec<Needle> = needles(secret).collect();
        let mut places =
            (0..text.len()).flat_map(|at| needles.iter().filter_map(move |n| n.found(text.as_bytes(), at)));
        places.next().map(|(begin, end)| text[begin..end].to_owned())
    }

    #[test]
    fn a_secret_is_found_in_base64_wherever_it_stands_in_what_was_encoded() {
        for before in ["", "a", "ab", "abc", "Authorization: OAuth "] {
            for after in ["", "\r", "\r\n", "\r\n\r\n"] {
                for engine in [&STANDARD, &URL_SAFE] {
                    let text = engine.encode(format!("{before}5a7d?>~+/0b6a{after}"));
                    let found = found("5a7d?>~+/0b6a", &text).unwrap();
                    // Every character that tells a bit of it, and none that does not.
                    let whole = before.len() * 8 / 6..((before.len() + "5a7d?>~+/0b6a".len()) * 8).div_ceil(6);
                    assert_eq!(found, text[whole], "{text}");
                }
            }
        }
    }

    #[test]
    fn a_plus_sign_is_a_space_and_the_other_way_round() {
        assert_eq!(found("a b+c", "a+b c").as_deref(), Some("a+b c"));
    }

    #[test]
    fn what_is_short_is_not_looked_for_in_base64() {
        assert_eq!(found("ab", &STANDARD.encode("ab")), None);
        assert!(found("abc", &STANDARD.encode("abc")).is_some());
    }

    #[test]
    fn nothing_has_no_form() {
        assert_eq!(needles("").count(), 0);
    }
}
