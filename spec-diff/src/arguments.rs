//! The command line.

use std::path::PathBuf;

/// What `--help` prints. `cargo xtask` prints its own, so that it takes no build.
pub(crate) const HELP: &str = "\
Says what the changes of the OpenAPI documents since a revision mean for callers.

Usage: diff-spec [--base REV] [--document FILE] [--format text|json] [--words]

Options:
      --base REV         Compare with this revision of git [default: HEAD]
      --document FILE    Compare this document only [default: spec/openapi.yaml
                         and spec/openapi.as-served.yaml]
      --format FORMAT    text or json [default: text]
      --words            List changes of words too, in place of their number
  -h, --help             Print this help

Exit codes:
  0  nothing changed that breaks callers
  1  failed: bad arguments, no repository, an unknown revision, a document that
     cannot be read
  4  something changed that breaks callers
";

/// How the report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Arguments {
    /// A revision, as git takes it.
    pub(crate) base: String,
    /// The one document to compare, if it is not those of the workspace.
    pub(crate) document: Option<PathBuf>,
    pub(crate) format: Format,
    /// Whether changes of words are listed.
    pub(crate) words: bool,
}

/// Reads the command line; `None` if help is wanted instead.
pub(crate) fn read(mut parser: lexopt::Parser) -> Result<Option<Arguments>, lexopt::Error> {
    use lexopt::prelude::*;

    let mut arguments = Arguments { base: "HEAD".to_owned(), document: None, format: Format::Text, words: false };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("base") => {
                arguments.base = parser.value()?.string()?;
                // Git would take it for an option.
                if arguments.base.is_empty() || arguments.base.starts_with('-') {
                    return Err(format!("--base needs a revision, not {:?}", arguments.base).into());
                }
            }
            Long("document") => arguments.document = Some(parser.value()?.into()),
            Long("format") => {
                arguments.format = match parser.value()?.to_str() {
                    Some("text") => Format::Text,
                    Some("json") => Format::Json,
                    _ => return Err("--format is `text` or `json`".into()),
                }
            }
            Long("words") => arguments.words = true,
            Short('h') | Long("help") => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(arguments))
}
