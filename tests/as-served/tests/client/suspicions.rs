//! What a reader suspected of the client: rare ways to carry something out twice, to lose a job, or to say what is not so.

use crate::calls::{self, job_uuids, requests};
use generated_client::{CallOptions, Error, ErrorKind, Outcome, Retries, cbr, http_builder, reqwest, zstack};
use simulator::{Fault, FaultRule, Operation, Pace, Phase, Simulator, sample};
use std::{
    future::ready,
    sync::atomic::{AtomicU32, Ordering::SeqCst},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

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
fn again(s: &Simulator, c: impl Into<zstack::Credentials>) -> zstack::Client {
    zstack::Client::builder(s.url(), c)
        .poll_interval(ms(1), ms(5))
        .retries(Retries::default().unknown_jobs(true).pauses(ms(1), ms(5)))
        .build()
        .unwrap()
}
async fn recover(z: &zstack::Client) -> Result<(), Error> {
    calls::call(z, Operation::RecoverDataVolume).await.map(drop)
}

#[tokio::test]
async fn followed_redirect_to_nowhere_is_not_sent_again() {
    let nowhere = {
        let l = TcpListener::bind("127.0.0.1:0").await.unwrap();
        l.local_addr().unwrap()
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let done = std::sync::Arc::new(AtomicU32::new(0));
    let count = done.clone();
    tokio::spawn(async move {
        while let Ok((mut c, _)) = listener.accept().await {
            let count = count.clone();
            tokio::spawn(async move {
                let mut buf = vec![0; 8192];
                while let Ok(n) = c.read(&mut buf).await {
                    if n == 0 {
                        break;
                    }
                    if buf.starts_with(b"POST") {
                        count.fetch_add(1, SeqCst);
                    }
                    let _ = c.write_all(format!("HTTP/1.1 303 See Other\r\nLocation: http://{nowhere}/result\r\nContent-Length: 0\r\n\r\n").as_bytes()).await;
                }
            });
        }
    });
    let http = http_builder().redirect(reqwest::redirect::Policy::limited(1));
    let cbr = cbr::Client::builder(&url, cbr::Token::new(sample::TOKEN).unwrap()).http_client(http).build().unwrap();
    let error = calls::restore(&cbr).await.unwrap_err();
    assert_eq!((error.outcome(), done.load(SeqCst)), (Outcome::Unknown, 1), "{error}");
}

#[tokio::test]
async fn after_a_202_that_was_cut_off_it_is_not_sent_again() {
    let s = calls::simulator().await;
    rule(&s, Operation::RecoverDataVolume, Phase::InBody, Fault::Close, Some(1));
    rule(&s, Operation::QueryJob, Phase::BeforeExecuting, answer(404, "the job has been expired"), Some(2));
    let ended = recover(&again(&s, session())).await;
    assert_eq!(job_uuids(&s).len(), 1, "{ended:?}");
}

/// Adds what follows once so many requests with this method have arrived.
async fn then<T>(s: &Simulator, method: &str, n: usize, add: impl Fn(), call: impl Future<Output = T>) -> T {
    tokio::join!(call, async {
        while s.fates().len() < n || requests(s, method).is_empty() {
            tokio::time::sleep(ms(2)).await
        }
        add()
    })
    .0
}
fn slow_again(s: &Simulator, c: impl Into<zstack::Credentials>) -> zstack::Client {
    zstack::Client::builder(s.url(), c)
        .poll_interval(ms(200), ms(200))
        .retries(Retries::default().unknown_jobs(true).pauses(ms(1), ms(5)))
        .build()
        .unwrap()
}

#[tokio::test]
async fn after_a_202_to_a_question_that_was_cut_off_it_is_not_sent_again() {
    let s = calls::simulator().await;
    s.with_settings(|x| x.job_pace = Pace::Polls(1_000_000));
    rule(&s, Operation::RecoverDataVolume, Phase::BeforeAnswering, answer(502, ""), Some(1));
    rule(&s, Operation::QueryJob, Phase::InBody, Fault::Close, Some(1));
    let z = slow_again(&s, session());
    let ended = then(
        &s,
        "GET",
        2,
        || rule(&s, Operation::QueryJob, Phase::BeforeExecuting, answer(404, "the job has been expired"), Some(3)),
        tokio::time::timeout(ms(3000), recover(&z)),
    )
    .await;
    assert_eq!(job_uuids(&s).len(), 1, "{ended:?} {:?}", s.fates());
}

#[tokio::test(start_paused = true)]
async fn a_pause_beyond_half_an_hour_ends_it() {
    let (told, simulator) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
            let s = std::sync::Arc::new(calls::simulator().await);
            rule(&s, Operation::RecoverDataVolume, Phase::BeforeExecuting, answer(502, ""), Some(1));
            let _ = told.send(s.clone());
            std::future::pending::<()>().await;
        });
    });
    let s = simulator.await.unwrap();
    let day = Duration::from_secs(24 * 3600);
    let z = zstack::Client::builder(s.url(), session())
        .connect_timeout(Duration::MAX)
        .timeout(Duration::MAX)
        .retries(Retries::default().unknown_jobs(true).pauses(day, day))
        .build()
        .unwrap();
    let _ = z
        .recover_data_volume()
        .uuid(sample::VOLUME)
        .options(CallOptions::new().poll_interval(ms(100), ms(100)))
        .send()
        .await;
    assert_eq!(job_uuids(&s).len(), 1);
}

async fn second_refused(c: impl Into<zstack::Credentials>, code: &str) -> (Simulator, Result<(), Error>) {
    let s = calls::simulator().await;
    s.with_settings(|x| x.job_pace = Pace::Polls(0));
    rule(&s, Operation::RecoverDataVolume, Phase::BeforeAnswering, answer(502, ""), Some(1));
    rule(&s, Operation::QueryJob, Phase::BeforeExecuting, answer(404, ""), Some(2));
    let z = slow_again(&s, c);
    let body = format!(r#"{{"error":{{"code":"{code}"}}}}"#);
    let ended = then(
        &s,
        "PUT",
        1,
        || rule(&s, Operation::RecoverDataVolume, Phase::BeforeExecuting, answer(503, &body), Some(1)),
        recover(&z),
    )
    .await;
    (s, ended)
}

#[tokio::test]
async fn a_second_request_refused_for_its_session_is_not_made_again_under_another_name() {
    let (s, ended) = second_refused(zstack::Credentials::fetched(|| ready(Ok(session()))), "ID.1001").await;
    assert_eq!((s.executions(sample::VOLUME), job_uuids(&s).len()), (1, 2), "{ended:?} {:?}", job_uuids(&s));
}

#[tokio::test]
async fn a_second_request_that_is_refused_for_its_account_is_unknown() {
    let (s, ended) = second_refused(session(), "ID.1002").await;
    assert_eq!(
        (ended.unwrap_err().outcome(), s.executions(sample::VOLUME), job_uuids(&s).len()),
        (Outcome::Unknown, 1, 2)
    );
}

#[tokio::test]
async fn a_second_request_that_fails_is_unknown() {
    let (s, ended) = second_refused(session(), "SYS.1006").await;
    assert_eq!(
        (ended.unwrap_err().outcome(), s.executions(sample::VOLUME), job_uuids(&s).len()),
        (Outcome::Unknown, 1, 2)
    );
}

#[tokio::test]
async fn the_servers_limit_runs_from_when_it_accepted() {
    let s = calls::simulator().await;
    s.with_settings(|x| {
        x.api_timeout = ms(1000);
        x.job_pace = Pace::Polls(3);
    });
    rule(&s, Operation::RecoverDataVolume, Phase::BeforeExecuting, Fault::Stall(ms(1500)), Some(1));
    let ended = recover(&calls::zstack(&s)).await;
    assert!(ended.is_ok(), "{ended:?} asked {}", requests(&s, "GET").len());
}

#[tokio::test]
async fn the_time_that_is_kept_to_ask_is_used() {
    let s = calls::simulator().await;
    rule(&s, Operation::RecoverDataVolume, Phase::BeforeAnswering, Fault::Stall(Duration::from_secs(60)), Some(1));
    s.with_settings(|x| x.job_pace = Pace::Polls(0));
    let z = zstack::Client::builder(s.url(), session())
        .poll_interval(ms(1500), ms(1500))
        .timeout(ms(4000))
        .build()
        .unwrap();
    let ended = recover(&z).await;
    assert!(ended.is_ok(), "{ended:?} asked {}", requests(&s, "GET").len());
}

#[tokio::test]
async fn a_job_is_asked_for_a_last_time_before_the_calls_limit() {
    let s = calls::simulator().await;
    s.with_settings(|x| x.job_pace = Pace::Time(ms(1800)));
    let z = zstack::Client::builder(s.url(), session())
        .poll_interval(ms(1500), ms(1500))
        .timeout(ms(2900))
        .build()
        .unwrap();
    let ended = recover(&z).await;
    assert!(ended.is_ok(), "{ended:?} asked {}", requests(&s, "GET").len());
}

#[tokio::test]
async fn requests_that_stand_still_do_not_keep_jobs_from_being_asked_for() {
    let s = calls::simulator().await;
    s.with_settings(|x| x.job_pace = Pace::Polls(0));
    rule(
        &s,
        Operation::GetDatabaseBackupFromImageStore,
        Phase::BeforeExecuting,
        Fault::Stall(Duration::from_secs(60)),
        None,
    );
    let z = zstack::Client::builder(s.url(), session())
        .poll_interval(ms(5), ms(50))
        .max_concurrent_requests(4)
        .build()
        .unwrap();
    let mut job = z
        .recover_data_volume()
        .uuid(sample::VOLUME)
        .submit()
        .await
        .unwrap()
        .options(CallOptions::new().timeout(ms(2000)));
    let reads: Vec<_> = (0..4)
        .map(|_| {
            let z = z.clone();
            tokio::spawn(async move {
                let _ = z.get_database_backup_from_image_store().url(sample::IMAGE_STORE).send().await;
            })
        })
        .collect();
    tokio::time::sleep(ms(300)).await;
    let ended = job.wait().await.map(drop);
    reads.iter().for_each(|r| r.abort());
    assert!(
        ended.is_ok(),
        "{ended:?} asked {}",
        requests(&s, "GET").iter().filter(|r| format!("{r:?}").contains("api-jobs")).count()
    );
}

#[tokio::test]
async fn a_pause_of_any_length_is_no_panic() {
    let nowhere = {
        let l = TcpListener::bind("127.0.0.1:0").await.unwrap();
        l.local_addr().unwrap()
    };
    for _ in 0..3000 {
        let z = zstack::Client::builder(&format!("http://{nowhere}"), session())
            .retries(Retries::default().pauses(Duration::MAX, Duration::MAX))
            .timeout(ms(500))
            .build()
            .unwrap();
        let _ = z.get_database_backup_from_image_store().url(sample::IMAGE_STORE).send().await;
    }
}

#[tokio::test]
async fn spoilt_answers_that_are_not_in_a_row_do_not_end_it() {
    let s = calls::simulator().await;
    s.with_settings(|x| x.job_pace = Pace::Polls(0));
    for _ in 0..7 {
        rule(&s, Operation::QueryJob, Phase::BeforeExecuting, answer(200, "<html>"), Some(1));
        rule(&s, Operation::QueryJob, Phase::BeforeExecuting, answer(502, ""), Some(1));
    }
    let ended = recover(&calls::zstack(&s)).await;
    assert!(ended.is_ok(), "{ended:?}");
}

#[tokio::test]
async fn one_404_of_a_gateway_does_not_lose_a_job_that_was_accepted() {
    let s = calls::simulator().await;
    rule(&s, Operation::QueryJob, Phase::BeforeExecuting, answer(404, "<html>nginx</html>"), Some(1));
    let ended = recover(&calls::zstack(&s)).await;
    assert!(ended.is_ok(), "{ended:?}");
}

#[tokio::test]
async fn one_403_of_a_gateway_does_not_lose_a_job_that_was_accepted() {
    let s = calls::simulator().await;
    rule(&s, Operation::QueryJob, Phase::BeforeExecuting, answer(403, "<html>nginx</html>"), Some(1));
    let ended = recover(&calls::zstack(&s)).await;
    assert!(ended.is_ok(), "{ended:?}");
}

#[tokio::test]
async fn a_503_of_a_gateway_with_a_code_is_not_failed() {
    let s = calls::simulator().await;
    rule(
        &s,
        Operation::RecoverDataVolume,
        Phase::BeforeAnswering,
        answer(503, r#"{"error":{"code":"ServiceUnavailable","message":"try later"}}"#),
        Some(1),
    );
    let ended = recover(&calls::zstack(&s)).await;
    assert!(ended.is_ok(), "{ended:?} executions {}", s.executions(sample::VOLUME));
}

#[tokio::test]
async fn a_retry_after_beyond_all_time_does_not_hang_a_read_forever() {
    let s = calls::simulator().await;
    let fault =
        Fault::Answer { status: 429, headers: vec![("Retry-After".into(), "31536000".into())], body: String::new() };
    rule(&s, Operation::GetDatabaseBackupFromImageStore, Phase::BeforeExecuting, fault, Some(1));
    let z = calls::zstack(&s);
    let begun = Instant::now();
    let r = z
        .get_database_backup_from_image_store()
        .url(sample::IMAGE_STORE)
        .options(CallOptions::new().timeout(ms(1500)))
        .send()
        .await;
    let e = r.unwrap_err();
    assert!(begun.elapsed() < ms(1400), "returns at once");
    assert_eq!(e.kind(), ErrorKind::Status);
}

#[tokio::test]
async fn a_backup_whose_second_request_is_refused_for_its_session_is_carried_out_once() {
    let s = calls::simulator().await;
    s.with_settings(|x| x.job_pace = Pace::Polls(0));
    let op = calls::JOBS[0];
    rule(&s, op, Phase::BeforeAnswering, answer(502, ""), Some(1));
    rule(&s, Operation::QueryJob, Phase::BeforeExecuting, answer(404, ""), Some(2));
    let z = slow_again(&s, zstack::Credentials::fetched(|| ready(Ok(session()))));
    let ended = then(
        &s,
        "PUT",
        1,
        || rule(&s, op, Phase::BeforeExecuting, answer(503, r#"{"error":{"code":"ID.1001"}}"#), Some(1)),
        calls::call(&z, op),
    )
    .await;
    assert_eq!(s.executions(calls::resource(op)), 1, "{} {:?}", ended.is_ok(), job_uuids(&s));
}

#[tokio::test]
async fn a_second_request_that_is_refused_in_a_200_is_not_made_again_under_another_name() {
    let s = calls::simulator().await;
    s.with_settings(|x| x.job_pace = Pace::Polls(0));
    let op = calls::JOBS[0];
    rule(&s, op, Phase::BeforeAnswering, answer(502, ""), Some(1));
    rule(&s, Operation::QueryJob, Phase::BeforeExecuting, answer(404, ""), Some(2));
    let z = slow_again(&s, zstack::Credentials::fetched(|| ready(Ok(session()))));
    let ended = then(
        &s,
        "PUT",
        1,
        || rule(&s, op, Phase::BeforeExecuting, answer(200, r#"{"error":{"code":"ID.1001"}}"#), Some(1)),
        calls::call(&z, op),
    )
    .await;
    assert_eq!(s.executions(calls::resource(op)), 1, "{} {:?}", ended.is_ok(), job_uuids(&s));
}
