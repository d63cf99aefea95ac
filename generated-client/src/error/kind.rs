//! The kinds of failure.

/// The kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A parameter is missing or can't be sent. Nothing was sent: mend the parameter and call again.
    InvalidRequest,
    /// No connection could be made: this request was not sent. Where it was a question for a job, the job's own request was,
    /// and the [outcome](crate::Error::outcome) is unknown.
    Connect,
    /// A time limit passed. Whether the server did what it was asked is unknown, unless nothing had been sent yet.
    Timeout,
    /// The connection broke before the answer was complete. Whether the server did what it was asked is unknown.
    Interrupted,
    /// The server pointed to another address, which was not asked.
    Redirect,
    /// The answer's body is larger than the limit.
    TooLarge,
    /// The answer's status is not one that the document calls a success.
    Status,
    /// The credentials' provider had none to give: this request was not sent. Where it was a question for a job, the job's own
    /// request was, and the [outcome](crate::Error::outcome) is unknown.
    Credentials,
    /// The server does not know the job: it was never accepted, or it ended long ago (about three hours) and was purged.
    UnknownJob,
    /// The answer's status is a success, and its body is not what the document describes.
    Decode,
    /// The answer's status is a success, and its body says that the operation failed.
    Failed,
}
