//! A success, with what stood around it.

use std::{fmt, ops::Deref};

use reqwest::{StatusCode, header::HeaderMap};

/// The answer to an operation: its value, and the status and headers that came with it.
///
/// It dereferences to the value, so `answer.inventory` reads as if the value stood there alone.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
}

impl<T> Response<T> {
    /// Puts a value together with the status and headers that it came with; of use in tests of callers' code.
    pub fn new(value: T, status: StatusCode, headers: HeaderMap) -> Self {
        Self { value, status, headers }
    }

    /// The status of the answer, always one that the document calls a success.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> From<T> for Response<T> {
    /// A value that came with 200 and no headers; of use in tests of callers' code. Types of answers can get more fields, so
    /// a value begins with its `Default`:
    ///
    /// ```
    /// use generated_client::{Response, zstack::types::{RecoverDataVolumeResponse, VolumeInventory}};
    ///
    /// let mut volume = VolumeInventory::default();
    /// volume.status = Some("Ready".to_owned());
    /// let mut answer = RecoverDataVolumeResponse::default();
    /// answer.inventory = Some(volume);
    /// let answer = Response::from(answer);
    /// assert_eq!(answer.status(), 200);
    /// ```
    fn from(value: T) -> Self {
        Self::new(value, StatusCode::OK, HeaderMap::new())
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    /// Prints status and value; headers may hold what does not belong into a log.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("status", &self.status)
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_alone_is_an_answer_with_200_and_no_headers() {
        let answer = Response::from("volume");
        assert_eq!((answer.len(), answer.status().as_u16(), answer.headers().len()), (6, 200, 0));
    }
}
