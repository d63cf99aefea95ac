//! The text of each service's module: in chunks of operations, several at the same time.

use serde_json::Value;

use crate::{
    Settings, assemble,
    assemble::Pieces,
    chunk::{self, Chunk},
    client, pass, prepare,
    print::Origin,
    service::Service,
    stage::{Stage, Watch, stage},
    threads::{self, Panicked},
};

/// What comes of a chunk.
enum Made {
    /// The text of a module that is one chunk.
    Text(String),
    /// A part of a module; nothing if it can't be taken to pieces.
    Part(Option<Pieces>),
}

/// How many operations are made at once, at most, unless the settings say otherwise. More would not be faster: what is
/// the same for each chunk hardly counts any more.
const MOST: usize = 25;

/// How many operations are made at once, at least, unless the settings say otherwise.
const LEAST: usize = 2;

/// How many operations to make at once, so that each thread has something to do.
fn at_once(services: &[Service], settings: &Settings) -> usize {
    let operations: usize = services.iter().map(|service| service.operations.len()).sum();
    settings.at_once.unwrap_or_else(|| operations.div_ceil(2 * threads::number()).clamp(LEAST, MOST))
}

/// The name of each service, and the text of its module or what progenitor did not take.
pub(crate) fn modules(
    services: Vec<Service>,
    origin: &Origin,
    settings: &Settings,
    watch: Option<&dyn Watch>,
) -> Vec<(String, Result<String, String>)> {
    let names: Vec<String> = services.iter().map(|service| service.name.clone()).collect();
    let at_once = at_once(&services, settings);
    let prepared = threads::each(services, |mut service| {
        stage(watch, Stage::Prepare, || prepare::prepare(&mut service.document));
        service
    });
    let chunks: Vec<Vec<Chunk<'_>>> = stage(watch, Stage::Split, || {
        let plan = prepared.iter().map(|service| match service {
            Ok(service) => chunk::plan(&service.document, &service.operations, at_once),
            Err(Panicked) => Vec::new(),
        });
        plan.collect()
    });
    let work = prepared.iter().zip(&chunks).flat_map(|(service, chunks)| {
        let service = service.as_ref().ok();
        chunks.iter().filter_map(move |chunk| Some((service?, chunk, chunks.len() > 1)))
    });
    let made = threads::each(work.collect(), |(service, chunk, is_part)| {
        let file = tree(service, chunk, watch);
        let print = |file| match is_part {
            true => Made::Part(assemble::print(file)),
            false => Made::Text(origin.module(&file)),
        };
        file.map(|file| stage(watch, Stage::Print, || print(file)))
    });
    let mut made = made.into_iter();
    let finish = |(name, (service, chunks)): (String, (&Result<Service, Panicked>, &Vec<Chunk<'_>>))| {
        let made: Vec<_> = made.by_ref().take(chunks.len()).collect();
        let text = match service {
            Ok(service) => text(service, made, origin, watch),
            Err(Panicked) => Err(panicked()),
        };
        (name, text)
    };
    names.into_iter().zip(prepared.iter().zip(&chunks)).map(finish).collect()
}

fn panicked() -> String {
    "progenitor panicked; its words stand above".to_owned()
}

/// What came of a chunk, what progenitor did not take, or that the work on it panicked.
type ChunkResult = Result<Result<Made, String>, Panicked>;

/// The text of a service's module, from what came of its chunks.
fn text(
    service: &Service,
    made: Vec<ChunkResult>,
    origin: &Origin,
    watch: Option<&dyn Watch>,
) -> Result<String, String> {
    let mut parts = Some(Vec::new());
    for made in made {
        match made.map_err(|Panicked| panicked())?? {
            Made::Text(text) => return Ok(text),
            Made::Part(pieces) => {
                parts = parts.zip(pieces).map(|(mut parts, pieces)| {
                    parts.push(pieces);
                    parts
                });
            }
        }
    }
    if let Some(text) = parts.and_then(|parts| stage(watch, Stage::Print, || assemble::join(parts))) {
        return Ok(origin.headed(&text));
    }
    let whole = chunk::whole(&service.document, &service.operations);
    let made = threads::each(vec![whole], |whole| tree(service, &whole, watch).map(|file| origin.module(&file)));
    made.into_iter().next().unwrap_or(Err(Panicked)).unwrap_or_else(|Panicked| Err(panicked()))
}

/// The syntax tree of a chunk, as users should have it.
fn tree(service: &Service, chunk: &Chunk<'_>, watch: Option<&dyn Watch>) -> Result<syn::File, String> {
    let tokens = stage(watch, Stage::Progenitor, || client::tokens(&service.document, chunk))?;
    let mut file = stage(watch, Stage::Parse, || client::parse(tokens))?;
    let part = Service {
        name: service.name.clone(),
        description: service.description.clone(),
        document: Value::Null,
        operations: chunk.operations.to_vec(),
        job_query: service.job_query.clone(),
    };
    stage(watch, Stage::Passes, || pass::run(&mut file, &part)).map_err(|unexpected| unexpected.0)?;
    Ok(file)
}
