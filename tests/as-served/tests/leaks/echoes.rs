//! Answers that repeat the whole request, in every encoding, shape and status: no error prints the secrets in them.

use std::time::Duration;

use generated_client::{CallOptions, Error};
use tokio::task::JoinSet;

use crate::{
    calls::{self, Clients, OPERATIONS},
    capture,
    encodings::{ENCODINGS, Encoding, json},
    prints::of_error,
    secrets::{OTHER_JOB, Secrets},
    server::{Answer, Request as Sent, Server},
};

/// The statuses that are told apart: successes whose body can't be read, and every kind of failure.
const STATUSES: [u16; 11] = [200, 202, 400, 401, 403, 404, 408, 429, 500, 502, 503];

/// What an answer's body makes of what it repeats.
type Shape = (&'static str, fn(&str) -> String);

/// The shapes of answers: pages, the known shapes of errors with the text in each of their fields, and successes with
/// the text where something else belongs.
const SHAPES: [Shape; 13] = [
    ("text", str::to_owned),
    ("page", |said| format!("<html><h1>Bad Gateway</h1><pre>{said}</pre></html>")),
    ("ZStack's error", |said| {
        let said = json(said);
        format!(
            r#"{{"error":{{"code":"SYS.1006","description":"{said}","details":"{said}","cause":{{"details":"{said}"}}}}}}"#
        )
    }),
    ("ZStack's code", |said| format!(r#"{{"error":{{"code":"{0}","cause":{{"code":"{0}"}}}}}}"#, json(said))),
    ("CBR's error", |said| format!(r#"{{"error_code":"BackupService.6024","error_msg":"{}"}}"#, json(said))),
    ("the gateway's error", |said| format!(r#"{{"error_code":"{0}","error_msg":"{0}","request_id":"1"}}"#, json(said))),
    ("the name of a request", |said| format!(r#"{{"message":"no","request_id":"{}"}}"#, json(said))),
    ("the identity service's error", |said| format!(r#"{{"error":{{"code":401,"message":"{}"}}}}"#, json(said))),
    ("a text for an object", |said| format!(r#"{{"inventory":"{0}","infos":"{0}","job_id":["{0}"]}}"#, json(said))),
    ("a text for an error", |said| format!(r#"{{"error":"{}","job_id":1}}"#, json(said))),
    ("a key that nobody knows", |said| format!(r#"{{"{}":nothing}}"#, json(said))),
    ("a key of an error", |said| {
        format!(r#"{{"error":{{"code":"1","opaque":{{"{}":1e999}}}},"job_id":1}}"#, json(said))
    }),
    ("a body that ends early", |said| format!(r#"{{"job_id":"1","error":{{"details":"{}"#, json(said))),
];

/// How the server is to answer a call.
#[derive(Clone, Copy)]
struct Script {
    status: u16,
    shape: Shape,
    encoding: Encoding,
    /// Whether a job is accepted first, and each question for it answered so.
    job: bool,
}

/// The parts of a request with secrets in them first: an error shows the start of an answer only.
fn told(request: &Sent) -> String {
    let mut headers: Vec<String> =
        request.headers().into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
    headers.sort_by_key(|header| !header.starts_with("auth") && !header.starts_with("x-"));
    let line = request.head.split("\r\n").next().unwrap_or_default();
    format!("{line} {} {}", headers.join(" "), request.body)
}

fn answer(script: Script, request: &Sent) -> Answer {
    let Script { status, shape: (_, shape), encoding: (_, encode), job } = script;
    if job && request.method() == "PUT" {
        return Answer(202, String::new(), format!(r#"{{"location":"http://h/zstack/v1/api-jobs/{OTHER_JOB}"}}"#));
    }
    if !job && request.head.contains("/api-jobs/") {
        return Answer(404, String::new(), String::new());
    }
    let said = encode(&told(request));
    // A header that repeats it too, as far as it can be one.
    let header: String = said.chars().filter(|c| c.is_ascii_graphic()).take(500).collect();
    Answer(status, format!("x-echo: {header}\r\nset-cookie: {header}\r\n"), shape(&said))
}

/// The answers to a request: every shape in every encoding where the status is 200 or 500, and for every other status
/// every shape, in one encoding after the other. Operations have most of their way in common: the first two of them get
/// one encoding after the other for all statuses.
fn scripts(request: Request) -> Vec<Script> {
    let Request { operation, job } = request;
    let first = OPERATIONS.iter().position(|known| *known == operation).unwrap_or_default();
    let mut scripts = Vec::new();
    for (row, status) in STATUSES.into_iter().enumerate() {
        for (column, shape) in SHAPES.into_iter().enumerate() {
            let one = (first + row + column) % ENCODINGS.len();
            let all = matches!(status, 200 | 500) && !OPERATIONS[..2].contains(&operation);
            for encoding in if all { &ENCODINGS[..] } else { &ENCODINGS[one..=one] } {
                scripts.push(Script { status, shape, encoding: *encoding, job });
            }
        }
    }
    scripts
}

/// A request that is answered so.
#[derive(Clone, Copy)]
struct Request {
    operation: &'static str,
    /// Whether it is the question for the operation's job.
    job: bool,
}

/// How many calls are under way at once.
const AT_ONCE: usize = 150;

/// Makes a call against every answer to it; `add` adds the secrets of what was sent. Returns how many of them failed.
async fn failed(request: Request, client: fn(&str) -> Clients, add: fn(&mut Secrets, &Sent)) -> usize {
    let Request { operation, job } = request;
    // The number of a script is the first segment of the path.
    let number = |sent: &Sent| -> usize { sent.head.split('/').nth(1).unwrap().parse().unwrap() };
    let scripts = scripts(request);
    let known = scripts.clone();
    let server = Server::start(move |sent| answer(known[number(sent)], sent)).await;
    let _capture = capture::begin();
    let mut failed = 0;
    for first in (0..scripts.len()).step_by(AT_ONCE) {
        let mut calls = JoinSet::new();
        for number in first..scripts.len().min(first + AT_ONCE) {
            let clients = client(&format!("{}/{number}", server.url));
            calls.spawn(async move { (number, call(&clients, request).await) });
        }
        let answers = calls.join_all().await;
        let mut secrets = Secrets::known();
        server.take_requests().iter().for_each(|sent| add(&mut secrets, sent));
        assert_eq!(secrets.found_in(&capture::taken()), [""; 0], "{operation}");
        for (number, error) in answers.into_iter().filter_map(|(number, answer)| Some((number, answer.err()?))) {
            failed += 1;
            let Script { status, shape, encoding, .. } = scripts[number];
            let case = format!("{operation}, job {job}: {status}, {}, {}", shape.0, encoding.0);
            assert_eq!(secrets.found_in(&of_error(&error)), [""; 0], "{case}");
        }
    }
    failed
}

/// A question that may be answered later is asked until the call's time is up.
async fn call(clients: &Clients, Request { operation, job }: Request) -> Result<(), Error> {
    let options = if job { CallOptions::new().timeout(Duration::from_millis(500)) } else { CallOptions::new() };
    let pause = Duration::from_millis(100);
    calls::call(clients, operation, options.poll_interval(if job { pause } else { Duration::ZERO }, pause)).await
}

/// One test for each, so that they share the machine's cores.
macro_rules! echoes {
    ($($name:ident($operation:expr, $job:expr) > $failed:expr;)*) => {$(
        #[tokio::test]
        async fn $name() {
            let request = Request { operation: $operation, job: $job };
            let failed = failed(request, |url| Clients::new(url, calls::session()), |_, _| {}).await;
            assert!(failed > $failed, "{failed}");
        }
    )*};
}

echoes! {
    a_recovery_of_a_backup_prints_no_secret_that_is_repeated(OPERATIONS[0], false) > 100;
    a_sync_of_a_backup_prints_no_secret_that_is_repeated(OPERATIONS[1], false) > 100;
    a_recovery_of_a_volume_prints_no_secret_that_is_repeated(OPERATIONS[2], false) > 300;
    a_list_of_backups_prints_no_secret_that_is_repeated(OPERATIONS[3], false) > 300;
    a_restore_prints_no_secret_that_is_repeated(OPERATIONS[4], false) > 300;
    a_question_for_a_recovery_of_a_backup_prints_no_secret_that_is_repeated(OPERATIONS[0], true) > 100;
    a_question_for_a_sync_of_a_backup_prints_no_secret_that_is_repeated(OPERATIONS[1], true) > 100;
    a_question_for_a_recovery_of_a_volume_prints_no_secret_that_is_repeated(OPERATIONS[2], true) > 300;
}

#[tokio::test]
async fn a_signed_request_prints_no_secret_that_is_repeated() {
    for (operation, job) in [(OPERATIONS[0], false), (OPERATIONS[1], true), (OPERATIONS[3], false)] {
        let client = |url: &str| Clients::new(url, calls::access_key());
        let failed = failed(Request { operation, job }, client, |secrets, sent| {
            let key = sent.header("authorization").and_then(|key| key.strip_prefix("ZStack k3y1d:"));
            secrets.add("signature", key.expect("a signature"));
        });
        assert!(failed.await > 100);
    }
}
