//! The question before anything is overwritten.

use std::io::{BufRead, Write, stderr, stdin};

use crate::{args::Consent, failure::Failure, run::Run, terminal, text::shown};

/// Names what will be done, and asks whether to go on, unless that was said beforehand.
///
/// # Errors
/// When the answer is no, and when nobody is there to be asked.
pub(crate) async fn confirm(consent: Consent, plan: &[String], run: &Run) -> Result<(), Failure> {
    if consent.yes {
        return Ok(());
    }
    if !terminal::can_ask() {
        return Err(Failure::other("nobody can be asked whether to go on, so nothing was sent")
            .hint(format!("It would do this:\n{}", indented(plan)))
            .hint("Without a terminal, add --yes to go on without being asked."));
    }
    run.voice.say(&indented(plan));
    match tokio::task::spawn_blocking(ask).await {
        Ok(true) => Ok(()),
        _ => Err(Failure::other("not confirmed, so nothing was sent")),
    }
}

fn indented(plan: &[String]) -> String {
    plan.iter().map(|line| format!("  {}", shown(line, false))).collect::<Vec<_>>().join("\n")
}

/// Whether the answer is yes. Nothing else is.
fn ask() -> bool {
    // stderr is free again while the answer is waited for: Ctrl-C says there what was interrupted.
    if write!(stderr(), "Go on? [y/N] ").and_then(|()| stderr().flush()).is_err() {
        return false;
    }
    let mut answer = String::new();
    let read = stdin().lock().read_line(&mut answer).is_ok();
    read && matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}
