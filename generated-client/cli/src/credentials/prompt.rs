//! Asking for a secret.

use console::Term;
use zeroize::Zeroizing;

use super::Secret;
use crate::{failure::Failure, terminal};

/// Asks for a secret, without showing what is typed.
///
/// # Errors
/// When nobody is there to be asked, or nothing was typed.
pub(super) async fn ask(name: &str, what: &str) -> Result<Secret, Failure> {
    if !terminal::can_ask() {
        return Err(Failure::other(format!("there is no {name}: the {what}"))
            .hint(format!("Set it in the environment, or in a file for --credentials-file ({name}=…)."))
            .hint("It is never an argument: others on the machine can read those."));
    }
    let question = format!("{name} ({what}): ");
    let typed = tokio::task::spawn_blocking(move || {
        let term = Term::stderr();
        term.write_str(&question)?;
        let typed = term.read_secure_line().map(Zeroizing::new);
        term.write_line("")?;
        typed
    });
    match typed.await {
        Ok(Ok(typed)) if !typed.trim().is_empty() => Ok(Zeroizing::new(typed.trim().to_owned())),
        Ok(Ok(_)) => Err(Failure::other(format!("no {name} was given"))),
        Ok(Err(problem)) => Err(Failure::other(format!("{name} could not be read: {problem}"))),
        Err(_) => Err(Failure::other(format!("{name} could not be read"))),
    }
}
