//! Corners: limits of limits, and what is told when several things go wrong in one call.

use crate::calls::{self, requests};
use generated_client::{CallOptions, ErrorKind, Outcome, Retries, zstack};
use simulator::{Fault, FaultRule, Operation, Pace, Phase, Simulator, sample};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};
use tokio::{io::AsyncWriteExt as _, net::TcpListener, time::timeout};
fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}
fn session() -> zstack::Session {
    zstack::Session::new(sample::SESSION).unwrap()
}
fn rule(s: &Simulator, operation: Operation, phase: Phase, fault: Fault, times: Option<u32>) {
    s.add_fault(FaultRule { operation: Some(operation), phase, fault, times });
}
fn answer(status: u16, body: &str) -> Fault {
    Fault::Answer { status, headers: vec![], body: body.to_owned() }
}

#[tokio::test]
async fn a_lost_answer_whose_questions_are_spoilt_each_time_is_unknown_and_named() {
    let s = calls::simulator().await;
    rule(&s, Operation::RecoverDataVolume, Phase::BeforeAnswering, answer(502, ""), Some(1));
    rule(
        &s,
        Operation::QueryJob,
        Phase::BeforeAnswering,
        Fault::Redirect { status: 302, to: simulator::Host::Another },
        None,
    );
    let zstack = calls::zstack(&s);
    let call = timeout(ms(5000), calls::call(&zstack, Operation::RecoverDataVolume)).await.expect("it does not go on");
    let error = call.unwrap_err();
    assert_eq!((error.outcome(), error.kind()), (Outcome::Unknown, ErrorKind::Redirect));
    assert!(error.job_uuid().is_some());
    assert_eq!(requests(&s, "GET").len(), 6);
}

#[tokio::test]
async fn an_answer_that_can_be_read_lets_the_count_of_spoilt_ones_begin_anew() {
    let s = Arc::new(calls::simulator().await);
    let spoil = |s: &Simulator| rule(s, Operation::QueryJob, Phase::BeforeExecuting, answer(200, "<html>"), Some(5));
    spoil(&s);
    let (server, again) = (s.clone(), AtomicBool::new(true));
    let call = calls::zstack(&s);
    let call = call.recover_data_volume().uuid(sample::VOLUME).on_progress(move |_| {
        if again.swap(false, SeqCst) {
            spoil(&server)
        }
    });
    call.send().await.unwrap();
    assert!(requests(&s, "GET").len() > 10);
}

#[tokio::test]
async fn an_answer_at_once_that_was_spoilt_is_told_when_its_job_does_not_end() {
    let s = calls::simulator().await;
    s.with_settings(|x| x.job_pace = Pace::Polls(1_000_000));
    rule(&s, Operation::RecoverDataVolume, Phase::BeforeAnswering, answer(200, "<html>"), Some(1));
    let z = calls::zstack(&s);
    let error = z
        .recover_data_volume()
        .uuid(sample::VOLUME)
        .options(CallOptions::new().timeout(ms(700)))
        .send()
        .await
        .unwrap_err();
    assert!(error.to_string().contains("<html>"), "{error}");
}

#[tokio::test]
async fn a_body_that_is_announced_as_too_large_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((mut c, _)) = listener.accept().await {
            let _ = tokio::io::AsyncReadExt::read(&mut c, &mut [0; 4096]).await;
            c.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n").await.unwrap();
            kept.push(c);
        }
    });
    let z = zstack::Client::new(&url, session()).unwrap();
    let read = timeout(ms(5000), z.get_database_backup_from_image_store().url(sample::IMAGE_STORE).send());
    assert_eq!(read.await.expect("at once").unwrap_err().kind(), ErrorKind::TooLarge);
}

#[tokio::test]
async fn an_answer_that_was_cut_off_tells_its_status() {
    let s = calls::simulator().await;
    rule(&s, Operation::GetDatabaseBackupFromImageStore, Phase::InBody, Fault::Close, None);
    let z = calls::zstack(&s);
    let read = z
        .get_database_backup_from_image_store()
        .url(sample::IMAGE_STORE)
        .options(CallOptions::new().retries(Retries::none()));
    let error = read.send().await.unwrap_err();
    assert_eq!((error.kind(), error.status().map(|s| s.as_u16())), (ErrorKind::Interrupted, Some(200)));
    assert!(error.to_string().contains("the part of the answer that came says 200 OK"), "{error}");
}

#[tokio::test]
async fn requests_of_unknown_jobs_are_sent_again_within_the_budget() {
    let s = calls::simulator().await;
    rule(&s, Operation::RecoverDataVolume, Phase::BeforeExecuting, answer(502, ""), None);
    let z = zstack::Client::builder(s.url(), session())
        .poll_interval(ms(1), ms(2))
        .retries(Retries::default().times(1).unknown_jobs(true).pauses(ms(1), ms(1)))
        .build()
        .unwrap();
    for _ in 0..30 {
        calls::call(&z, Operation::RecoverDataVolume).await.unwrap_err();
    }
    assert!(requests(&s, "PUT").len() < 50, "{}", requests(&s, "PUT").len());
}

#[tokio::test]
async fn a_limit_of_no_requests_is_one() {
    let s = calls::simulator().await;
    let z = zstack::Client::builder(s.url(), session()).max_concurrent_requests(0).timeout(ms(3000)).build().unwrap();
    z.get_database_backup_from_image_store().url(sample::IMAGE_STORE).send().await.unwrap();
}

#[tokio::test]
async fn a_read_that_was_answered_is_not_told_as_not_sent() {
    let s = calls::simulator().await;
    let op = Operation::GetDatabaseBackupFromImageStore;
    rule(&s, op, Phase::BeforeExecuting, answer(502, ""), Some(1));
    let z = zstack::Client::builder(s.url(), session())
        .max_concurrent_requests(1)
        .retries(Retries::default().pauses(ms(300), ms(300)))
        .build()
        .unwrap();
    let first = z
        .get_database_backup_from_image_store()
        .url(sample::IMAGE_STORE)
        .options(CallOptions::new().timeout(ms(1000)))
        .send();
    let other = async {
        while s.fates().is_empty() {
            tokio::time::sleep(ms(2)).await
        }
        rule(&s, op, Phase::BeforeExecuting, Fault::Stall(Duration::from_secs(60)), None);
        let _ = timeout(ms(2000), z.get_database_backup_from_image_store().url(sample::IMAGE_STORE).send()).await;
    };
    let (first, ()) = tokio::join!(first, other);
    let error = first.unwrap_err();
    assert_eq!((error.outcome(), error.status().map(|s| s.as_u16())), (Outcome::Unknown, Some(502)), "{error}");
}
