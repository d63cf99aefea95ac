//! Shell completions and man pages.

use clap::Command;
use clap_complete::Shell;

use crate::{failure::Failure, output};

/// Prints the completions for a shell.
pub(crate) fn completions(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut crate::command(), "restore", &mut script);
    output::raw(&script)
}

/// Prints the man page of the program, or of the subcommand with these names.
pub(crate) fn man(names: &[String]) -> Result<(), Failure> {
    let mut command = crate::command();
    command.build();
    let found = names.iter().try_fold(&command, |command, name| command.find_subcommand(name));
    let found: Command = found.cloned().ok_or_else(|| {
        Failure::other(format!("there is no subcommand `{}`", names.join(" "))).hint("`restore --help` lists them.")
    })?;
    let mut page = Vec::new();
    clap_mangen::Man::new(found)
        .render(&mut page)
        .map_err(|problem| Failure::other(format!("the man page could not be made: {problem}")))?;
    output::raw(&page)
}
