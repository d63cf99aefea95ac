//! A server that cannot be reached, and one that starts again.

use std::io::ErrorKind;
use std::time::Duration;

use crate::common::*;
use crate::raw::{End, Raw, request};
use simulator::{Fault, Mishap, Operation, Phase, Simulator, sample};
use tokio::net::TcpStream;

#[tokio::test]
async fn a_server_that_does_not_listen_refuses_connections_and_keeps_its_port() {
    let simulator = Simulator::start().await.unwrap();
    let mut open = Raw::connect(&simulator).await;
    open.call(&request(Operation::QueryJob)).await;
    simulator.stop_listening().await.unwrap();
    let refusal = TcpStream::connect(simulator.address()).await.unwrap_err();
    assert_eq!(refusal.kind(), ErrorKind::ConnectionRefused);
    assert!(std::net::TcpListener::bind(simulator.address()).is_err(), "somebody else has got the port");
    assert_eq!(open.call(&request(Operation::QueryJob)).await.status(), Some(200), "what was connected stays so");
    simulator.listen_again().await.unwrap();
    assert_eq!(query(&simulator, sample::JOB).await.status, 200);
}

#[tokio::test]
async fn a_restart_resets_connections_and_keeps_what_is_in_the_state_file() {
    let folder = tempfile::tempdir().unwrap();
    let simulator = Simulator::builder().state_file(folder.path().join("state")).start().await.unwrap();
    let uuid = job(&simulator, &volume(), &[OAUTH], RECOVER).await;
    let mut open = Raw::connect(&simulator).await;
    simulator.restart().await.unwrap();
    assert_eq!(open.end().await, End::Reset);
    assert_eq!([query(&simulator, &uuid).await.status, query(&simulator, &uuid).await.status], [202, 200]);
    assert_eq!(simulator.executions(sample::VOLUME), 1);
}

#[tokio::test]
async fn a_restart_ends_exchanges_where_they_are() {
    let simulator = Simulator::start().await.unwrap();
    let stall = Fault::Stall(Duration::from_millis(200));
    simulator.add_fault(Mishap { phase: Phase::BeforeExecuting, fault: stall }.once(Operation::RestoreBackup));
    let mut raw = Raw::connect(&simulator).await;
    let text = request(Operation::RestoreBackup);
    let (seen, ()) = tokio::join!(raw.call(&text), async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        simulator.restart().await.unwrap();
    });
    assert_eq!((seen.end, seen.bytes.len()), (End::Reset, 0));
    tokio::time::sleep(Duration::from_millis(250)).await;
    assert_eq!(simulator.executions(sample::BACKUP), 0);
}
