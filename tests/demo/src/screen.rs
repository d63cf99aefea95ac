//! What is shown, line by line.

use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

use console::{Term, measure_text_width, truncate_str};
use generated_client::Progress;

use crate::paint::Paint;
use crate::spinner::Spinner;
use crate::text::wrap;

/// Columns of a terminal that does not tell how many it has.
const WIDTH: usize = 80;

/// Columns that are used of a terminal: longer lines are hard to read.
const USED: std::ops::RangeInclusive<usize> = 40..=110;

/// Where everything is shown. Lines can come from several tasks at once; the spinner, if there is one, stays below them.
pub struct Screen {
    pub(crate) paint: Paint,
    /// Columns that are used.
    pub(crate) width: usize,
    spins: bool,
    inside: Mutex<Inside>,
}

struct Inside {
    out: Box<dyn Write + Send>,
    spinner: Option<Spinner>,
}

impl Screen {
    /// The program's standard output. A terminal gets colours (unless `NO_COLOR` is set, or `TERM` is `dumb`) and a spinner;
    /// anything else gets plain lines of 80 columns, with colours if `CLICOLOR_FORCE` is set.
    #[must_use]
    pub fn stdout() -> Self {
        let term = Term::stdout();
        let width = term.size_checked().map_or(WIDTH, |(_, columns)| columns.into());
        let is_dumb = std::env::var_os("TERM").is_some_and(|name| name == "dumb");
        let mut screen = Self::new(Box::new(io::stdout()), console::colors_enabled(), width);
        screen.spins = term.is_term() && !is_dumb;
        screen
    }

    /// Shows it elsewhere, without a spinner.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send>, colours: bool, width: usize) -> Self {
        Self {
            paint: Paint::new(colours),
            width: width.clamp(*USED.start(), *USED.end()),
            spins: false,
            inside: Mutex::new(Inside { out, spinner: None }),
        }
    }

    /// Shows lines, each cut where the screen ends.
    pub(crate) fn lines<L: AsRef<str>>(&self, lines: &[L]) {
        let mut inside = self.inside();
        let Inside { out, spinner } = &mut *inside;
        let mut print = || {
            for line in lines {
                // A reader that has gone away, as `head` does, changes nothing about what is done.
                let _ = writeln!(out, "{}", truncate_str(line.as_ref(), self.width, "…"));
            }
            let _ = out.flush();
        };
        match spinner {
            Some(spinner) => spinner.above(print),
            None => print(),
        }
    }

    /// Shows one line.
    pub(crate) fn line(&self, line: &str) {
        self.lines(&[line]);
    }

    /// Shows a text, broken into lines between its words.
    pub(crate) fn prose(&self, text: &str) {
        self.lines(&wrap(text, self.width, ' '));
    }

    /// Shows a heading: where in the tour it is, its title, and a rule up to the end of the screen.
    pub(crate) fn heading(&self, place: &str, title: &str) {
        let Paint { title: strong, quiet, .. } = &self.paint;
        let used = measure_text_width(place) + measure_text_width(title) + 8;
        let rule = "─".repeat(self.width.saturating_sub(used));
        let place = quiet.apply_to(format!("── {place} ──"));
        self.lines(&["", &format!("{place} {} {}", strong.apply_to(title), quiet.apply_to(rule))]);
    }

    /// Starts the spinner.
    pub(crate) fn wait(&self) {
        if self.spins {
            self.inside().spinner = Some(Spinner::start());
        }
    }

    /// Tells of a job that is running, in the spinner's line.
    pub(crate) fn tell(&self, progress: &Progress) {
        if let Some(spinner) = &mut self.inside().spinner {
            spinner.tell(progress);
        }
    }

    /// Takes the spinner away.
    pub(crate) fn still(&self) {
        self.inside().spinner = None;
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        // Whoever panicked while it was held has shown half of its lines; the others can be shown all the same.
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Screen {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Screen").field("width", &self.width).finish_non_exhaustive()
    }
}
