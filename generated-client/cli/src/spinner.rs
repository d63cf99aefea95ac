//! The line that moves while something is waited for. It is gone when the waiting is over.

use std::time::Duration;

use generated_client::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// How long one picture of the spinner stands.
const TICK: Duration = Duration::from_millis(80);

/// The line that moves: what is waited for, for how long, and how often it was asked for.
#[derive(Debug)]
pub(crate) struct Spinner {
    bar: ProgressBar,
    /// Whether it shows a job's age, and no longer the call's.
    is_of_job: bool,
}

impl Spinner {
    /// Starts one that waits for an answer.
    pub(crate) fn start() -> Self {
        let bar = shown(Duration::ZERO);
        bar.set_message("waiting for the answer");
        Self { bar, is_of_job: false }
    }

    /// Tells of a job that is running.
    pub(crate) fn tell(&mut self, progress: &Progress) {
        if !self.is_of_job {
            self.bar.finish_and_clear();
            (self.bar, self.is_of_job) = (shown(progress.elapsed), true);
            self.bar.set_prefix("the job is running  ");
        }
        self.bar.set_message(format!("asked {}", times(progress.questions)));
    }

    /// Runs something that prints lines: they come to stand above the spinner.
    pub(crate) fn above(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// A number of times, in words.
pub(crate) fn times(number: u32) -> String {
    if number == 1 { "once".to_owned() } else { format!("{number} times") }
}

fn shown(elapsed: Duration) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_elapsed(elapsed);
    bar.set_style(style());
    bar.enable_steady_tick(TICK);
    bar
}

fn style() -> ProgressStyle {
    let age = |state: &ProgressState, text: &mut dyn std::fmt::Write| {
        // Writing to indicatif's own buffer does not fail.
        let _ = write!(text, "{:.1} s", state.elapsed().as_secs_f64());
    };
    // The template is a constant; were it wrong, indicatif's own style would do as well.
    ProgressStyle::with_template("{spinner} {prefix}{age}  {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_spinner())
        .with_key("age", age)
}
