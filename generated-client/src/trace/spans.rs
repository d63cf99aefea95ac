//! The spans.

use std::{pin::Pin, time::Instant};

use tracing::{Instrument as _, Span, debug, debug_span, field::Empty, info_span};

use super::Ended;

/// A whole call: `send`, `submit`, or a job that is polled or waited for.
pub(crate) async fn call<T: Ended>(operation: &'static str, call: impl Future<Output = T>) -> T {
    watch(info_span!("call", operation, status = Empty, outcome = Empty, duration_ms = Empty), Box::pin(call)).await
}

/// A request and its answer. A call's requests are counted from 1.
pub(crate) async fn request<T: Ended>(operation: &'static str, attempt: u32, request: impl Future<Output = T>) -> T {
    let span = debug_span!("request", operation, attempt, status = Empty, outcome = Empty, duration_ms = Empty);
    watch(span, Box::pin(request)).await
}

/// A question for a job. A job's questions are counted from 1.
pub(crate) async fn poll<T: Ended>(operation: &'static str, attempt: u32, question: impl Future<Output = T>) -> T {
    let span = debug_span!("poll", operation, attempt, status = Empty, outcome = Empty, duration_ms = Empty);
    watch(span, Box::pin(question)).await
}

/// The future comes on the heap: each of the layers here would have a place for all of it.
async fn watch<T: Ended>(span: Span, future: Pin<Box<impl Future<Output = T>>>) -> T {
    let mut end = End { span, begun: Instant::now(), outcome: "dropped" };
    let ended = future.instrument(end.span.clone()).await;
    if let Some(status) = ended.status() {
        end.span.record("status", status.as_u16());
    }
    end.outcome = ended.outcome();
    ended
}

/// Records how it ended, also when its caller gives it up.
struct End {
    span: Span,
    begun: Instant,
    outcome: &'static str,
}

impl Drop for End {
    fn drop(&mut self) {
        let duration = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.span.record("outcome", self.outcome);
        self.span.record("duration_ms", duration);
        debug!(parent: &self.span, "ended");
    }
}
