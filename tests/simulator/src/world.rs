//! What all connections share, and how one request passes through it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State as Extract};
use axum::http::Response;
use axum::http::request::Parts;

use crate::clock::Clock;
use crate::document::{Document, Misfit};
use crate::exchange::{Answer, Exchange, RecordedRequest};
use crate::fault::{Faults, Phase};
use crate::operation::Route;
use crate::settings::Settings;
use crate::state::State;
use crate::turn::Turn;
use crate::{cbr, zstack};

/// The longest body that is read, in bytes.
const LONGEST_BODY: usize = 2 * 1024 * 1024;

/// Told of each exchange.
pub(crate) type Listener = Box<dyn Fn(&Exchange<'_>) + Send + Sync>;

/// What all connections share.
pub(crate) struct World {
    pub(crate) state: Mutex<State>,
    pub(crate) settings: Mutex<Settings>,
    pub(crate) requests: Mutex<Vec<RecordedRequest>>,
    pub(crate) misfits: Mutex<Vec<Misfit>>,
    pub(crate) faults: Faults,
    pub(crate) clock: Clock,
    pub(crate) document: Option<Arc<Document>>,
    pub(crate) listener: Option<Listener>,
}

/// Locks. What a test's closure left behind when it panicked is still the state.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers one request. The phases are those of [`Phase`], in their order.
pub(crate) async fn exchange(Extract(world): Extract<Arc<World>>, request: Request) -> Response<Body> {
    let arrived = Instant::now();
    let (head, body) = request.into_parts();
    let mut record = record(&head);
    let operation =
        Route::of(&record.path).map(|route| route.operation).filter(|operation| operation.method() == record.method);

    let mut answer = world.faults.pass(Phase::BeforeReading, operation).await;
    if answer.is_none() {
        match to_bytes(body, LONGEST_BODY).await {
            Ok(body) => record.body = body.into(),
            Err(_) => answer = Some(Answer::plain(413, "the body is too long, or broke off")),
        }
    }
    let misfits = world.remember(&record);
    if answer.is_none() {
        answer = world.faults.pass(Phase::BeforeExecuting, operation).await;
    }
    let answer = match answer {
        Some(answer) => answer,
        None => {
            let answer = world.play(&record);
            if answer.delay > Duration::ZERO {
                tokio::time::sleep(answer.delay).await;
            }
            world.faults.pass(Phase::BeforeAnswering, operation).await.unwrap_or(answer)
        }
    };
    if let Some(listener) = &world.listener {
        listener(&Exchange {
            request: &record,
            operation,
            status: answer.status,
            body: &answer.body,
            misfits: &misfits,
            took: arrived.elapsed(),
        });
    }
    answer.into_response()
}

impl World {
    /// The answer of the server that the path belongs to.
    fn play(&self, request: &RecordedRequest) -> Answer {
        let settings = lock(&self.settings).clone();
        let mut state = lock(&self.state);
        let turn = Turn { state: &mut state, settings: &settings, request, now: self.clock.now() };
        match request.path.split('/').nth(1) {
            Some("zstack") => zstack::answer(turn),
            Some("v3") => cbr::answer(turn),
            _ => Answer::plain(404, "neither ZStack (/zstack/v1/…) nor CBR (/v3/…) serves this path"),
        }
    }

    /// Keeps a request, and where it does not fit the document.
    fn remember(&self, request: &RecordedRequest) -> Vec<Misfit> {
        let mut requests = lock(&self.requests);
        let index = requests.len();
        requests.push(request.clone());
        drop(requests);
        let misfits = self.document.as_ref().map(|document| document.misfits(index, request)).unwrap_or_default();
        lock(&self.misfits).extend(misfits.iter().cloned());
        misfits
    }
}

fn record(head: &Parts) -> RecordedRequest {
    let header = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    RecordedRequest {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: head.headers.iter().map(header).collect(),
        body: Vec::new(),
    }
}
