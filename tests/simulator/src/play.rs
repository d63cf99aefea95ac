//! The servers' logic: from a request and what is remembered to an answer and what is remembered then.

use crate::exchange::{Answer, RecordedRequest};
use crate::settings::Settings;
use crate::state::State;
use crate::turn::Turn;
use crate::{cbr, zstack};

/// The answer of the server that the path belongs to. `now` is in milliseconds since 1970. The same request to the same
/// state, at the same time and with the same settings, has the same effect: the state file relies on it.
pub(crate) fn play(state: &mut State, settings: &Settings, request: &RecordedRequest, now: u64) -> Answer {
    let turn = Turn { state, settings, request, now };
    match request.path.split('/').nth(1) {
        Some("zstack") => zstack::answer(turn),
        Some("v3") => cbr::answer(turn),
        _ => Answer::plain(404, "neither ZStack (/zstack/v1/…) nor CBR (/v3/…) serves this path"),
    }
}
