//! The crate's own function, against the stand-in server.

use generated_client::zstack;
use importer::{ToDo, bring_back};
use simulator::{Fault, FaultRule, Operation, Phase, Simulator, sample};

fn client(simulator: &Simulator) -> zstack::Client {
    zstack::Client::new(simulator.url(), zstack::Session::new(sample::SESSION).unwrap()).unwrap()
}

#[tokio::test]
async fn a_deleted_volume_comes_back() {
    let simulator = Simulator::start().await.unwrap();
    let size = bring_back(&client(&simulator), sample::VOLUME).await.unwrap();
    assert!(size.is_some());
    assert_eq!(simulator.executions(sample::VOLUME), 1);
    assert!(simulator.misfits().is_empty());
}

#[tokio::test]
async fn a_volume_that_was_not_deleted_is_to_be_looked_at() {
    let simulator = Simulator::start().await.unwrap();
    let failed = bring_back(&client(&simulator), sample::READY_VOLUME).await.unwrap_err();
    assert!(matches!(failed, ToDo::Look(Some(_))), "{failed:?}");
    assert_eq!(simulator.executions(sample::READY_VOLUME), 0);
}

#[tokio::test]
async fn an_answer_that_is_lost_brings_the_volume_back_once() {
    let simulator = Simulator::start().await.unwrap();
    simulator.add_fault(FaultRule::once(Operation::RecoverDataVolume, Phase::BeforeAnswering, Fault::Reset));
    bring_back(&client(&simulator), sample::VOLUME).await.unwrap();
    assert_eq!(simulator.executions(sample::VOLUME), 1);
}
