//! The terminal that the program was started from.

use std::io::{IsTerminal, stderr, stdin};

/// Whether somebody is there to be asked: who sees the question, and can type the answer.
pub(crate) fn can_ask() -> bool {
    stdin().is_terminal() && stderr().is_terminal()
}

/// How the terminal was set when the program began. A prompt without an echo changes that, and Ctrl-C must not leave it so.
pub(crate) struct Settings {
    #[cfg(unix)]
    termios: Option<rustix::termios::Termios>,
}

impl Settings {
    /// As they are now.
    pub(crate) fn now() -> Self {
        Self {
            #[cfg(unix)]
            termios: rustix::termios::tcgetattr(stdin()).ok(),
        }
    }

    /// Puts them back.
    pub(crate) fn put_back(&self) {
        #[cfg(unix)]
        if let Some(termios) = &self.termios {
            // A terminal that has gone away needs no settings.
            let _ = rustix::termios::tcsetattr(stdin(), rustix::termios::OptionalActions::Now, termios);
        }
    }
}
