//! What is said on stderr.

use std::{
    io::Write,
    sync::{Mutex, MutexGuard, PoisonError},
};

use console::{Style, Term};
use generated_client::Progress;

use crate::{
    failure::Failure,
    spinner::{Spinner, times},
    text::shown,
};

/// What is said on stderr: lines, and on a terminal a spinner below them. stdout is for data alone.
pub(crate) struct Voice {
    verbose: bool,
    spins: bool,
    colours: bool,
    spinner: Mutex<Option<Spinner>>,
}

impl Voice {
    /// A voice that says more if it is `verbose`. A terminal gets colours (unless `NO_COLOR` is set) and a spinner, unless
    /// `TERM` is `dumb`.
    pub(crate) fn new(verbose: bool) -> Self {
        let is_dumb = std::env::var_os("TERM").is_some_and(|name| name == "dumb");
        Self {
            verbose,
            spins: Term::stderr().is_term() && !is_dumb,
            colours: console::colors_enabled_stderr(),
            spinner: Mutex::new(None),
        }
    }

    /// Says lines, whatever is in them.
    pub(crate) fn say(&self, lines: &str) {
        self.print(&shown(lines, true));
    }

    /// Says what went wrong, and what to do.
    pub(crate) fn complain(&self, failure: &Failure) {
        let error = Style::new().force_styling(self.colours).red().bold().apply_to("error:");
        self.print(&format!("{error} {}", shown(&failure.text, false)));
        failure.hints.iter().for_each(|hint| self.say(hint));
    }

    /// Shows that something is waited for.
    pub(crate) fn wait(&self) {
        if self.spins {
            *self.spinner() = Some(Spinner::start());
        }
    }

    /// Tells of a job that is running: by the spinner, or by a line where more is to be said and there is none.
    pub(crate) fn progress(&self, progress: &Progress) {
        if let Some(spinner) = &mut *self.spinner() {
            spinner.tell(progress);
        } else if self.verbose {
            let age = progress.elapsed.as_secs_f64();
            write(&format!("The job is running, {age:.1} s, asked {}.", times(progress.questions)));
        }
    }

    /// Takes the spinner away.
    pub(crate) fn still(&self) {
        *self.spinner() = None;
    }

    fn print(&self, lines: &str) {
        match &*self.spinner() {
            Some(spinner) => spinner.above(|| write(lines)),
            None => write(lines),
        }
    }

    fn spinner(&self) -> MutexGuard<'_, Option<Spinner>> {
        // Whoever panicked while it was held has left nothing half done.
        self.spinner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn write(lines: &str) {
    // Nobody may be listening; that changes nothing about what is done.
    let _ = writeln!(std::io::stderr().lock(), "{lines}");
}
