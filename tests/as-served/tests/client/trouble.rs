//! How the tests let something go wrong.

use std::{
    net::{SocketAddr, TcpListener},
    sync::{Arc, mpsc},
    time::Duration,
};

use simulator::{Fault, FaultRule, Operation, Phase, Simulator};

use crate::calls::{self, requests};

/// Lets so many exchanges of an operation meet this fault; `None`: all of them.
pub fn rule(simulator: &Simulator, operation: Operation, phase: Phase, fault: Fault, times: Option<u32>) {
    let always = FaultRule::always(operation, phase, fault);
    simulator.add_fault(match times {
        Some(times) => always.times(times),
        None => always,
    });
}

/// An answer with this status and body, and no headers of its own.
pub fn answer(status: u16, body: &str) -> Fault {
    Fault::Answer { status, headers: Vec::new(), body: body.to_owned() }
}

/// An answer that stands still for longer than any test runs.
pub fn stall() -> Fault {
    Fault::Stall(Duration::from_secs(60))
}

/// Makes a call, and lets something happen in the middle of it: as soon as so many requests were dealt with, and one with
/// this method has arrived.
pub async fn midway<T>(
    simulator: &Simulator,
    (method, dealt_with): (&str, usize),
    happen: impl FnOnce(),
    call: impl Future<Output = T>,
) -> T {
    let waiting = async {
        while simulator.fates().len() < dealt_with || requests(simulator, method).is_empty() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        happen();
    };
    tokio::join!(call, waiting).0
}

/// An address that nobody listens on.
pub fn nowhere() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// A stand-in server with a thread and a clock of its own, until the process ends.
pub fn apart(prepare: impl FnOnce(&Simulator) + Send + 'static) -> Arc<Simulator> {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let simulator = Arc::new(calls::simulator().await);
            prepare(&simulator);
            tell.send(Arc::clone(&simulator)).unwrap();
            std::future::pending::<()>().await;
        });
    });
    told.recv().unwrap()
}
