//! The door to `codegen`: the only file here that knows its types.

use std::error::Error;

use codegen::{Settings, Source, Stage, Watch};

use crate::timings::Timings;

/// The names of the stages of the work, in its order.
pub const STAGES: [&str; Stage::ALL.len()] = {
    let mut names = [""; Stage::ALL.len()];
    let mut number = 0;
    while number < names.len() {
        names[number] = Stage::ALL[number].name();
        number += 1;
    }
    names
};

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
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The document.
    pub document: Text<'a>,
    /// What servers do otherwise than the document says.
    pub overlay: Option<Text<'a>>,
    /// The command that a generated file names in its first lines.
    pub command: &'a str,
    /// Who is told how long each stage takes, if anybody is.
    pub timings: Option<&'a Timings>,
}

/// Turns documents into files. A function of its input alone; tests put in one of their own.
pub type Generator<'a> = &'a dyn Fn(&Input<'_>) -> Result<Made, Box<dyn Error>>;

/// `codegen` as a generator.
pub fn codegen(input: &Input<'_>) -> Result<Made, Box<dyn Error>> {
    let settings = Settings { command: input.command.to_owned(), ..Settings::default() };
    let (document, overlay) = (source(input.document), input.overlay.map(source));
    let made = match input.timings {
        Some(timings) => codegen::generate_watched(document, overlay, &settings, &Told(timings))?,
        None => codegen::generate(document, overlay, &settings)?,
    };
    let files = made.files.into_iter().map(|file| MadeFile { path: file.path, text: file.text }).collect();
    Ok(Made { files, served: made.served })
}

/// Tells the timings of the stages.
struct Told<'a>(&'a Timings);

impl Watch for Told<'_> {
    fn begins(&self, _: Stage) {
        self.0.begins();
    }

    fn ends(&self, stage: Stage) {
        self.0.ends(stage.name());
    }
}

fn source(Text { name, text }: Text<'_>) -> Source<'_> {
    Source { name, text }
}
