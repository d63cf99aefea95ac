//! What became of a request whose answer was lost.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::{JobUuid, patience::Patience, query, submission::Begun};
use crate::{Error, ErrorKind, call::Call, trace};

/// The shortest pause that a call short of time makes of a longer one.
const SHORTEST: Duration = Duration::from_millis(100);

/// What the server says when it is asked for the job that a request named.
pub(super) enum Settled {
    /// It has the job, or had it.
    Begun(Begun),
    /// It does not know the job: it never got the request, or it has forgotten the job.
    NotKnown { was_known: bool },
    /// It did not say before the call's time was up.
    Open,
}

/// Asks for the job that a request named.
///
/// A server that does not know it is asked once more after a pause.
pub(super) async fn settle(call: &Call<'_>, query: &str, uuid: &JobUuid) -> Result<Settled, Error> {
    let mut patience = Patience::default();
    let mut was_known = false;
    for (attempt, pause) in (1..).zip(call.poll.pauses()) {
        // However seldom jobs are asked for: the time that is kept for it is short.
        let pause = call.time_left().map_or(pause, |left| pause.min((left / 4).max(SHORTEST)));
        if call.deadline.is_some_and(|deadline| deadline <= Instant::now() + pause) {
            break;
        }
        sleep(pause).await;
        let answer = trace::poll(call.operation.id, attempt, query::ask(call, query, uuid)).await;
        // Also where its body could not be read: a success is only said of a job that is there.
        was_known |= answer.as_ref().is_err_and(Error::says_success);
        match answer {
            Ok(None) => return Ok(Settled::Begun(Begun::Accepted { uuid: uuid.clone(), api_timeout: None })),
            Ok(Some(answer)) => return Ok(Settled::Begun(Begun::Answered(answer))),
            Err(error) if patience.asks_again(&error) => {}
            Err(error) if error.kind() == ErrorKind::UnknownJob => return Ok(Settled::NotKnown { was_known }),
            Err(error) => return Err(error),
        }
    }
    Ok(Settled::Open)
}
