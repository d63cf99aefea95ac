//! `simulate [--port N] [--no-delay]`: a simulator to try a client against by hand, or with other tools.

use std::process::ExitCode;
use std::time::Duration;

use simulator::{Exchange, Pace, Settings, Simulator, sample};

const HELP: &str = "\
A stand-in server for ZStack Cloud and CBR on 127.0.0.1. Ends on Ctrl-C.

Usage: simulate [--port N] [--no-delay]

  --port N    port to listen on; without it, any that is free
  --no-delay  nothing takes time: a job is found running once and is then done
  --help      this text
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
            Short('h') | Long("help") => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(arguments))
}

/// Lets things take their time, so that somebody who tries a client by hand can watch it.
fn slow_down(settings: &mut Settings) {
    settings.job_pace = Pace::Time(Duration::from_secs(3));
    settings.image_store_delay = Duration::from_secs(1);
    settings.restore_time = Duration::from_secs(3);
}

async fn run(arguments: &Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let simulator = Simulator::builder()
        .port(arguments.port)
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
    format!(
        "{} {}{query} {} bytes -> {} {body} ({} ms){misfits}",
        request.method,
        request.path,
        request.body.len(),
        exchange.status,
        exchange.took.as_millis()
    )
}
