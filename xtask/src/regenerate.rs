//! `cargo xtask regenerate`: the document with the overlay applied, and the client, made from that.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::diff;
use crate::generator::{Generator, Input, Made, Text};
use crate::plan::{Difference, Kind, OwnedFolder, Plan};
use crate::report::{Exit, Failure, count};
use crate::timings::Timings;
use crate::workspace::{self, Workspace};
use crate::write::{self, Leftover, Run, Watch};

/// The document, unless another one is given. Relative to the workspace.
pub const DOCUMENT: &str = "spec/openapi.yaml";
/// What servers do otherwise than the document says. Relative to the workspace.
pub const OVERLAY: &str = "spec/as-served.overlay.yaml";
/// The document with the overlay applied, which is written beside the two. Relative to the workspace.
pub const SERVED: &str = "spec/openapi.as-served.yaml";
/// A copy of it for the stand-in server, whose package holds all that it needs. Relative to the workspace.
pub const SERVED_COPY: &str = "tests/simulator/data/openapi.as-served.yaml";
/// The folder for the generated client, unless another one is given. Relative to the workspace.
pub const OUT: &str = "generated-client/src/generated";
/// The name of the folder that a run works in and removes when it ends. `.gitignore` knows it.
pub const WORK: &str = ".xtask-regenerate";

/// What `regenerate` is asked to do.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Options {
    /// Only tell what differs.
    pub check: bool,
    /// Make the client of the document alone, without [`OVERLAY`]. Somewhere else only: the workspace's own has it.
    pub no_overlay: bool,
    /// Another document than [`DOCUMENT`].
    pub document: Option<PathBuf>,
    /// Another folder than [`OUT`].
    pub out: Option<PathBuf>,
    /// Tell where the time goes. Nothing else changes.
    pub timings: bool,
}

/// A command that has done its work: what it has to say, and how it ended.
#[derive(Debug)]
pub struct Done {
    /// For stdout.
    pub text: String,
    /// For stderr: where the time went, if that was asked for.
    pub timings: String,
    /// For the caller.
    pub exit: Exit,
}

/// Runs the command. `started` is when the program started; `watch` is told each step that changes
/// files.
pub fn run(
    options: &Options,
    workspace: &Workspace,
    generator: Generator<'_>,
    started: Instant,
    watch: &mut Watch<'_>,
) -> Result<Done, Failure> {
    let timings = Timings::default();
    let timed = |input: &Input<'_>| timings.measure(generator, input);
    let generator: Generator<'_> = if options.timings { &timed } else { generator };
    let target = Target::find(options, workspace)?;
    let done = if options.check {
        check(&target, generator, started)?
    } else {
        let mut notes = String::new();
        match make(&target, generator, started, watch, &mut notes) {
            Ok(text) => Done { text: notes + &text, timings: String::new(), exit: Exit::Fresh },
            Err(failure) if notes.is_empty() => return Err(failure),
            Err(failure) => return Err(Failure::new(format!("{failure}\n{}", notes.trim_end()))),
        }
    };
    Ok(Done { timings: timings.table(), ..done })
}

/// Makes the files. `notes` gets what a person should hear even if this fails.
fn make(
    target: &Target,
    generator: Generator<'_>,
    started: Instant,
    watch: &mut Watch<'_>,
    notes: &mut String,
) -> Result<String, Failure> {
    let empty = target.empty_plan();
    if write::leftover(&empty) != Leftover::None {
        // Before anything that can fail, so that even a failing run leaves a whole tree.
        begin(&empty, watch, notes)?.end(watch);
    }
    let (plan, texts) = plan(target, generator)?;
    if plan.compare()?.differences.is_empty() {
        return Ok(format!("nothing to write: {}", up_to_date(target, &plan, started)));
    }
    let run = begin(&plan, watch, notes)?;
    let result = make_locked(target, &plan, &texts, &run, watch);
    run.end(watch);
    Ok(summary(target, &plan, &result?, started))
}

/// Compares again, now that no other run can change anything, and writes what differs.
fn make_locked(
    target: &Target,
    plan: &Plan,
    texts: &Texts,
    run: &Run,
    watch: &mut Watch<'_>,
) -> Result<Vec<Difference>, Failure> {
    if let Some(name) = Texts::read(target)?.differs_in(texts, target) {
        return Err(Failure::new(format!(
            "{name} was changed while this run was at work: run the same command again.\nNothing was changed."
        )));
    }
    let differences = plan.compare()?.differences;
    if !differences.is_empty() {
        run.carry_out(plan, &differences, watch)?;
    }
    Ok(differences)
}

/// Takes the lock, and notes what an interrupted run had left to put back.
fn begin(plan: &Plan, watch: &mut Watch<'_>, notes: &mut String) -> Result<Run, Failure> {
    let (run, restored) = Run::begin(plan, watch)?;
    for path in restored {
        notes.push_str(&format!("put back    {} (changed by a run that was interrupted)\n", plan.show(&path)));
    }
    Ok(run)
}

/// What there should be, and the texts that it is made from.
fn plan(target: &Target, generator: Generator<'_>) -> Result<(Plan, Texts), Failure> {
    let texts = Texts::read(target)?;
    let mut plan = target.empty_plan();
    let made = generate(target, &texts, generator)?;
    for file in made.files {
        plan.add(format!("{}/{}", target.folder, file.path), file.text)?;
    }
    // It stands beside its document, not beside a client that is made somewhere else.
    if let Some(served) = made.served.filter(|_| target.own) {
        plan.add(SERVED_COPY.to_owned(), served.clone())?;
        plan.add(SERVED.to_owned(), served)?;
    }
    Ok((plan, texts))
}

/// The texts that everything is made from.
#[derive(PartialEq, Eq)]
struct Texts {
    document: String,
    overlay: Option<String>,
}

impl Texts {
    fn read(target: &Target) -> Result<Texts, Failure> {
        let document = read(&target.document, &target.shown_document, "document")?;
        let overlay = target.overlay.as_deref().map(|overlay| read(overlay, OVERLAY, "overlay")).transpose()?;
        Ok(Texts { document, overlay })
    }

    /// The name of a text that is another one there.
    fn differs_in<'t>(&self, other: &Texts, target: &'t Target) -> Option<&'t str> {
        match self {
            _ if self.document != other.document => Some(&target.shown_document),
            _ if self.overlay != other.overlay => Some(OVERLAY),
            _ => None,
        }
    }
}

/// The paths that the options come to.
struct Target {
    document: PathBuf,
    shown_document: String,
    /// All that the files are made from, as it is shown.
    shown_sources: String,
    /// The overlay, which is the workspace's own document's: another document has none.
    overlay: Option<PathBuf>,
    base: PathBuf,
    shown_base: String,
    /// The output folder, relative to `base`.
    folder: String,
    shown_out: String,
    work: String,
    /// Whether the output folder is the workspace's own.
    own: bool,
    /// The command that mends drift.
    command: String,
    /// The command that generated files name: the same wherever they are written to.
    header: String,
}

impl Target {
    fn find(options: &Options, workspace: &Workspace) -> Result<Target, Failure> {
        let own_document = workspace.root.join(DOCUMENT);
        let document = options.document.clone().unwrap_or(own_document.clone());
        let shown_document = workspace.show(&document);
        let mut header = String::from("cargo xtask regenerate");
        let mut command = header.clone();
        if let Some(given) = &options.document
            && shown_document != DOCUMENT
        {
            command.push_str(&format!(" --document {}", quote(given)));
            // A path outside the workspace means something on one machine only.
            let inside = workspace.inside(given).map(PathBuf::from);
            let name = inside.as_deref().or(given.file_name().map(Path::new));
            header.push_str(&format!(" --document {}", quote(name.unwrap_or(given))));
        }
        let overlay = (shown_document == DOCUMENT && !options.no_overlay).then(|| workspace.root.join(OVERLAY));
        let shown_sources = match overlay {
            Some(_) => format!("{shown_document} and {OVERLAY}"),
            None => shown_document.clone(),
        };
        if options.no_overlay {
            command.push_str(" --no-overlay");
            header.push_str(" --no-overlay --out DIR");
        }
        let mut target = Target {
            document,
            shown_document,
            shown_sources,
            overlay,
            base: workspace.root.clone(),
            shown_base: String::new(),
            folder: OUT.to_owned(),
            shown_out: OUT.to_owned(),
            work: WORK.to_owned(),
            own: true,
            command,
            header,
        };
        let elsewhere = options.out.as_ref().filter(|given| workspace.inside(given).as_deref() != Some(OUT));
        let Some(given) = elsewhere else {
            if options.no_overlay {
                return Err(Failure::new(format!(
                    "--no-overlay needs --out with another folder: the client in {OUT} is the one with the overlay\n\
                     See `cargo xtask regenerate --help`."
                )));
            }
            return Ok(target);
        };
        target.command.push_str(&format!(" --out {}", quote(given)));
        target.point_to(given, workspace)?;
        Ok(target)
    }

    /// Another output folder than the workspace's own.
    fn point_to(&mut self, given: &Path, workspace: &Workspace) -> Result<(), Failure> {
        let unusable = |why: &str| Failure::new(format!("cannot write to --out {}: {why}", given.display()));
        let settled = workspace::split_existing(given).map_err(|e| unusable(&e.to_string()))?;
        let (base, rest) = match settled {
            (whole, rest) if rest.as_os_str().is_empty() => match (whole.parent(), whole.file_name()) {
                (Some(base), Some(name)) => (base.to_path_buf(), PathBuf::from(name)),
                _ => return Err(unusable("it has no folder around it")),
            },
            settled => settled,
        };
        if !base.is_dir() {
            return Err(unusable(&format!("{} is a file", base.display())));
        }
        self.folder = workspace::slashes(&rest);
        if !crate::plan::is_plain(&self.folder) {
            return Err(unusable("its name has characters that are not supported"));
        }
        let last = self.folder.rsplit('/').next().unwrap_or(&self.folder);
        self.work = format!("{WORK}-{last}");
        self.shown_base = match workspace.inside(&base) {
            Some(inside) => inside,
            None => base.display().to_string(),
        };
        self.base = base;
        self.own = false;
        self.shown_out = self.empty_plan().show(&self.folder);
        Ok(())
    }

    /// What makes the files, as the end of a sentence.
    fn makes(&self) -> String {
        let verb = if self.overlay.is_some() { "make" } else { "makes" };
        format!("{} {verb}", self.shown_sources)
    }

    fn empty_plan(&self) -> Plan {
        Plan {
            base: self.base.clone(),
            shown_base: self.shown_base.clone(),
            work: self.work.clone(),
            files: BTreeMap::new(),
            folders: vec![OwnedFolder { path: self.folder.clone(), takes_strangers: self.own }],
        }
    }
}

/// Reads a text; `kind` is what it is in a sentence.
fn read(path: &Path, shown: &str, kind: &str) -> Result<String, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::new(format!("cannot read the {kind} {shown}: {error}")))?;
    String::from_utf8(bytes).map_err(|error| {
        let start = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(start).filter(|b| **b == b'\n');
        Failure::new(format!("{shown}:{}: the {kind} is not UTF-8 text: save it as UTF-8", line.count() + 1))
    })
}

fn generate(target: &Target, texts: &Texts, generator: Generator<'_>) -> Result<Made, Failure> {
    let input = Input {
        document: Text { name: &target.shown_document, text: &texts.document },
        overlay: texts.overlay.as_deref().map(|text| Text { name: OVERLAY, text }),
        command: &target.header,
        timings: None,
    };
    let made = generator(&input)
        .map_err(|report| Failure::new(format!("{}\nNothing was changed.", report.to_string().trim_end())))?;
    if made.files.is_empty() {
        return Err(Failure::new(format!("{} makes no files at all; nothing was changed", target.shown_document)));
    }
    Ok(made)
}

/// Tells what differs, and writes nothing.
fn check(target: &Target, generator: Generator<'_>, started: Instant) -> Result<Done, Failure> {
    let (plan, _) = plan(target, generator)?;
    let differences = &plan.compare()?.differences;
    let half_done = write::leftover(&plan) == Leftover::HalfDone;
    let mut text = String::new();
    if half_done {
        text.push_str("An earlier run was interrupted half-way, or another one is at work just now.\n\n");
    }
    for difference in differences {
        let path = plan.show(&difference.path);
        let new = plan.files.get(&difference.path).map_or("", String::as_str);
        let (old, what) = match &difference.kind {
            Kind::Missing => ("", "is missing".to_owned()),
            Kind::Orphan(old) => (old.as_str(), "is not made from the document".to_owned()),
            Kind::Changed(old) => (old.as_str(), what_changed(old, new)),
        };
        text.push_str(&format!("{path} {what}:\n"));
        text.push_str(&diff::unified(&path, &target.shown_document, old, new));
        text.push('\n');
    }
    if differences.is_empty() && !half_done {
        text.push_str(&format!("fresh: {}", up_to_date(target, &plan, started)));
        return Ok(Done { text, timings: String::new(), exit: Exit::Fresh });
    }
    text.push_str(&format!(
        "stale: {} from what {} ({}). To mend it:\n\n    {}\n",
        count(differences.len(), "difference"),
        target.makes(),
        milliseconds(started),
        target.command,
    ));
    Ok(Done { text, timings: String::new(), exit: Exit::Stale })
}

/// A guess at how a file came to differ, from its first lines.
fn what_changed(old: &str, new: &str) -> String {
    let marker = |line: &str| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ");
    if let Some(line) = old.lines().position(marker) {
        return format!("holds merge markers (line {})", line + 1);
    }
    let header = |text: &str| -> Vec<String> {
        text.lines().take_while(|line| line.starts_with("//") || line.starts_with('#')).map(str::to_owned).collect()
    };
    if header(old) == header(new) {
        "was edited by hand, or made by another version of codegen".to_owned()
    } else {
        "was made from another text of the document".to_owned()
    }
}

/// What a run that has written something says.
fn summary(target: &Target, plan: &Plan, differences: &[Difference], started: Instant) -> String {
    let mut text = format!("regenerated {} from {}\n", target.shown_out, target.shown_sources);
    let mut removed = 0;
    for difference in differences {
        let path = plan.show(&difference.path);
        let lines = |text: &String| count(text.lines().count(), "line");
        let new = plan.files.get(&difference.path).map(lines);
        let (verb, note) = match (&difference.kind, new) {
            (Kind::Orphan(_), _) => {
                removed += 1;
                ("removed", "no longer made".to_owned())
            }
            (Kind::Missing, new) => ("written", format!("new, {}", new.unwrap_or_default())),
            (Kind::Changed(_), new) => ("written", new.unwrap_or_default()),
        };
        text.push_str(&format!("{verb:<11} {path} ({note})\n"));
    }
    let written = differences.len() - removed;
    text.push_str(&format!(
        "{} written, {} unchanged, {removed} removed: {} in {}, {}\n",
        count(written, "file"),
        plan.files.len() - written,
        count(plan.lines(), "line"),
        count(plan.files.len(), "file"),
        milliseconds(started),
    ));
    text
}

/// That nothing differs, how much that is, and how long it took to find out.
fn up_to_date(target: &Target, plan: &Plan, started: Instant) -> String {
    format!(
        "{} is what {} ({} in {}, {})\n",
        target.shown_out,
        target.makes(),
        count(plan.lines(), "line"),
        count(plan.files.len(), "file"),
        milliseconds(started),
    )
}

fn milliseconds(started: Instant) -> String {
    format!("{} ms", started.elapsed().as_millis())
}

/// A path as a shell takes it.
fn quote(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+=@%:,\\".contains(c);
    if !text.is_empty() && text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}
