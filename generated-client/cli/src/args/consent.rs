//! What a person says to an operation that changes something.

use clap::Args;

/// Whether to ask, and whether to send.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Consent {
    /// Do not ask before anything is overwritten
    #[arg(short, long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) rehearsal: Rehearsal,
}

/// Whether to send.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Rehearsal {
    /// Send nothing: print the request as a curl line, with credentials as variables of the shell
    #[arg(long)]
    pub(crate) dry_run: bool,
}
