//! The simulator as its users hold it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::common::*;
use simulator::zstack::Session;
use simulator::{Error, Fault, FaultRule, Operation, Phase, Simulator, State, sample};

#[tokio::test]
async fn requests_can_be_inspected() {
    let simulator = Simulator::start().await.unwrap();
    let target = image_store(&format!("?{IMAGE_STORE_URL}&systemTags=a+b"));
    send(&simulator, "GET", &target, &[OAUTH], None).await;
    send(&simulator, "PUT", &volume(), &[OAUTH, ("X-Own", "1")], Some(RECOVER)).await;
    let requests = simulator.requests();
    assert_eq!(
        (requests[0].method.as_str(), requests[0].path.as_str()),
        ("GET", "/zstack/v1/database-backups/image-store")
    );
    assert_eq!(requests[0].query.as_deref(), target.split_once('?').map(|(_, query)| query));
    let pairs =
        [("url", sample::IMAGE_STORE), ("systemTags", "a b")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(requests[0].query_pairs(), pairs);
    assert_eq!((requests[1].header("x-own"), requests[1].header("Authorization")), (Some("1"), Some(OAUTH.1)));
    assert_eq!(requests[1].json().unwrap(), serde_json::from_str::<serde_json::Value>(RECOVER).unwrap());
    assert_eq!(requests.len(), 2);
}

#[tokio::test]
async fn it_listens_on_the_port_that_was_asked_for_and_says_when_it_cannot() {
    let first = Simulator::start().await.unwrap();
    let port = first.address().port();
    let error = Simulator::builder().port(port).start().await.unwrap_err();
    assert!(matches!(error, Error::Listen { .. }) && error.to_string().contains(&port.to_string()));
    first.shutdown().await;
    let second = Simulator::builder().port(port).start().await.unwrap();
    assert_eq!(second.url(), format!("http://127.0.0.1:{port}"));
}

#[tokio::test]
async fn it_stops_when_it_is_dropped() {
    let simulator = Simulator::start().await.unwrap();
    let address = simulator.address();
    drop(simulator);
    for _ in 0..100 {
        if tokio::net::TcpStream::connect(address).await.is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("still listening");
}

#[tokio::test]
async fn its_state_can_be_written_down_and_taken_up_by_another_simulator() {
    let simulator = Simulator::start().await.unwrap();
    let uuid = job(&simulator, &volume(), &[OAUTH], RECOVER).await;
    send(&simulator, "POST", &restore(), &[TOKEN], Some(&to_server())).await;
    let written = serde_json::to_string(&simulator.shutdown().await).unwrap();
    let read: State = serde_json::from_str(&written).unwrap();
    let next = Simulator::builder().state(read).start().await.unwrap();
    assert_eq!(query(&next, &uuid).await.status, 202);
    assert_eq!(query(&next, &uuid).await.status, 200);
    assert_eq!([sample::VOLUME, sample::DISK].map(|id| next.executions(id)), [1, 1]);
}

#[tokio::test]
async fn an_empty_state_knows_nobody() {
    let simulator = Simulator::builder().state(State::default()).start().await.unwrap();
    assert_eq!(finished(&simulator, &volume(), RECOVER).await.code(), "ID.1001");
    simulator.with_state(|state| state.zstack.sessions.insert(sample::SESSION.to_owned(), Session::default()));
    assert_eq!(finished(&simulator, &volume(), RECOVER).await.code(), "SYS.1003");
}

#[tokio::test]
async fn a_fault_happens_in_its_phase_for_its_operation_as_often_as_set() {
    let cases = [(Phase::BeforeReading, 0), (Phase::BeforeExecuting, 0), (Phase::BeforeAnswering, 1)];
    for (phase, executions) in cases {
        let simulator = Simulator::start().await.unwrap();
        let fault = Fault::Answer {
            status: 502,
            headers: vec![("content-type".to_owned(), "text/html".to_owned())],
            body: "<html>Bad Gateway</html>".to_owned(),
        };
        simulator.add_fault(FaultRule::once(Operation::RecoverDataVolume, phase, fault));
        assert_eq!(query(&simulator, sample::JOB).await.status, 200, "another operation");
        let reply = send(&simulator, "PUT", &volume(), &[OAUTH], Some(RECOVER)).await;
        assert_eq!((reply.status, reply.content_type.as_deref()), (502, Some("text/html")), "{phase:?}");
        assert_eq!(simulator.executions(sample::VOLUME), executions, "{phase:?}");
        assert_eq!(send(&simulator, "PUT", &volume(), &[OAUTH], Some(RECOVER)).await.status, 202, "{phase:?}");
    }
}

#[tokio::test]
async fn a_stall_delays_and_then_goes_on() {
    let simulator = Simulator::start().await.unwrap();
    let stall = Duration::from_millis(60);
    let fault = Fault::Stall(stall);
    simulator.add_fault(FaultRule::always(None, Phase::BeforeExecuting, fault));
    let before = std::time::Instant::now();
    assert_eq!(query(&simulator, sample::JOB).await.status, 200);
    assert!(before.elapsed() >= stall);
    simulator.clear_faults();
    let before = std::time::Instant::now();
    query(&simulator, sample::JOB).await;
    assert!(before.elapsed() < stall * 20);
}

#[tokio::test]
async fn a_request_is_kept_when_it_was_read_and_not_only_when_it_is_answered() {
    let simulator = Simulator::start().await.unwrap();
    let fault = Fault::Stall(Duration::from_secs(60));
    simulator.add_fault(FaultRule::always(None, Phase::BeforeExecuting, fault));
    assert!(tokio::time::timeout(Duration::from_millis(200), query(&simulator, sample::JOB)).await.is_err());
    assert_eq!((simulator.requests().len(), simulator.fates().len()), (1, 0));
}

#[tokio::test]
async fn the_listener_is_told_of_each_exchange() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let simulator = Simulator::builder()
        .on_exchange(move |exchange| log.lock().unwrap().push((exchange.operation, exchange.status)))
        .start()
        .await
        .unwrap();
    query(&simulator, sample::JOB).await;
    send(&simulator, "GET", "/nothing", &[], None).await;
    assert_eq!(*seen.lock().unwrap(), [(Some(Operation::QueryJob), 200), (None, 404)]);
}

#[tokio::test]
async fn the_documents_of_the_package_can_be_read() {
    assert!(simulator::SERVED_DOCUMENT.starts_with('#') || simulator::SERVED_DOCUMENT.contains("openapi: 3.0"));
    Simulator::builder().document(simulator::SERVED_DOCUMENT).start().await.unwrap();
}
