//! From the bytes of an answer to a value.

#![allow(dead_code, reason = "generated code reads JSON only where an operation of the document answers with it")]

use serde::de::DeserializeOwned;

use crate::ServerError;

/// What went wrong in decoding, with the path of the field where it did.
pub(crate) type DecodeError = serde_path_to_error::Error<serde_json::Error>;

/// What a success can decode to.
pub trait Answer: Sized {
    /// Reads the body of a success.
    fn decode(body: &[u8]) -> Result<Self, DecodeError>;

    /// Takes out of the value what says that the operation failed, although the status was a success.
    fn take_failure(&mut self) -> Option<ServerError> {
        None
    }
}

impl Answer for () {
    /// The document promises no body; what comes all the same is not looked at.
    fn decode(_body: &[u8]) -> Result<Self, DecodeError> {
        Ok(())
    }
}

/// Reads a JSON body.
///
/// Keeping track of the path costs time, so it is done in a second reading, and only if the first one fails.
pub(crate) fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    serde_json::from_slice(body).map_err(|error| {
        let again = serde_path_to_error::deserialize::<_, T>(&mut serde_json::Deserializer::from_slice(body));
        // Where the second reading finds nothing, the value itself was fine: more stands behind it.
        again.err().unwrap_or_else(|| DecodeError::new(serde_path_to_error::Track::new().path(), error))
    })
}

/// Reads a JSON body that may be missing: as an object without fields then.
pub(crate) fn json_or_nothing<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    json(if body.trim_ascii().is_empty() { b"{}" } else { body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Inventory {
        #[serde(deserialize_with = "crate::integer::deserialize")]
        size: i64,
    }

    #[test]
    fn a_value_that_does_not_fit_is_an_error_with_its_path() {
        let error = json::<Vec<Inventory>>(br#"[{"size": 1.0}, {"size": 1.5}]"#).unwrap_err();
        assert_eq!(error.path().to_string(), "[1].size");
    }

    #[test]
    fn what_stands_behind_the_value_is_an_error() {
        assert!(json::<Inventory>(br#"{"size": 1} {}"#).is_err());
    }
}
