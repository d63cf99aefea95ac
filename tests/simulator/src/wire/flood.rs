//! Bodies that are too long to be held.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

/// What a body begins with, is filled with, and ends with: together it is JSON.
const BEGIN: &[u8] = br#"{"filler":""#;
const FILLER: &[u8] = &[b'a'; 64 * 1024];
const END: &[u8] = br#""}"#;

/// A body that is made while it is sent, from one small piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flood {
    begun: bool,
    /// How many bytes are to come; `None`: it does not end.
    left: Option<u64>,
}

impl Flood {
    /// A body of so many bytes, but no fewer than make it JSON.
    pub(crate) fn of(length: u64) -> Self {
        Self { begun: false, left: Some(length.max((BEGIN.len() + END.len()) as u64)) }
    }

    /// A body without an end.
    pub(crate) const fn endless() -> Self {
        Self { begun: false, left: None }
    }

    /// How many bytes are to come; `None`: it does not end.
    pub(crate) const fn left(&self) -> Option<u64> {
        self.left
    }

    fn piece(&mut self) -> Option<&'static [u8]> {
        if !self.begun {
            self.begun = true;
            return Some(BEGIN);
        }
        let Some(left) = self.left else { return Some(FILLER) };
        let filler = left.saturating_sub(END.len() as u64);
        match usize::try_from(filler).unwrap_or(usize::MAX).min(FILLER.len()) {
            0 if left == 0 => None,
            0 => Some(END),
            some => Some(&FILLER[..some]),
        }
    }
}

impl Body for Flood {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let flood = self.get_mut();
        let piece = flood.piece();
        if let (Some(left), Some(piece)) = (&mut flood.left, piece) {
            *left -= piece.len() as u64;
        }
        Poll::Ready(piece.map(|piece| Ok(Frame::data(Bytes::from_static(piece)))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_body_is_json_of_exactly_its_length() {
        for length in [13, 14, 65_536 + 13, 200_000] {
            let mut flood = Flood::of(length);
            let mut body = Vec::new();
            while let Some(piece) = flood.piece() {
                flood.left = flood.left.map(|left| left - piece.len() as u64);
                body.extend_from_slice(piece);
            }
            assert_eq!(body.len() as u64, length);
            serde_json::from_slice::<serde_json::Value>(&body).unwrap();
        }
    }
}
