//! Headers that hold a secret.

use bytes::Bytes;
use reqwest::header::{HeaderValue, InvalidHeaderValue};
use zeroize::Zeroizing;

/// The value of a header, `prefix` and `secret` without anything between them.
///
/// It is marked as sensitive: nothing prints it, and HTTP/2 does not put it into its tables. Its clones share the text, in
/// requests as well; when the last of them is dropped, the text is zeroed.
///
/// # Errors
/// When the text can't stand in a header.
pub(crate) fn secret(prefix: &str, secret: &str) -> Result<HeaderValue, InvalidHeaderValue> {
    // As large as it gets: what grows leaves copies behind.
    let mut text = Zeroizing::new(Vec::with_capacity(prefix.len() + secret.len()));
    text.extend_from_slice(prefix.as_bytes());
    text.extend_from_slice(secret.as_bytes());
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(text))?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_marked_as_sensitive() {
        let value = secret("OAuth ", "5a7d").unwrap();
        assert_eq!(format!("{value:?}"), "Sensitive");
        assert_eq!(value, "OAuth 5a7d");
    }

    #[test]
    fn clones_share_the_text() {
        let value = secret("", "5a7d").unwrap();
        assert_eq!(value.clone().as_bytes().as_ptr(), value.as_bytes().as_ptr());
    }

    #[test]
    fn what_can_not_stand_in_a_header_is_an_error() {
        assert!(secret("", "5a7d\n").is_err());
    }
}
