//! The door to `codegen`: the only file here that knows its types.

use std::error::Error;

use codegen::{Settings, Source};

/// One file that a generator makes.
pub struct MadeFile {
    /// Relative to the output folder, with forward slashes.
    pub path: String,
    /// The whole file.
    pub text: String,
}

/// What a generator is given.
pub struct Input<'a> {
    /// The document's name as reports show it.
    pub name: &'a str,
    /// The document's text.
    pub text: &'a str,
    /// The command that a generated file names in its first lines.
    pub command: &'a str,
}

/// Turns a document into files. A function of its input alone; tests put in one of their own.
pub type Generator<'a> = &'a dyn Fn(&Input<'_>) -> Result<Vec<MadeFile>, Box<dyn Error>>;

/// `codegen` as a generator.
pub fn codegen(input: &Input<'_>) -> Result<Vec<MadeFile>, Box<dyn Error>> {
    let settings = Settings { command: input.command.to_owned() };
    let source = Source { name: input.name, text: input.text };
    let files = codegen::generate(source, &settings)?;
    Ok(files.into_iter().map(|file| MadeFile { path: file.path, text: file.text }).collect())
}
