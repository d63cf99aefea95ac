//! Faults by rate: the same for the same seed, whatever goes on at the same time.

use std::sync::Arc;

use crate::raw::{Raw, request};
use simulator::{Chaos, Fault, Mishap, Operation, Phase, Simulator};
use tokio::task::JoinSet;

/// How often each operation is called.
const TIMES: usize = 12;

/// Calls an operation again and again, on a new connection each time.
async fn call(simulator: &Simulator, operation: Operation) {
    for _ in 0..TIMES {
        Raw::connect(simulator).await.call(&request(operation)).await;
    }
}

/// The names of the faults that each operation met, in the order of its requests.
fn met(simulator: &Simulator) -> Vec<(Operation, Vec<Vec<String>>)> {
    let of = |operation| {
        let fates = simulator.fates().into_iter().filter(|fate| fate.operation == Some(operation));
        (operation, fates.map(|fate| fate.met.iter().map(Mishap::name).collect()).collect())
    };
    Operation::ALL.iter().copied().map(of).collect()
}

async fn run(seed: u64, at_once: bool) -> Vec<(Operation, Vec<Vec<String>>)> {
    // Stalls after the answer would hold nothing up here, and long bodies are not what this is about.
    let chaos =
        Chaos::new(seed, 0.5).stall(std::time::Duration::ZERO).only(|mishap| !matches!(mishap.fault, Fault::Body(_)));
    let simulator = Arc::new(Simulator::builder().without_document().chaos(chaos).start().await.unwrap());
    if at_once {
        let mut calls = JoinSet::new();
        for &operation in Operation::ALL.iter().rev() {
            let simulator = Arc::clone(&simulator);
            calls.spawn(async move { call(&simulator, operation).await });
        }
        calls.join_all().await;
    } else {
        for &operation in Operation::ALL {
            call(&simulator, operation).await;
        }
    }
    simulator.idle().await;
    met(&simulator)
}

#[tokio::test]
async fn a_seed_decides_what_each_resource_meets_whatever_goes_on_at_the_same_time() {
    let one_by_one = run(11, false).await;
    assert_eq!(one_by_one, run(11, false).await);
    assert_eq!(one_by_one, run(11, true).await);
    assert_ne!(one_by_one, run(12, false).await);
    let faults = one_by_one.iter().flat_map(|(_, met)| met).filter(|met| !met.is_empty()).count();
    assert!((20..=52).contains(&faults), "{faults} of 72");
}

#[tokio::test]
async fn chaos_can_be_ended_and_can_leave_operations_alone() {
    let chaos = Chaos::new(1, 1.0).rate_of(Operation::QueryJob, 0.0).only(|mishap| mishap.phase == Phase::InHead);
    let simulator = Simulator::builder().without_document().chaos(chaos).start().await.unwrap();
    for (operation, expected) in [(Operation::QueryJob, 0), (Operation::RestoreBackup, 1)] {
        Raw::connect(&simulator).await.call(&request(operation)).await;
        assert_eq!(simulator.fates().last().unwrap().met.len(), expected, "{operation:?}");
    }
    simulator.set_chaos(None);
    Raw::connect(&simulator).await.call(&request(Operation::RestoreBackup)).await;
    assert!(simulator.fates().last().unwrap().met.is_empty());
}

#[tokio::test]
async fn connections_meet_faults_by_rate_if_the_table_has_them() {
    let reset = Mishap { phase: Phase::Connecting, fault: Fault::Reset };
    let chaos = Chaos::new(1, 0.5).table([(1, reset)]);
    let mut outcomes = Vec::new();
    for _ in 0..2 {
        let simulator = Simulator::builder().without_document().chaos(chaos.clone()).start().await.unwrap();
        let mut answered = Vec::new();
        for _ in 0..20 {
            let seen = Raw::connect(&simulator).await.call(&request(Operation::QueryJob)).await;
            answered.push(seen.status().is_some());
        }
        outcomes.push(answered);
    }
    assert_eq!(outcomes[0], outcomes[1]);
    assert!(outcomes[0].contains(&true) && outcomes[0].contains(&false));
}
