//! Many calls at once through one client.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use generated_client::{CallOptions, Error, ErrorKind, Outcome, Retries, cbr, zstack};
use simulator::{Operation, Pace, Phase, sample};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use crate::{
    calls::{self, requests},
    trouble::{answer, rule, stall},
};

const LIMIT: usize = 8;
const LIST: Operation = Operation::GetDatabaseBackupFromImageStore;

/// A server that takes its time, and counts.
#[derive(Clone, Default)]
struct Counter {
    under_way: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
    answers: Arc<AtomicUsize>,
}

impl Counter {
    async fn start(&self, pause: Duration) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let counter = self.clone();
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                counter.connections.fetch_add(1, SeqCst);
                tokio::spawn(counter.clone().answer(connection, pause));
            }
        });
        address
    }

    async fn answer(self, mut connection: TcpStream, pause: Duration) {
        let (mut head, mut byte) = (Vec::new(), [0]);
        while let Ok(1..) = connection.read(&mut byte).await {
            head.push(byte[0]);
            if !head.ends_with(b"\r\n\r\n") {
                continue;
            }
            head.clear();
            self.most.fetch_max(self.under_way.fetch_add(1, SeqCst) + 1, SeqCst);
            tokio::time::sleep(pause).await;
            self.under_way.fetch_sub(1, SeqCst);
            self.answers.fetch_add(1, SeqCst);
            let _ = connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").await;
        }
    }
}

fn zstack(address: &str) -> zstack::Client {
    zstack::Client::builder(address, calls::session()).max_concurrent_requests(LIMIT).build().unwrap()
}

async fn read(zstack: zstack::Client, options: CallOptions) -> Result<(), Error> {
    let read = zstack.get_database_backup_from_image_store().url(sample::IMAGE_STORE).options(options);
    read.send().await.map(drop)
}

#[tokio::test]
async fn calls_beyond_the_limit_wait_for_their_turn_and_connections_are_used_again() {
    let counter = Counter::default();
    let zstack = zstack(&counter.start(Duration::from_millis(5)).await);
    let calls: Vec<_> = (0..200).map(|_| tokio::spawn(read(zstack.clone(), CallOptions::new()))).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!((counter.answers.load(SeqCst), counter.most.load(SeqCst)), (200, LIMIT));
    assert!(counter.connections.load(SeqCst) <= LIMIT, "{:?}", counter.connections);
}

#[tokio::test]
async fn a_call_whose_turn_does_not_come_in_time_was_not_sent() {
    let counter = Counter::default();
    let zstack = zstack(&counter.start(Duration::from_secs(60)).await);
    let others: Vec<_> = (0..LIMIT).map(|_| tokio::spawn(read(zstack.clone(), CallOptions::new()))).collect();
    while counter.under_way.load(SeqCst) < LIMIT {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let call = read(zstack, CallOptions::new().timeout(Duration::from_millis(100)));
    let error = tokio::time::timeout(Duration::from_secs(10), call).await.expect("the limit is shorter").unwrap_err();
    assert_eq!((error.outcome(), error.kind()), (Outcome::NotSent, ErrorKind::Timeout));
    others.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test]
async fn a_call_that_is_given_up_leaves_its_turn_to_the_next() {
    let counter = Counter::default();
    let zstack = zstack(&counter.start(Duration::from_millis(200)).await);
    for _ in 0..3 * LIMIT {
        let given_up = tokio::time::timeout(Duration::from_millis(5), read(zstack.clone(), CallOptions::new())).await;
        assert!(given_up.is_err());
    }
    read(zstack, CallOptions::new().timeout(Duration::from_secs(20))).await.unwrap();
}

#[tokio::test]
async fn a_limit_of_no_requests_is_one() {
    let simulator = calls::simulator().await;
    let client = zstack::Client::builder(simulator.url(), calls::session()).max_concurrent_requests(0);
    read(client.timeout(Duration::from_secs(3)).build().unwrap(), CallOptions::new()).await.unwrap();
}

/// It was answered, with a 502, and gave its turn away during the pause before it would be sent again.
#[tokio::test]
async fn a_read_that_was_answered_is_not_told_as_not_sent() {
    let simulator = calls::simulator().await;
    rule(&simulator, LIST, Phase::BeforeExecuting, answer(502, ""), Some(1));
    let pause = Duration::from_millis(300);
    let zstack = zstack::Client::builder(simulator.url(), calls::session())
        .max_concurrent_requests(1)
        .retries(Retries::default().pauses(pause, pause))
        .build()
        .unwrap();
    let first = read(zstack.clone(), CallOptions::new().timeout(Duration::from_secs(1)));
    let other = async {
        while simulator.fates().is_empty() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        rule(&simulator, LIST, Phase::BeforeExecuting, stall(), None);
        let _ = tokio::time::timeout(Duration::from_secs(2), read(zstack.clone(), CallOptions::new())).await;
    };
    let (first, ()) = tokio::join!(first, other);
    let error = first.unwrap_err();
    let status = error.status().map(|status| status.as_u16());
    assert_eq!((error.outcome(), status), (Outcome::Unknown, Some(502)), "{error}");
}

#[tokio::test]
async fn requests_that_stand_still_do_not_keep_jobs_from_being_asked_for() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(0));
    rule(&simulator, LIST, Phase::BeforeExecuting, stall(), None);
    let zstack = zstack::Client::builder(simulator.url(), calls::session())
        .poll_interval(Duration::from_millis(5), Duration::from_millis(50))
        .max_concurrent_requests(4)
        .build()
        .unwrap();
    let job = zstack.recover_data_volume().uuid(sample::VOLUME).submit().await.unwrap();
    let mut job = job.options(CallOptions::new().timeout(Duration::from_secs(2)));
    let reads: Vec<_> = (0..4).map(|_| tokio::spawn(read(zstack.clone(), CallOptions::new()))).collect();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let ended = job.wait().await.map(drop);
    reads.iter().for_each(tokio::task::JoinHandle::abort);
    let questions = || requests(&simulator, "GET").iter().filter(|sent| sent.path.contains("api-jobs")).count();
    assert!(ended.is_ok(), "{ended:?} asked {}", questions());
}

#[tokio::test]
async fn the_future_of_a_call_is_small() {
    let zstack = zstack("http://127.0.0.1:1");
    let cbr = cbr::Client::new("http://127.0.0.1:1", cbr::Token::new(sample::TOKEN).unwrap()).unwrap();
    let sizes = [
        size_of_val(&zstack.recover_data_volume().uuid(sample::VOLUME).send()),
        size_of_val(&zstack.recover_data_volume().uuid(sample::VOLUME).submit()),
        size_of_val(&zstack.get_database_backup_from_image_store().url(sample::IMAGE_STORE).send()),
        size_of_val(&cbr.restore_backup().backup_id(sample::BACKUP).send()),
    ];
    // Ten thousand of them are tens of megabytes, also in a build that is not optimised.
    assert!(sizes.iter().all(|size| *size <= 4096), "{sizes:?}");
}
