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

/// Everything that a generator makes.
pub struct Made {
    /// The files of the client.
    pub files: Vec<MadeFile>,
    /// The text of the served document, if there is an overlay.
    pub served: Option<String>,
}

/// A text, and how reports call it.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The name as reports show it.
    pub name: &'a str,
    /// The whole text.
    pub text: &'a str,
}

/// What a generator is given.
pub struct Input<'a> {
    /// The document.
    pub document: Text<'a>,
    /// What servers do otherwise than the document says.
    pub overlay: Option<Text<'a>>,
    /// The command that a generated file names in its first lines.
    pub command: &'a str,
}

/// Turns documents into files. A function of its input alone; tests put in one of their own.
pub type Generator<'a> = &'a dyn Fn(&Input<'_>) -> Result<Made, Box<dyn Error>>;

/// `codegen` as a generator.
pub fn codegen(input: &Input<'_>) -> Result<Made, Box<dyn Error>> {
    let settings = Settings { command: input.command.to_owned() };
    let made = codegen::generate(source(input.document), input.overlay.map(source), &settings)?;
    let files = made.files.into_iter().map(|file| MadeFile { path: file.path, text: file.text }).collect();
    Ok(Made { files, served: made.served })
}

fn source(Text { name, text }: Text<'_>) -> Source<'_> {
    Source { name, text }
}
