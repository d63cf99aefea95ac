//! Any answer at all gives a value or an error, and the error does not say that nothing was sent.

use std::{
    error::Error as _,
    io::{Read, Write},
    net::TcpListener,
    thread,
    time::Duration,
};

use proptest::{prelude::*, sample, test_runner::TestRunner};

use super::{
    cases,
    server::{Answer, Server},
};
use crate::{CallOptions, Error, ErrorKind, Outcome, Retries, cbr, zstack};

const ID: &str = "70820c8ead5144ebaf603b88e63a4d17";
const JOB: &str = "5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c";
/// The session, the token, and a password.
const SECRET: &str = "f00dfeedc0ffee";

/// The recorded answers, shortened, and what servers say when something went wrong.
const ANSWERS: [&str; 9] = [
    r#"{"infos":[{"id":"270c67e3699f72ba","created":"Nov 14, 2017 10:20:57 PM","size":7995392.0,"virtualsize":1.268E7}]}"#,
    r#"{"inventory":{"uuid":"c04683f1c53039d1bb0b0f0b601b5a5b","size":1048576.0,"lastOpDate":"Nov 14, 2017 10:20:57 PM"}}"#,
    r#"{"inventory":{"uuid":"db84847f4bd13c3399a45241a722ce80","size":1.07E9,"createDate":"Nov 14, 2017 10:20:57 PM"}}"#,
    r#"{"inventory":{"uuid":"70820c8ead5144ebaf603b88e63a4d17","deviceId":0.0,"createDate":"May 11, 2017 1:22:48 PM"}}"#,
    r#"{"location":"http://h/zstack/v1/api-jobs/5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c","apiTimeout":1.8E6}"#,
    r#"{"job_id":"4827f2da-b008-4507-ab7d-42d0df5ed912"}"#,
    r#"{"error":{"code":"SYS.1006","description":"f00dfeedc0ffee","details":"d","cause":{"code":"HOST.1001"}}}"#,
    r#"{"error":{"code":"ID.1001","description":"Session expired"}}"#,
    r#"{"error_code":"BackupService.9998","error_msg":"ssh://root:f00dfeedc0ffee@h","request_id":"1"}"#,
];

/// Parts of answers that mean something.
const PARTS: [&[u8]; 20] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b"\"",
    b"null",
    b"true",
    b"-1.5e999",
    b"\\u0000",
    b"\xff",
    b"\xf0\x9f\x98\x80",
    b"\"error\":{\"code\":\"",
    b"\"error\":",
    b"\"code\":",
    b"\"infos\":",
    b"\"size\":",
    b"%66%30%30%64%66%65%65%64c0ffee",
    b"f00dfeedc0ffee",
];

/// A recorded answer in which parts were taken out, put in or doubled.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<sample::Index>(), 0..20_usize, sample::select(PARTS.to_vec()), 0..3_u8);
    (sample::select(ANSWERS.to_vec()), prop::collection::vec(change, 0..6)).prop_map(|(answer, changes)| {
        let mut answer = answer.as_bytes().to_vec();
        for (place, length, part, kind) in changes {
            let at = place.index(answer.len() + 1);
            let end = (at + length).min(answer.len());
            match kind {
                0 => drop(answer.splice(at..end, part.iter().copied())),
                1 => drop(answer.splice(at..at, part.iter().copied())),
                _ => drop(answer.splice(at..at, answer[at..end].to_vec())),
            }
        }
        answer
    })
}

fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let any = prop::collection::vec(any::<u8>(), 0..200);
    let parts = prop::collection::vec(sample::select(PARTS.to_vec()), 0..12).prop_map(|parts| parts.concat());
    prop_oneof![3 => mutated(), 1 => any, 1 => parts]
}

fn statuses() -> impl Strategy<Value = u16> {
    let successes = sample::select(vec![200, 202]);
    prop_oneof![2 => successes, 1 => sample::select(vec![400, 401, 404, 500, 503]), 1 => 200..1000_u16]
}

fn headers() -> impl Strategy<Value = String> {
    let known =
        sample::select(vec!["retry-after", "x-request-id", "content-type", "location", "content-encoding", "date"]);
    let name = prop_oneof![known.prop_map(str::to_owned), "[a-z]{1,8}-[a-z]{1,8}"];
    let header = (name, "[ -~]{0,20}").prop_map(|(name, value)| format!("{name}: {value}\r\n"));
    prop::collection::vec(header, 0..4).prop_map(|headers| headers.concat())
}

/// Answers that are HTTP, and bytes that are none.
fn answers() -> impl Strategy<Value = Answer> {
    let http = (statuses(), headers(), bodies()).prop_map(|(status, headers, body)| {
        let mut bytes = format!("HTTP/1.1 {status} x\r\n{headers}content-length: {}\r\n\r\n", body.len()).into_bytes();
        bytes.extend(body);
        // These have no body, and what stands in its place would be the beginning of the next answer.
        Answer { bytes, is_last: matches!(status, 204 | 304) }
    });
    let bytes = (
        sample::select(vec![
            "",
            "HTTP/1.1 ",
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
        ]),
        prop::collection::vec(any::<u8>(), 0..60),
        bodies(),
    );
    let bytes = bytes
        .prop_map(|(start, middle, body)| Answer { bytes: [start.as_bytes(), &middle, &body].concat(), is_last: true });
    prop_oneof![4 => http, 1 => bytes]
}

/// The pause between two questions.
const MOMENT: Duration = Duration::from_millis(1);

/// Clients of a server.
struct Clients {
    zstack: zstack::Client,
    cbr: cbr::Client,
}

impl Clients {
    fn of(server: &Server) -> Self {
        // Each call on a connection of its own, and once: what comes of it is due to its answer alone.
        let http = || crate::http_builder().pool_max_idle_per_host(0);
        let retries = Retries::none();
        let zstack = zstack::Client::builder(&server.address, zstack::Session::new(SECRET).unwrap());
        let cbr = cbr::Client::builder(&server.address, cbr::Token::new(SECRET).unwrap());
        Self {
            zstack: zstack.retries(retries).poll_interval(MOMENT, MOMENT).http_client(http()).build().unwrap(),
            cbr: cbr.retries(retries).http_client(http()).build().unwrap(),
        }
    }

    /// Calls each operation, and asks for a job.
    async fn call_all(&self, server: &Server) -> [Result<(), Error>; 6] {
        // After a lost answer the client asks for the job, and hears at once that there is none.
        let pause = Duration::from_millis(1);
        let options = CallOptions::new().timeout(Duration::from_secs(60)).poll_interval(pause, pause);
        let password = format!("ssh://root:{SECRET}@store.example:22/store");
        let read = self.zstack.get_database_backup_from_image_store().url(password);
        let sync = self.zstack.sync_database_backup_from_image_store_backup_storage();
        let sync = sync.uuid(ID).src_backup_storage_uuid(ID).dst_backup_storage_uuid(ID);
        let recover = self.zstack.recover_backup_from_image_store_backup_storage();
        let recover = recover.uuid(ID).src_backup_storage_uuid(ID).dst_backup_storage_uuid(ID);
        let volume = self.zstack.recover_data_volume().uuid(ID);
        let job = self.zstack.job::<zstack::operation::RecoverDataVolume>(JOB.parse().unwrap());
        let restore = self.cbr.restore_backup().project_id(ID).backup_id(ID);
        [
            read.options(options).send().await.map(drop),
            sync.options(options).submit().await.map(drop),
            recover.options(options).submit().await.map(drop),
            volume.options(options).submit().await.map(drop),
            restore.options(options).send().await.map(drop),
            {
                server.answer_questions_too();
                job.options(options).poll().await.map(drop)
            },
        ]
    }
}

/// All that an error shows.
fn shown(error: &Error) -> String {
    let mut shown = format!("{error}\n{error:?}\n{error:#?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        shown.push_str(&format!("\n{error}\n{error:?}"));
        cause = error.source();
    }
    shown
}

#[test]
fn any_answer_gives_a_value_or_an_error_that_does_not_say_that_nothing_was_sent_and_shows_no_secret() {
    let server = Server::start();
    let clients = Clients::of(&server);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let result = TestRunner::new(cases(128)).run(&answers(), |answer| {
        server.answer(answer);
        let results = runtime.block_on(clients.call_all(&server));
        prop_assert!(server.requests() >= results.len(), "every call was sent");
        for error in results.into_iter().filter_map(Result::err) {
            prop_assert_ne!(error.outcome(), Outcome::NotSent, "{:?}", error);
            prop_assert!(error.outcome() != Outcome::Failed || error.server_error().is_some(), "{:?}", error);
            prop_assert!(!error.to_string().contains(char::is_control), "{:?}", error);
            prop_assert!(!shown(&error).contains(SECRET), "{:?}", error);
        }
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

/// A server that answers one request with 502, and takes no more connections.
fn answers_once() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let _ = connection.read(&mut [0; 4096]).unwrap();
        drop(listener);
        connection.write_all(b"HTTP/1.1 502 x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").unwrap();
    });
    address
}

#[test]
fn a_read_that_came_to_the_server_before_is_not_called_not_sent() {
    let pause = Duration::from_millis(1);
    let zstack = zstack::Client::builder(&answers_once(), zstack::Session::new(SECRET).unwrap())
        .retries(Retries::default().pauses(pause, pause))
        .build()
        .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let call = zstack.get_database_backup_from_image_store().url("ssh://root@store.example");
    let error = runtime.block_on(call.send()).unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::Unknown), "{error:?}");
}
