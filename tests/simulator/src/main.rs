//! `simulate`: a simulator to try a client against by hand, or with other tools.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use simulator::{Chaos, Exchange, Pace, Settings, Simulator, sample};

const HELP: &str = "\
A stand-in server for ZStack Cloud and CBR on 127.0.0.1. Ends on Ctrl-C.

Usage: simulate [--port N] [--no-delay] [--state FILE] [--chaos RATE [--seed N]]

  --port N      port to listen on; without it, any that is free
  --no-delay    nothing takes time: a job is found running once and is then done
  --state FILE  keep what the servers remember in this file, and take up what is in it.
                It survives kill -9, and holds credentials as they are
  --chaos RATE  let faults meet this share of all requests, from 0 to 1
  --seed N      which faults meet which requests; 1 unless said otherwise
  --help        this text
";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match arguments() {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("error: {error}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match run(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What the command line asks for.
#[derive(Default)]
struct Arguments {
    /// The port to listen on; 0 is any that is free.
    port: u16,
    /// Whether nothing takes time.
    no_delay: bool,
    /// The file to keep the state in.
    state: Option<PathBuf>,
    /// The share of requests that faults meet.
    chaos: Option<f64>,
    /// The seed that the faults are drawn from.
    seed: Option<u64>,
}

/// Reads the command line; `None` if help is wanted instead.
fn arguments() -> Result<Option<Arguments>, lexopt::Error> {
    use lexopt::prelude::*;

    let mut arguments = Arguments::default();
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => arguments.port = parser.value()?.parse()?,
            Long("no-delay") => arguments.no_delay = true,
            Long("state") => arguments.state = Some(parser.value()?.into()),
            Long("chaos") => arguments.chaos = Some(parser.value()?.parse_with(rate)?),
            Long("seed") => arguments.seed = Some(parser.value()?.parse()?),
            Short('h') | Long("help") => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    if arguments.seed.is_some() && arguments.chaos.is_none() {
        return Err("--seed means nothing without --chaos".into());
    }
    Ok(Some(arguments))
}

fn rate(text: &str) -> Result<f64, &'static str> {
    text.parse().ok().filter(|rate| (0.0..=1.0).contains(rate)).ok_or("a rate is a number from 0 to 1")
}

/// Lets things take their time, so that somebody who tries a client by hand can watch it.
fn slow_down(settings: &mut Settings) {
    settings.job_pace = Pace::Time(Duration::from_secs(3));
    settings.image_store_delay = Duration::from_secs(1);
    settings.restore_time = Duration::from_secs(3);
}

async fn run(arguments: &Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Simulator::builder().port(arguments.port);
    if let Some(path) = &arguments.state {
        builder = builder.state_file(path);
    }
    if let Some(rate) = arguments.chaos {
        builder = builder.chaos(Chaos::new(arguments.seed.unwrap_or(1), rate));
    }
    let simulator = builder
        .settings(|settings| {
            if !arguments.no_delay {
                slow_down(settings);
            }
        })
        .on_exchange(|exchange| println!("{}", line(exchange)))
        .start()
        .await?;
    println!("{}", introduction(simulator.url()));
    tokio::signal::ctrl_c().await?;
    simulator.shutdown().await;
    Ok(())
}

fn introduction(url: &str) -> String {
    format!(
        "Listening on {url}, for ZStack (/zstack/v1/…) and CBR (/v3/…). Ctrl-C ends it.\n\
         \n\
         ZStack\n  \
           Authorization    OAuth {}\n  \
           volume           {} (Deleted), {} (Ready)\n  \
           volume backup    {}\n  \
           database backup  {}\n  \
           backup storages  {}, {}\n  \
           image store      {}\n  \
           finished job     {}\n\
         CBR\n  \
           X-Auth-Token     {}\n  \
           project          {}\n  \
           backup           {}, of a server {}, of a disk {}\n  \
           backup of a disk {} (in mappings)\n  \
           server           {}\n  \
           disk             {}\n",
        sample::SESSION,
        sample::VOLUME,
        sample::READY_VOLUME,
        sample::VOLUME_BACKUP,
        sample::DATABASE_BACKUP,
        sample::SOURCE_BACKUP_STORAGE,
        sample::DESTINATION_BACKUP_STORAGE,
        sample::IMAGE_STORE,
        sample::JOB,
        sample::TOKEN,
        sample::PROJECT,
        sample::BACKUP,
        sample::SERVER_BACKUP,
        sample::DISK_BACKUP,
        sample::DISK_OF_BACKUP,
        sample::SERVER,
        sample::DISK,
    )
}

/// One line for one exchange. Of the query the names alone: a value may hold a password.
fn line(exchange: &Exchange<'_>) -> String {
    let request = exchange.request;
    let names: Vec<String> = request.query_pairs().into_iter().map(|(name, _)| format!("{name}=…")).collect();
    let query = if names.is_empty() { String::new() } else { format!("?{}", names.join("&")) };
    let misfits: String =
        exchange.misfits.iter().map(|misfit| format!(" [{} {}]", misfit.place, misfit.message)).collect();
    let body = String::from_utf8_lossy(exchange.body).replace(['\r', '\n'], " ");
    let body: String = if body.chars().count() > 120 { body.chars().take(120).chain(['…']).collect() } else { body };
    let met: String = exchange.met.iter().map(|mishap| format!(" [fault {}]", mishap.name())).collect();
    let status = if exchange.status == 0 { "no answer".to_owned() } else { exchange.status.to_string() };
    format!(
        "{} {}{query} {} bytes -> {status} {body} ({} ms){met}{misfits}",
        request.method,
        request.path,
        request.body.len(),
        exchange.took.as_millis()
    )
}
