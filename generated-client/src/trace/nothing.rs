//! No spans: the feature `tracing` is off.

/// A whole call.
pub(crate) fn call<F: Future>(_operation: &'static str, call: F) -> F {
    call
}

/// A request and its answer.
pub(crate) fn request<F: Future>(_operation: &'static str, _attempt: u32, request: F) -> F {
    request
}

/// A question for a job.
pub(crate) fn poll<F: Future>(_operation: &'static str, _attempt: u32, question: F) -> F {
    question
}
