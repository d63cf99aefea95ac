//! Each fault, as a client sees it byte for byte, and whether the request was carried out.

use std::time::{Duration, Instant};

use crate::common::*;
use crate::raw::{End, Raw, Seen, request, resource};
use simulator::{AcceptedBody, Fault, FaultRule, Garbled, Host, Mishap, Operation, Phase, Simulator, sample};

const STALL: Duration = Duration::from_millis(50);

async fn simulator() -> Simulator {
    Simulator::builder().without_document().start().await.unwrap()
}

/// A simulator that the next exchange of the operation fails on, and a connection to it.
async fn with_fault(phase: Phase, fault: Fault, operation: Operation) -> (Simulator, Raw) {
    let simulator = simulator().await;
    simulator.add_fault(Mishap { phase, fault }.once(operation));
    let raw = Raw::connect(&simulator).await;
    (simulator, raw)
}

async fn seen(phase: Phase, fault: Fault, operation: Operation) -> Seen {
    let (_simulator, mut raw) = with_fault(phase, fault, operation).await;
    raw.call(&request(operation)).await
}

fn endings() -> [(Fault, End); 2] {
    [(Fault::Close, End::Closed), (Fault::Reset, End::Reset)]
}

#[tokio::test]
async fn every_fault_carries_out_what_it_says_for_every_operation() {
    for mishap in Mishap::all(STALL) {
        for operation in Operation::ALL.iter().copied().filter(|operation| mishap.concerns(*operation)) {
            let (simulator, mut raw) = with_fault(mishap.phase, mishap.fault.clone(), operation).await;
            raw.call(&request(operation)).await;
            drop(raw);
            simulator.idle().await;
            let Some(resource) = resource(operation) else { continue };
            let expected = u64::from(mishap.executes());
            assert_eq!(simulator.executions(resource), expected, "{} {operation:?}", mishap.name());
            let fates = simulator.fates();
            if mishap.phase == Phase::Connecting {
                assert_eq!(fates.len() as u64, expected, "{}", mishap.name());
                continue;
            }
            assert_eq!(fates[0].executed, mishap.executes(), "{} {operation:?}", mishap.name());
            assert_eq!((fates[0].met.len(), fates[0].resource.as_deref()), (1, Some(resource)), "{}", mishap.name());
            assert_eq!(fates[0].met[0], mishap);
        }
    }
}

#[tokio::test]
async fn a_connection_that_ends_before_the_answer_brings_no_byte_of_it() {
    let phases = [Phase::Connecting, Phase::BeforeReading, Phase::BeforeExecuting, Phase::BeforeAnswering];
    for &operation in Operation::ALL {
        for phase in phases {
            for (fault, end) in endings() {
                let seen = seen(phase, fault, operation).await;
                assert_eq!((seen.end, seen.bytes.len()), (end, 0), "{operation:?} {phase}");
            }
        }
    }
}

#[tokio::test]
async fn an_answer_can_break_off_in_the_middle_of_its_head() {
    for &operation in Operation::ALL {
        for (fault, end) in endings() {
            let seen = seen(Phase::InHead, fault, operation).await;
            assert_eq!((seen.end, seen.head()), (end, None), "{operation:?}");
            assert!(seen.bytes.starts_with(b"HTTP/1.1 20"), "{seen:?}");
        }
    }
}

#[tokio::test]
async fn an_answer_can_break_off_in_the_middle_of_its_body() {
    for &operation in Operation::ALL {
        for (fault, end) in endings() {
            let seen = seen(Phase::InBody, fault, operation).await;
            assert_eq!((seen.end, Some(seen.body().len())), (end, seen.length().map(|length| length / 2)));
            assert!(!seen.body().is_empty(), "{operation:?}");
        }
    }
}

#[tokio::test]
async fn a_connection_can_end_while_it_is_idle_after_a_whole_answer() {
    for &operation in Operation::ALL {
        for (fault, end) in endings() {
            let (_simulator, mut raw) = with_fault(Phase::WhileIdle, fault, operation).await;
            let seen = raw.call(&request(operation)).await;
            assert_eq!((seen.status().map(|status| status / 100), seen.header("connection")), (Some(2), None));
            assert_eq!(raw.end().await, end, "{operation:?}");
        }
    }
}

#[tokio::test]
async fn a_connection_can_end_when_the_next_request_comes_which_is_not_read() {
    for (fault, end) in endings() {
        let operation = Operation::RestoreBackup;
        let (simulator, mut raw) = with_fault(Phase::NextRequest, fault, operation).await;
        assert_eq!(raw.call(&request(operation)).await.end, End::Open);
        assert_eq!(raw.end().await, End::Open, "it ends only when it is used");
        let second = raw.call(&request(operation)).await;
        assert_eq!((second.end, second.bytes.len()), (end, 0));
        assert_eq!((simulator.executions(sample::BACKUP), simulator.requests().len()), (1, 1));
    }
}

#[tokio::test]
async fn a_stall_holds_up_what_comes_after_its_phase_and_no_more() {
    for &phase in Phase::ALL {
        let (_simulator, mut raw) = with_fault(phase, Fault::Stall(STALL), Operation::RestoreBackup).await;
        let before = Instant::now();
        let first = raw.call(&request(Operation::RestoreBackup)).await;
        let first_late = before.elapsed() >= STALL;
        let second = raw.call(&request(Operation::RestoreBackup)).await;
        assert_eq!((first.status(), second.status()), (Some(202), Some(202)), "{phase}");
        assert_eq!(first_late, phase < Phase::WhileIdle, "{phase}");
        assert!(before.elapsed() >= STALL, "{phase}");
    }
}

#[tokio::test]
async fn what_stands_still_is_carried_out_although_its_client_has_left() {
    let (simulator, mut raw) = with_fault(Phase::BeforeExecuting, Fault::Stall(STALL), Operation::RestoreBackup).await;
    let _ = tokio::time::timeout(STALL / 5, raw.call(&request(Operation::RestoreBackup))).await;
    drop(raw);
    assert_eq!(simulator.executions(sample::BACKUP), 0);
    simulator.idle().await;
    assert_eq!(simulator.executions(sample::BACKUP), 1);
}

#[tokio::test]
async fn gateways_answers_are_those_of_the_catalogue() {
    let cases = [
        ("answer-429-before-executing", 429, None, "too many requests"),
        ("answer-429-with-retry-after-before-executing", 429, Some("1"), "too many requests"),
        ("answer-500-before-answering", 500, None, ""),
        ("answer-502-before-answering", 502, None, "<html>"),
        ("answer-503-before-answering", 503, None, "upstream connect error"),
        ("answer-504-before-executing", 504, None, "<html>"),
    ];
    for &operation in Operation::ALL {
        for (name, status, retry, body) in cases {
            let mishap = Mishap::named(name, STALL).unwrap();
            let seen = seen(mishap.phase, mishap.fault, operation).await;
            assert_eq!((seen.status(), seen.header("retry-after").as_deref()), (Some(status), retry), "{name}");
            let text = String::from_utf8(seen.body().to_vec()).unwrap();
            assert!(text.starts_with(body) && text.is_empty() == body.is_empty(), "{name}: {text}");
            assert!(serde_json::from_str::<serde_json::Value>(&text).is_err(), "no error object");
        }
    }
}

#[tokio::test]
async fn a_redirect_leads_to_the_same_path_at_the_same_or_another_host() {
    let simulator = simulator().await;
    let port = simulator.address().port();
    let target = image_store(&format!("?{IMAGE_STORE_URL}"));
    for (to, host) in [(Host::Same, "127.0.0.1"), (Host::Another, "localhost")] {
        for status in [301, 302, 307, 308] {
            let fault = Fault::Redirect { status, to };
            let operation = Operation::GetDatabaseBackupFromImageStore;
            simulator.add_fault(Mishap { phase: Phase::BeforeExecuting, fault }.once(operation));
            let seen = Raw::connect(&simulator).await.call(&request(operation)).await;
            assert_eq!(seen.status(), Some(status));
            assert_eq!(seen.header("location"), Some(format!("http://{host}:{port}{target}")));
        }
    }
}

#[tokio::test]
async fn who_follows_to_another_host_is_seen_in_the_requests() {
    let simulator = simulator().await;
    let fault = Fault::Redirect { status: 307, to: Host::Another };
    simulator.add_fault(Mishap { phase: Phase::BeforeExecuting, fault }.once(Operation::RestoreBackup));
    let reply = send(&simulator, "POST", &restore(), &[TOKEN], Some(&to_disk())).await;
    assert_eq!(reply.status, 202, "reqwest follows by default");
    let hosts: Vec<_> = simulator.requests().iter().map(|request| request.header("host").unwrap().to_owned()).collect();
    let port = simulator.address().port();
    assert_eq!(hosts, [format!("127.0.0.1:{port}"), format!("localhost:{port}")]);
}

#[tokio::test]
async fn a_content_type_can_be_wrong_or_missing_while_the_answer_stays() {
    let html = Some("text/html".to_owned());
    // ZStack's answers have none by themselves.
    for operation in [Operation::QueryJob, Operation::RestoreBackup] {
        let simulator = simulator().await;
        simulator.with_settings(|settings| settings.accepted_body = AcceptedBody::EmptyObject);
        let mut raw = Raw::connect(&simulator).await;
        let before = raw.call(&request(operation)).await;
        assert_eq!(before.header("content-type").is_some(), operation == Operation::RestoreBackup);
        for media_type in [&html, &None] {
            let fault = Fault::ContentType(media_type.clone());
            simulator.add_fault(Mishap { phase: Phase::BeforeAnswering, fault }.once(operation));
            let seen = raw.call(&request(operation)).await;
            assert_eq!((&seen.header("content-type"), seen.status()), (media_type, before.status()));
            assert_eq!(seen.body(), before.body(), "{operation:?}");
        }
    }
}

#[tokio::test]
async fn a_body_of_one_gibibyte_is_announced_and_sent() {
    let mishap = Mishap::named("body-long-before-answering", STALL).unwrap();
    let seen = seen(mishap.phase, mishap.fault, Operation::QueryJob).await;
    assert_eq!((seen.length(), seen.end), (Some(1 << 30), End::Enough));
}

#[tokio::test]
async fn a_body_can_go_on_without_an_end() {
    let seen = seen(Phase::BeforeAnswering, Fault::Body(Garbled::Endless), Operation::QueryJob).await;
    assert_eq!((seen.length(), seen.end), (None, End::Enough));
    assert_eq!(seen.header("transfer-encoding").as_deref(), Some("chunked"));
}

#[tokio::test]
async fn a_client_that_leaves_ends_an_endless_body() {
    let (simulator, mut raw) =
        with_fault(Phase::BeforeAnswering, Fault::Body(Garbled::Endless), Operation::QueryJob).await;
    raw.call(&request(Operation::QueryJob)).await;
    drop(raw);
    let before = Instant::now();
    simulator.shutdown().await;
    assert!(before.elapsed() < Duration::from_secs(1), "the connection was still there");
}

#[tokio::test]
async fn a_body_can_be_spoilt_while_the_status_stays() {
    for &operation in Operation::ALL {
        let status = Raw::connect(&simulator().await).await.call(&request(operation)).await.status();
        let body = |garbled| async move {
            let seen = seen(Phase::BeforeAnswering, Fault::Body(garbled), operation).await;
            assert_eq!(seen.status(), status, "{operation:?}");
            seen.body().to_vec()
        };
        let nested = body(Garbled::Nested(10_000)).await;
        assert!(nested.starts_with(b"[[") && nested.len() == 20_000 && nested.ends_with(b"]]"));
        assert!(String::from_utf8(body(Garbled::BrokenUtf8).await).is_err());
        let nan = String::from_utf8(body(Garbled::NaN).await).unwrap();
        assert!(nan.contains("NaN"), "{operation:?}: {nan}");
        let twice = String::from_utf8(body(Garbled::DuplicateKeys).await).unwrap();
        let (first, _) = twice.split_once(':').unwrap();
        assert_eq!(twice.matches(first.trim_start_matches('{')).count(), 2, "{operation:?}: {twice}");
    }
}

#[tokio::test]
async fn a_location_can_lead_to_another_host_where_the_job_is() {
    let (simulator, mut raw) =
        with_fault(Phase::BeforeAnswering, Fault::LocationElsewhere, Operation::RecoverDataVolume).await;
    let seen = raw.call(&request(Operation::RecoverDataVolume)).await;
    let body: serde_json::Value = serde_json::from_slice(seen.body()).unwrap();
    let (base, job) = body["location"].as_str().unwrap().rsplit_once('/').unwrap();
    assert_eq!(base, format!("http://localhost:{}/zstack/v1/api-jobs", simulator.address().port()));
    assert_eq!((body["apiTimeout"].as_u64(), query(&simulator, job).await.status), (Some(1_800_000), 202));
}

#[tokio::test]
async fn a_job_can_be_purged_once_it_is_accepted_or_when_it_is_asked_for() {
    let simulator = simulator().await;
    let operation = Operation::RecoverDataVolume;
    simulator.add_fault(Mishap { phase: Phase::BeforeAnswering, fault: Fault::PurgeJob }.once(operation));
    let purged = job(&simulator, &volume(), &[OAUTH], RECOVER).await;
    assert_eq!(query(&simulator, &purged).await.status, 404);
    assert_eq!(simulator.executions(sample::VOLUME), 1);
    simulator.add_fault(Mishap { phase: Phase::BeforeExecuting, fault: Fault::PurgeJob }.once(Operation::QueryJob));
    assert_eq!(query(&simulator, sample::JOB).await.status, 404);
}

#[tokio::test]
async fn all_jobs_can_be_purged() {
    let simulator = simulator().await;
    let running = job(&simulator, &volume(), &[OAUTH], RECOVER).await;
    simulator.purge_jobs();
    for job in [sample::JOB, &running] {
        assert_eq!(query(&simulator, job).await.status, 404);
    }
}

#[tokio::test]
async fn a_rule_whose_fault_does_not_fit_its_phase_is_never_met() {
    let simulator = simulator().await;
    let rules = [(Phase::Connecting, Fault::PurgeJob), (Phase::InBody, Fault::ContentType(None))];
    for (phase, fault) in rules {
        assert!(!fault.fits(phase));
        simulator.add_fault(FaultRule::always(None, phase, fault));
    }
    assert_eq!(query(&simulator, sample::JOB).await.status, 200);
    assert!(simulator.fates()[0].met.is_empty());
}

#[tokio::test]
async fn executions_are_logged_with_their_job_and_time() {
    let simulator = simulator().await;
    let named = job(&simulator, &volume(), &[OAUTH], RECOVER).await;
    send(&simulator, "POST", &restore(), &[TOKEN], Some(&to_disk())).await;
    query(&simulator, &named).await;
    let log = simulator.execution_log();
    let log: Vec<_> =
        log.iter().map(|entry| (entry.operation, entry.resource.as_str(), entry.job.as_deref())).collect();
    assert_eq!(
        log,
        [
            (Operation::RecoverDataVolume, sample::VOLUME, Some(named.as_str())),
            (Operation::RestoreBackup, sample::BACKUP, None)
        ]
    );
    let fates = simulator.fates();
    assert_eq!(fates.iter().map(|fate| fate.executed).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!((fates[0].job.as_deref(), fates[2].job.as_deref()), (Some(named.as_str()), Some(named.as_str())));
    assert!(simulator.execution_log()[0].at > 1_700_000_000_000);
}
