//! The line that moves while something is waited for. It is gone when the waiting is over.

use std::time::Duration;

use generated_client::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::text::times;

/// How long one picture of the spinner stands.
const TICK: Duration = Duration::from_millis(80);

/// The line that moves: what is waited for, for how long, and how often it was asked for.
#[derive(Debug)]
pub(crate) struct Spinner(ProgressBar);

impl Spinner {
    /// Starts one that waits for an answer.
    pub(crate) fn start() -> Self {
        let spinner = Self::shown(Duration::ZERO);
        spinner.0.set_message("waiting for the answer");
        spinner
    }

    /// Tells of a job that is running.
    pub(crate) fn tell(&mut self, progress: &Progress) {
        if self.0.prefix().is_empty() {
            // From here on the time is the job's, not the call's.
            self.0.finish_and_clear();
            *self = Self::shown(progress.elapsed);
            self.0.set_prefix(format!("job {} is running  ", progress.uuid));
        }
        self.0.set_message(format!("asked {}", times(progress.questions.into())));
    }

    /// Runs something that prints lines: they come to stand above the spinner.
    pub(crate) fn above(&self, print: impl FnOnce()) {
        self.0.suspend(print);
    }

    fn shown(elapsed: Duration) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stdout()).with_elapsed(elapsed);
        bar.set_style(style());
        bar.enable_steady_tick(TICK);
        Self(bar)
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn style() -> ProgressStyle {
    let age = |state: &ProgressState, text: &mut dyn std::fmt::Write| {
        // Writing to indicatif's own buffer does not fail.
        let _ = write!(text, "{:.1} s", state.elapsed().as_secs_f64());
    };
    let template = "    {spinner:.cyan} {prefix}{age}  {msg}";
    // The template is a constant; were it wrong, indicatif's own style would do as well.
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner()).with_key("age", age)
}
