//! What is said on stderr.

use std::{
    convert::Infallible,
    io::Write,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use console::{Style, Term};
use generated_client::Progress;

use crate::{
    failure::Failure,
    spinner::{Spinner, times},
    text::shown,
};

/// How long there may be no answer until that is said: longer than the longest pause between two questions.
const SILENCE: Duration = Duration::from_secs(10);

/// What is said on stderr: lines, and on a terminal a spinner below them. stdout is for data alone.
pub(crate) struct Voice {
    verbose: bool,
    spins: bool,
    colours: bool,
    spinner: Mutex<Option<Spinner>>,
    /// Since when nothing was heard of what is waited for; `None` where nothing is, and where that was said.
    silent_since: Mutex<Option<Instant>>,
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
            silent_since: Mutex::new(None),
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
        self.heard(Some(Instant::now()));
        if self.spins {
            *self.spinner() = Some(Spinner::start());
        }
    }

    /// Tells of a job that is running: by the spinner, or by a line where more is to be said and there is none.
    pub(crate) fn progress(&self, progress: &Progress) {
        self.heard(Some(Instant::now()));
        if let Some(spinner) = &mut *self.spinner() {
            spinner.tell(progress);
        } else if self.verbose {
            let age = progress.elapsed.as_secs_f64();
            write(&format!("The job is running, {age:.1} s, asked {}.", times(progress.questions)));
        }
    }

    /// Takes the spinner away.
    pub(crate) fn still(&self) {
        self.heard(None);
        *self.spinner() = None;
    }

    /// Says of each silence that it lasts: a wrong address would otherwise be waited for without a word. Does not end.
    pub(crate) async fn break_silences(&self) -> Infallible {
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            if self.silent_since().take_if(|since| since.elapsed() >= SILENCE).is_some() {
                self.say(&format!(
                    "No answer for {} s: is the address right (--url), and is the server up? It is waited for until the time \
                     limit (--timeout). Ctrl-C ends that, and says what is known.",
                    SILENCE.as_secs()
                ));
            }
        }
    }

    fn heard(&self, since: Option<Instant>) {
        *self.silent_since() = since;
    }

    fn silent_since(&self) -> MutexGuard<'_, Option<Instant>> {
        self.silent_since.lock().unwrap_or_else(PoisonError::into_inner)
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
