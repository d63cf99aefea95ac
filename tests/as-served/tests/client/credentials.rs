//! Credentials that are fetched, and fetched again when the server no longer accepts them.

use std::{
    error::Error,
    future::ready,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

use generated_client::{ErrorKind, JobUuid, Outcome, cbr, zstack};
use simulator::{Operation, Phase, PutAnswer, Simulator, sample};

use crate::{
    calls::{self, JOBS, ZSTACK, job_uuids, requests},
    trouble::{answer, rule},
};

/// Sessions that a provider gives one after the other: the first is not known to the server.
fn sessions(fetches: &Arc<AtomicU32>) -> zstack::Credentials {
    let fetches = Arc::clone(fetches);
    zstack::Credentials::fetched(move || {
        let first = fetches.fetch_add(1, Ordering::SeqCst) == 0;
        let session = if first { "ffffffffffffffffffffffffffffffff" } else { sample::SESSION };
        ready(zstack::Session::new(session).map_err(Box::<dyn Error + Send + Sync>::from))
    })
}

fn expired_first(simulator: &Simulator) -> (zstack::Client, Arc<AtomicU32>) {
    let fetches = Arc::new(AtomicU32::new(0));
    (calls::zstack_with(simulator, sessions(&fetches)), fetches)
}

#[tokio::test]
async fn a_call_in_an_expired_session_is_made_again_in_a_new_one() {
    for operation in ZSTACK {
        for answer in [PutAnswer::Job, PutAnswer::AtOnce] {
            let simulator = calls::simulator().await;
            simulator.with_settings(|settings| settings.put_answer = answer);
            let (zstack, fetches) = expired_first(&simulator);
            calls::call(&zstack, operation).await.unwrap();
            assert_eq!(fetches.load(Ordering::SeqCst), 2, "{operation:?} {answer:?}");
            if JOBS.contains(&operation) {
                assert_eq!(simulator.executions(calls::resource(operation)), 1);
                let uuids = job_uuids(&simulator);
                assert!(uuids.len() == 2 && uuids[0] != uuids[1], "{uuids:?}");
            }
        }
    }
}

#[tokio::test]
async fn the_new_name_of_the_job_is_told_before_the_call_is_made_again() {
    let simulator = calls::simulator().await;
    let (zstack, _) = expired_first(&simulator);
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    let call = zstack.recover_data_volume().uuid(sample::VOLUME);
    call.on_job(move |uuid| heard.lock().unwrap().push(uuid.to_string())).send().await.unwrap();
    assert_eq!(*told.lock().unwrap(), job_uuids(&simulator));
}

#[tokio::test]
async fn a_call_whose_job_the_caller_named_is_never_made_again() {
    let simulator = calls::simulator().await;
    let (zstack, fetches) = expired_first(&simulator);
    let call = || zstack.recover_data_volume().uuid(sample::VOLUME).job_uuid(JobUuid::random().unwrap());
    let error = call().send().await.unwrap_err();
    assert_eq!((error.outcome(), error.code()), (Outcome::Refused, Some("ID.1001")));
    assert_eq!((requests(&simulator, "PUT").len(), fetches.load(Ordering::SeqCst)), (1, 1));
    // The caller's next call is made in a new session.
    call().send().await.unwrap();
    assert_eq!(fetches.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_submitted_job_is_made_again_only_where_its_new_name_is_told() {
    let simulator = calls::simulator().await;
    let (zstack, _) = expired_first(&simulator);
    let mut job = zstack.recover_data_volume().uuid(sample::VOLUME).submit().await.unwrap();
    assert_eq!(job.wait().await.unwrap_err().outcome(), Outcome::Refused);
    assert_eq!(requests(&simulator, "PUT").len(), 1);

    let simulator = calls::simulator().await;
    let (zstack, _) = expired_first(&simulator);
    let mut job = zstack.recover_data_volume().uuid(sample::VOLUME).on_job(|_| {}).submit().await.unwrap();
    job.wait().await.unwrap();
    assert_eq!(job_uuids(&simulator)[1], job.uuid().as_str());
}

#[tokio::test]
async fn credentials_are_asked_for_again_once_and_no_more() {
    for operation in ZSTACK {
        let simulator = calls::simulator().await;
        simulator.with_state(|state| state.zstack.sessions.clear());
        let (zstack, fetches) = expired_first(&simulator);
        let error = calls::call(&zstack, operation).await.unwrap_err();
        assert_eq!((error.outcome(), error.code()), (Outcome::Refused, Some("ID.1001")));
        assert_eq!(fetches.load(Ordering::SeqCst), 2, "{operation:?}");
    }
}

#[tokio::test]
async fn many_calls_in_an_expired_session_wait_for_one_fetch() {
    let simulator = Arc::new(calls::simulator().await);
    let (zstack, fetches) = expired_first(&simulator);
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let zstack = zstack.clone();
            tokio::spawn(async move { calls::call(&zstack, Operation::GetDatabaseBackupFromImageStore).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(fetches.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn without_credentials_nothing_is_sent_and_the_provider_is_the_source() {
    let simulator = calls::simulator().await;
    let credentials = zstack::Credentials::fetched(|| ready(Err("the identity service is away".into())));
    let zstack = calls::zstack_with(&simulator, credentials);
    for operation in ZSTACK {
        let error = calls::call(&zstack, operation).await.unwrap_err();
        assert_eq!((error.outcome(), error.kind()), (Outcome::NotSent, ErrorKind::Credentials));
        assert!(!error.to_string().contains("the identity service is away"), "{error}");
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the identity service is away");
    }
    assert_eq!(simulator.requests(), []);
}

#[tokio::test]
async fn a_restore_with_a_token_that_has_expired_is_sent_again_with_a_new_one() {
    for refusal in calls::EXPIRED_TOKENS {
        let simulator = calls::simulator().await;
        simulator.with_settings(|settings| settings.token_refusal = refusal);
        let fetches = AtomicU32::new(0);
        let credentials = cbr::Credentials::fetched(move || {
            let first = fetches.fetch_add(1, Ordering::SeqCst) == 0;
            ready(cbr::Token::new(if first { "expired" } else { sample::TOKEN }).map_err(Into::into))
        });
        let cbr = cbr::Client::new(simulator.url(), credentials).unwrap();
        calls::restore(&cbr).await.unwrap();
        assert_eq!((simulator.requests().len(), simulator.executions(sample::DISK)), (2, 1), "{refusal:?}");
    }
}

#[tokio::test]
async fn a_question_that_is_refused_is_asked_once_more_with_other_credentials() {
    let simulator = calls::simulator().await;
    rule(&simulator, Operation::QueryJob, Phase::BeforeExecuting, answer(401, ""), Some(1));
    let fetches = Arc::new(AtomicU32::new(1));
    let zstack = calls::zstack_with(&simulator, sessions(&fetches));
    calls::call(&zstack, Operation::RecoverDataVolume).await.unwrap();
    assert_eq!((requests(&simulator, "PUT").len(), fetches.load(Ordering::SeqCst)), (1, 3));
}

#[tokio::test]
async fn a_provider_that_fails_while_a_job_runs_is_asked_again() {
    let simulator = calls::simulator().await;
    rule(&simulator, Operation::QueryJob, Phase::BeforeExecuting, answer(401, ""), Some(1));
    let fetches = AtomicU32::new(0);
    let credentials = zstack::Credentials::fetched(move || {
        let session = match fetches.fetch_add(1, Ordering::SeqCst) {
            1 => Err("the identity service is away".into()),
            _ => zstack::Session::new(sample::SESSION).map_err(Box::<dyn Error + Send + Sync>::from),
        };
        ready(session)
    });
    calls::call(&calls::zstack_with(&simulator, credentials), Operation::RecoverDataVolume).await.unwrap();
    assert_eq!(requests(&simulator, "PUT").len(), 1);
}
