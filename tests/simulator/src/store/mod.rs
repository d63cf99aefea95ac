//! Where the servers' memory is kept: in this process, and if wanted in a file that outlives it.

mod file;

use std::path::Path;

use crate::error::Error;
use crate::exchange::{Answer, RecordedRequest};
use crate::play::play;
use crate::settings::Settings;
use crate::state::State;
use file::{Entry, StateFile};

/// What the servers remember, and the file that it is written to before anybody can be told of it.
#[derive(Debug)]
pub(crate) struct Store {
    state: State,
    file: Option<StateFile>,
}

impl Store {
    /// Keeps the state in this process only.
    pub(crate) const fn in_memory(state: State) -> Self {
        Self { state, file: None }
    }

    /// Takes up the state of a file, or begins the file with this one. Returns also the time that the servers' clock must
    /// not show less than, in milliseconds since 1970.
    pub(crate) fn in_file(path: &Path, state: State) -> Result<(Self, u64), Error> {
        let failed = |source| Error::StateFile { path: path.to_owned(), source };
        let (state, latest) = file::read(path).map_err(failed)?.unwrap_or((state, 0));
        let file = StateFile::begin(path, &state, latest).map_err(failed)?;
        Ok((Self { state, file: Some(file) }, latest))
    }

    /// Forgets what is in this process, and reads the file again, if there is one: what a restart does.
    pub(crate) fn restart(&mut self) -> Result<(), Error> {
        if let Some(file) = &self.file {
            let path = file.path().to_owned();
            *self = Self::in_file(&path, State::default())?.0;
        }
        Ok(())
    }

    pub(crate) const fn state(&self) -> &State {
        &self.state
    }

    /// Lets the servers answer a request. The file has the request before it takes effect; an answer of 500 says that
    /// the file could not be written, and that nothing was done.
    pub(crate) fn play(&mut self, settings: &Settings, request: &RecordedRequest, now: u64) -> Answer {
        if let Some(file) = &mut self.file
            && let Err(error) = file.settings(settings).and_then(|()| file.add(&Entry::request(request, now)))
        {
            return Answer::plain(500, format!("the simulator cannot write its state file: {error}"));
        }
        play(&mut self.state, settings, request, now)
    }

    /// Looks at or changes the state. If the file cannot be written, each request is answered with 500 from now on.
    pub(crate) fn change<R>(&mut self, change: impl FnOnce(&mut State) -> R) -> R {
        let Some(file) = &mut self.file else { return change(&mut self.state) };
        let before = self.state.clone();
        let result = change(&mut self.state);
        if self.state != before {
            file.add_or_break(&Entry::state(&self.state));
        }
        result
    }

    /// Forgets a job.
    pub(crate) fn forget_job(&mut self, uuid: &str) {
        let known = self.state.zstack.jobs.remove(uuid).is_some();
        if let Some(file) = self.file.as_mut().filter(|_| known) {
            file.add_or_break(&Entry::forgotten_job(uuid));
        }
    }
}
