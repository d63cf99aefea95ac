//! The state file: the state at the beginning, and then what was done to it, one entry to the line.
//!
//! A line is a checksum, a space, and JSON. An entry is on the disk before it takes effect, so that nobody was told of
//! what a crash has torn off: a last line that is not whole is passed over. Requests are written down instead of their
//! effects, which [`play`] makes again from them: an entry is then as short after ten thousand requests as after one.
//! Credentials are in the file as they are in the requests and in the state.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::exchange::RecordedRequest;
use crate::mix::mix_bytes;
use crate::play::play;
use crate::settings::Settings;
use crate::state::State;

/// A state file that is written to.
#[derive(Debug)]
pub(super) struct StateFile {
    path: PathBuf,
    file: File,
    /// The settings under which the last request was answered. At the beginning of a file: the default ones.
    settings: Settings,
    /// A write has failed: what comes after it could not be read.
    broken: bool,
}

/// A line of the file.
#[expect(clippy::large_enum_variant, reason = "there is one at a time")]
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Entry<'a> {
    /// The whole state, from here on.
    State(Cow<'a, State>),
    /// The settings, from here on.
    Settings(Cow<'a, Settings>),
    /// A request that was answered at this time, in milliseconds since 1970.
    Request { now: u64, request: Cow<'a, RecordedRequest> },
    /// A job was forgotten.
    ForgottenJob(Cow<'a, str>),
    /// The servers' clock has shown this time, in milliseconds since 1970.
    Clock(u64),
}

impl<'a> Entry<'a> {
    pub(super) const fn state(state: &'a State) -> Self {
        Self::State(Cow::Borrowed(state))
    }

    pub(super) const fn request(request: &'a RecordedRequest, now: u64) -> Self {
        Self::Request { now, request: Cow::Borrowed(request) }
    }

    pub(super) const fn forgotten_job(uuid: &'a str) -> Self {
        Self::ForgottenJob(Cow::Borrowed(uuid))
    }

    fn line(&self) -> io::Result<Vec<u8>> {
        let json = serde_json::to_string(self)?;
        Ok(format!("{:016x} {json}\n", mix_bytes(0, json.as_bytes())).into_bytes())
    }
}

/// Reads a state file; `None` if there is none. Returns the state, and the latest time of which the file tells.
pub(super) fn read(path: &Path) -> io::Result<Option<(State, u64)>> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    // After the last line break there is nothing, or what a crash has left of a line.
    lines.pop();
    let mut state = None;
    let mut settings = Settings::default();
    let mut latest = 0;
    for (index, line) in lines.iter().enumerate() {
        let Some(json) = checked(line) else {
            if index + 1 == lines.len() {
                break;
            }
            return Err(damaged(index, "the line is not as it was written"));
        };
        let entry: Entry<'_> = serde_json::from_slice(json).map_err(|error| damaged(index, &error.to_string()))?;
        match (entry, &mut state) {
            (Entry::State(new), _) => state = Some(new.into_owned()),
            (Entry::Settings(new), _) => settings = new.into_owned(),
            (Entry::Clock(time), _) => latest = latest.max(time),
            (Entry::Request { now, request }, Some(state)) => {
                play(state, &settings, &request, now);
                latest = latest.max(now);
            }
            (Entry::ForgottenJob(uuid), Some(state)) => {
                state.zstack.jobs.remove(uuid.as_ref());
            }
            (Entry::Request { .. } | Entry::ForgottenJob(_), None) => {
                return Err(damaged(index, "there is no state before it"));
            }
        }
    }
    match state {
        Some(state) => Ok(Some((state, latest))),
        None => Err(damaged(0, "there is no state in it")),
    }
}

/// The JSON of a line, if the line is whole.
fn checked(line: &[u8]) -> Option<&[u8]> {
    let (sum, json) = line.split_at_checked(16)?;
    let json = json.strip_prefix(b" ")?;
    (format!("{:016x}", mix_bytes(0, json)).as_bytes() == sum).then_some(json)
}

fn damaged(index: usize, message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("line {}: {message}", index + 1))
}

impl StateFile {
    /// Begins a file with a state. It takes the old file's place at once and whole.
    #[expect(clippy::disallowed_methods, reason = "the list is for files of the project, and this is none")]
    pub(super) fn begin(path: &Path, state: &State, latest: u64) -> io::Result<Self> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".new");
        let new = path.with_file_name(name);
        let mut file = File::create(&new)?;
        file.write_all(&Entry::state(state).line()?)?;
        file.write_all(&Entry::Clock(latest).line()?)?;
        file.sync_all()?;
        fs::rename(&new, path)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        #[cfg(not(unix))]
        let _ = folder;
        Ok(Self { path: path.to_owned(), file, settings: Settings::default(), broken: false })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Says under which settings the requests that follow are answered.
    pub(super) fn settings(&mut self, settings: &Settings) -> io::Result<()> {
        if self.settings != *settings {
            self.add(&Entry::Settings(Cow::Borrowed(settings)))?;
            self.settings = settings.clone();
        }
        Ok(())
    }

    /// Adds an entry, and waits until it is on the disk.
    pub(super) fn add(&mut self, entry: &Entry<'_>) -> io::Result<()> {
        if self.broken {
            return Err(io::Error::other("an earlier write has failed"));
        }
        let line = entry.line()?;
        let written = self.file.write_all(&line).and_then(|()| self.file.sync_data());
        self.broken = written.is_err();
        written
    }

    /// As [`StateFile::add`], where nobody can be told of a failure: the next request is.
    pub(super) fn add_or_break(&mut self, entry: &Entry<'_>) {
        self.broken = self.add(entry).is_err();
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "these files are in a temporary folder")]
mod tests {
    use super::*;
    use crate::sample;

    fn query(uuid: &str) -> RecordedRequest {
        RecordedRequest {
            method: "GET".to_owned(),
            path: format!("/zstack/v1/api-jobs/{uuid}"),
            query: None,
            headers: Vec::new(),
            body: vec![0xff, 0x00],
        }
    }

    #[test]
    fn a_file_that_is_torn_anywhere_holds_what_was_written_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        let mut file = StateFile::begin(&path, &State::sample(), 5).unwrap();
        let begun = fs::read(&path).unwrap().len();
        file.add(&Entry::forgotten_job(sample::JOB)).unwrap();
        let whole = fs::read(&path).unwrap();
        let knows_the_job = |bytes: &[u8]| {
            fs::write(&path, bytes).unwrap();
            read(&path).unwrap().unwrap().0.zstack.jobs.contains_key(sample::JOB)
        };
        for length in begun..whole.len() {
            assert!(knows_the_job(&whole[..length]), "{length}");
            // Some systems make a file longer before they fill it.
            let mut filled = whole[..length].to_vec();
            filled.resize(whole.len() - 1, 0);
            assert!(length == filled.len() || knows_the_job(&[&filled[..], b"\n"].concat()), "{length}, filled");
        }
        assert!(!knows_the_job(&whole));
    }

    #[test]
    fn damage_before_the_last_line_is_an_error_that_names_the_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        StateFile::begin(&path, &State::sample(), 5).unwrap();
        let mut bytes = fs::read(&path).unwrap();
        bytes[30] ^= 1;
        fs::write(&path, bytes).unwrap();
        assert!(read(&path).unwrap_err().to_string().contains("line 1"));
    }

    #[test]
    fn requests_have_the_same_effect_when_they_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        let mut state = State::sample();
        let mut file = StateFile::begin(&path, &state, 0).unwrap();
        // By default a job is known for longer.
        let settings = Settings { job_kept_for: std::time::Duration::from_millis(1), ..Settings::default() };
        let request = query(sample::JOB);
        for now in [7, 8] {
            file.settings(&settings).unwrap();
            file.add(&Entry::request(&request, now)).unwrap();
            play(&mut state, &settings, &request, now);
        }
        file.add(&Entry::forgotten_job("nobody")).unwrap();
        assert!(state.zstack.jobs.is_empty());
        assert_eq!(read(&path).unwrap().unwrap(), (state, 8));
    }
}
