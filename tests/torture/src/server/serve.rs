//! The child's side: the stand-in server, told over its standard input what to do.

use std::collections::BTreeMap;
use std::io::{self, Write};

use simulator::{AcceptedBody, Chaos, Error, Exchange, Fault, Garbled, Mishap, Simulator};
use tokio::io::{AsyncBufReadExt, BufReader};

use super::{Setup, stock};
use crate::plan::{self, STALL};
use crate::{Problem, process};

/// Serves on this port until standard input ends.
///
/// # Errors
/// The state file can't be read or written. That somebody else has the port is told, and is no error.
pub async fn serve(port: u16, setup: &Setup) -> Result<(), Problem> {
    let _ = process::open_more_files();
    let mut builder = Simulator::builder()
        .port(port)
        .without_document()
        .state(stock::state(&plan::calls(setup.seed, setup.calls)))
        // A body that can be spoilt.
        .settings(|settings| settings.accepted_body = AcceptedBody::JobId)
        .on_exchange(|exchange| say(&line(exchange)));
    if let Some(path) = &setup.state {
        builder = builder.state_file(path);
    }
    if setup.rate > 0.0 {
        builder = builder.chaos(chaos(setup));
    }
    let simulator = match builder.start().await {
        Ok(simulator) => simulator,
        Err(error @ Error::Listen { .. }) => {
            say(&format!("taken {error}"));
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    say("listening");
    let mut orders = BufReader::new(tokio::io::stdin()).lines();
    while let Some(order) = orders.next_line().await? {
        match order.as_str() {
            "quiet" => {
                simulator.set_chaos(None);
                simulator.idle().await;
                say("quiet");
            }
            "truth" => {
                simulator.idle().await;
                say(&format!("truth {}", serde_json::to_string(&executions(&simulator))?));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The whole catalogue, faults of connections included. Bodies that are long or have no end are a quarter as frequent as
/// the others.
fn chaos(setup: &Setup) -> Chaos {
    let endless = |mishap: &Mishap| matches!(mishap.fault, Fault::Body(Garbled::Long(_) | Garbled::Endless));
    let all = Mishap::all(STALL).into_iter();
    let table = all.map(|mishap| (if endless(&mishap) { 1 } else { 4 }, mishap));
    let keeps_jobs = setup.keeps_jobs;
    Chaos::new(setup.seed, setup.rate).table(table).only(move |mishap| !keeps_jobs || mishap.fault != Fault::PurgeJob)
}

fn line(exchange: &Exchange<'_>) -> String {
    exchange.met.iter().fold("exchange".to_owned(), |line, mishap| format!("{line} {}", mishap.name()))
}

/// How often an operation was carried out on each resource.
fn executions(simulator: &Simulator) -> BTreeMap<String, u64> {
    let mut executions = BTreeMap::new();
    for execution in simulator.execution_log() {
        *executions.entry(execution.resource).or_default() += 1;
    }
    executions
}

/// Tells the parent. One that is gone does not hear it.
fn say(line: &str) {
    let mut output = io::stdout().lock();
    let _ = writeln!(output, "{line}").and_then(|()| output.flush());
}
