//! The runs that the tests look at. Each takes its time and little else, so that all of them go at once.

use std::process::{Command, Output};
use std::sync::LazyLock;
use std::thread;

use simulator::sample;
use simulator::zstack::ErrorCode;

use crate::captured;

/// All runs.
pub(crate) static RUNS: LazyLock<Runs> = LazyLock::new(Runs::go);

/// What each run has shown.
pub(crate) struct Runs {
    /// Through a pipe.
    pub(crate) piped: Output,
    /// On a screen of 100 columns with colours: whether it went as shown, and what it showed.
    pub(crate) coloured: (bool, String),
    /// With a server that fails one of the operations.
    pub(crate) failing: (bool, String),
    /// In a terminal.
    #[cfg(unix)]
    pub(crate) terminal: String,
    /// In a terminal, by someone who wants no colours.
    #[cfg(unix)]
    pub(crate) colourless: String,
    /// In a terminal that can do nothing but write.
    #[cfg(unix)]
    pub(crate) dumb: String,
}

impl Runs {
    fn go() -> Self {
        let piped = thread::spawn(|| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_demo"));
            command.env_remove("CLICOLOR_FORCE").output().unwrap()
        });
        let coloured = thread::spawn(|| captured::run(true, 100, |_| {}));
        let failing = thread::spawn(|| {
            captured::run(false, 80, |simulator| {
                let error = ErrorCode::new("SYS.1000", "out of space");
                simulator.with_state(|state| state.zstack.failures.insert(sample::VOLUME_BACKUP.to_owned(), error));
            })
        });
        #[cfg(unix)]
        let [terminal, colourless, dumb] =
            [[].as_slice(), [("NO_COLOR", "1")].as_slice(), [("TERM", "dumb")].as_slice()]
                .map(|variables| thread::spawn(move || crate::terminal::run(variables)));
        Self {
            piped: piped.join().unwrap(),
            coloured: coloured.join().unwrap(),
            failing: failing.join().unwrap(),
            #[cfg(unix)]
            terminal: terminal.join().unwrap(),
            #[cfg(unix)]
            colourless: colourless.join().unwrap(),
            #[cfg(unix)]
            dumb: dumb.join().unwrap(),
        }
    }
}
