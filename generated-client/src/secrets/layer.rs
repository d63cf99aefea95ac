//! A text with its escapes undone, layer by layer.

use std::ops::Range;

use zeroize::Zeroizing;

/// How many layers of escapes are undone. A text can be made of endless ones, at a price that grows with each.
const MOST_LAYERS: usize = 8;

/// The longest escape of one byte that is looked for: HTML's, in HTML.
pub(super) const LONGEST_ESCAPE: usize = "&amp;#x2B;".len();

/// The bytes of a text with some of its escapes undone, each with where it stands in the text.
///
/// The bytes are zeroed when they are dropped: they may hold what the text hides behind escapes.
pub(super) struct Layer {
    pub(super) bytes: Zeroizing<Vec<u8>>,
    pub(super) places: Vec<Range<usize>>,
}

/// The text as it is, and with one layer of escapes after the other undone, until there are none.
///
/// What repeats a request undoes some of its encoding and adds other. Escapes are percent-encoding, JSON's `\u0040` and
/// `\/`, `\x40`, and HTML's `&#64;`, `&#x40;` and `&amp;`.
pub(super) fn layers(text: &str) -> impl Iterator<Item = Layer> {
    let given = Layer {
        bytes: Zeroizing::new(text.as_bytes().to_vec()),
        places: (0..text.len()).map(|at| at..at + 1).collect(),
    };
    std::iter::successors(Some(given), Layer::undone).take(MOST_LAYERS + 1)
}

impl Layer {
    /// The next layer; none, if there are no escapes in this one.
    fn undone(&self) -> Option<Self> {
        // As large as it gets: no escape is shorter than what it stands for.
        let mut bytes = Zeroizing::new(Vec::with_capacity(self.bytes.len()));
        let mut places = Vec::with_capacity(self.bytes.len());
        let mut at = 0;
        while let Some(rest) = self.bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let (meaning, length) = escape(rest).unwrap_or((Meaning::Byte(rest[0]), 1));
            let place = self.places[at].start..self.places[at + length - 1].end;
            match meaning {
                Meaning::Byte(byte) => bytes.push(byte),
                Meaning::Character(character) => bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            }
            places.resize(bytes.len(), place);
            at += length;
        }
        (bytes.len() < self.bytes.len()).then_some(Self { bytes, places })
    }
}

/// What an escape stands for.
#[derive(Debug, PartialEq)]
enum Meaning {
    Byte(u8),
    Character(char),
}

/// The escape that a text begins with, and its length.
fn escape(text: &[u8]) -> Option<(Meaning, usize)> {
    match text {
        [b'%', rest @ ..] => Some((Meaning::Byte(byte(rest)?), 3)),
        [b'\\', b'x', rest @ ..] => Some((Meaning::Byte(byte(rest)?), 4)),
        [b'\\', b'u', rest @ ..] => {
            let unit = number(rest.get(..4)?, 16)?;
            if let Some(character) = char::from_u32(unit) {
                return Some((Meaning::Character(character), 6));
            }
            let second = rest.get(4..)?.strip_prefix(b"\\u")?.get(..4)?;
            let pair = [u16::try_from(unit).ok()?, u16::try_from(number(second, 16)?).ok()?];
            Some((Meaning::Character(char::decode_utf16(pair).next()?.ok()?), 12))
        }
        [b'\\', byte @ (b'/' | b'\\' | b'"' | b'\''), ..] => Some((Meaning::Byte(*byte), 2)),
        [b'&', rest @ ..] => {
            let name = &rest[..rest.iter().take(LONGEST_ESCAPE).position(|byte| *byte == b';')?];
            let character = match name {
                b"amp" => '&',
                b"lt" => '<',
                b"gt" => '>',
                b"quot" => '"',
                b"apos" => '\'',
                [b'#', b'x' | b'X', digits @ ..] => char::from_u32(number(digits, 16)?)?,
                [b'#', digits @ ..] => char::from_u32(number(digits, 10)?)?,
                _ => return None,
            };
            Some((Meaning::Character(character), name.len() + 2))
        }
        _ => None,
    }
}

/// The byte that two hexadecimal digits are.
fn byte(digits: &[u8]) -> Option<u8> {
    u8::try_from(number(digits.get(..2)?, 16)?).ok()
}

/// The number that these digits are; none, if there is anything but digits, or nothing.
fn number(digits: &[u8], radix: u32) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    digits
        .iter()
        .try_fold(0_u32, |number, digit| number.checked_mul(radix)?.checked_add(char::from(*digit).to_digit(radix)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The last layer, and where in the text its bytes stand.
    fn last(text: &str) -> (String, Vec<Range<usize>>) {
        let layer = layers(text).last().unwrap();
        (String::from_utf8(layer.bytes.to_vec()).unwrap(), layer.places)
    }

    #[test]
    fn every_escape_is_undone() {
        for escaped in
            ["%40", "\\u0040", "\\x40", "&#64;", "&#x40;", "&#X40;", "%2540", "%5cu0040", "&amp;#x40;", "\\\\u0040"]
        {
            assert_eq!(last(escaped), ("@".to_owned(), vec![0..escaped.len(); 1]), "{escaped}");
        }
        assert_eq!(last("\\/ \\\" \\' &lt;&gt;&quot;&apos;&amp;").0, "/ \" ' <>\"'&");
    }

    #[test]
    fn a_character_of_several_bytes_stands_where_its_escape_stands() {
        for (escaped, character) in [("\\u00e9", "é"), ("&#233;", "é"), ("\\ud83d\\ude00", "😀")] {
            assert_eq!(last(escaped), (character.to_owned(), vec![0..escaped.len(); character.len()]), "{escaped}");
        }
    }

    #[test]
    fn what_is_no_escape_stays() {
        for text in
            ["%", "%4", "%+4", "%zz", "\\", "\\u", "\\u00", "\\ud83d", "\\n", "&", "&#;", "&#x;", "&nbsp;", "& 1;", "é"]
        {
            assert_eq!(last(text).0, text);
        }
    }

    #[test]
    fn a_text_without_end_of_layers_has_a_limit() {
        assert_eq!(layers(&format!("%{}40", "25".repeat(1000))).count(), MOST_LAYERS + 1);
    }
}
