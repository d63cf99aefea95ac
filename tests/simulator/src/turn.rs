//! What a server has at hand while it answers one request.

use crate::exchange::RecordedRequest;
use crate::settings::Settings;
use crate::state::State;
use crate::timestamp::Timestamp;

/// What a server has at hand while it answers one request. Nobody else sees the state meanwhile.
pub(crate) struct Turn<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) settings: &'a Settings,
    pub(crate) request: &'a RecordedRequest,
    /// Milliseconds since 1970.
    pub(crate) now: u64,
}

impl Turn<'_> {
    /// The time as the servers write it.
    pub(crate) fn timestamp(&self) -> Timestamp {
        Timestamp::from_milliseconds(self.now)
    }
}
