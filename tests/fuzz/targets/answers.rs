//! Any bytes as the answer of a call, through the whole client over loopback: a value, or an error whose outcome is true
//! and that shows no secret.
//!
//! The first byte of the input chooses the operation, the next two the status. The rest is the body; or, of a status that
//! no answer has, the whole answer as it stands on the wire.

#![no_main]

use std::{cell::RefCell, error::Error as _, rc::Rc, time::Duration};

use generated_client::{CallOptions, Error, Outcome, Retries, cbr, zstack};
use libfuzzer_sys::fuzz_target;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime::{Builder, Runtime},
    task::LocalSet,
};

const ID: &str = "70820c8ead5144ebaf603b88e63a4d17";
const JOB: &str = "5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c";
/// The session, and the token. `dictionaries/answers.dict` has it, so that answers repeat it.
const SECRET: &str = "f00dfeedc0ffee";
/// An address with a password that is the same secret.
const URL: &str = "ssh://root:f00dfeedc0ffee@store.example:22/store";

fuzz_target!(|input: &[u8]| {
    thread_local!(static BENCH: Bench = Bench::new());
    let [choice, high, low, rest @ ..] = input else { return };
    let status = u16::from_be_bytes([*high, *low]);
    let answer = if (200..=999).contains(&status) {
        let bodiless = matches!(status, 204 | 304);
        let mut bytes = format!("HTTP/1.1 {status} x\r\ncontent-length: {}\r\n\r\n", rest.len()).into_bytes();
        bytes.extend_from_slice(rest);
        Answer { bytes, close: bodiless }
    } else {
        Answer { bytes: rest.to_vec(), close: true }
    };
    BENCH.with(|bench| bench.check(*choice, answer));
});

/// What the server answers to whatever it is asked.
#[derive(Default)]
struct Answer {
    bytes: Vec<u8>,
    close: bool,
}

/// What server and test share.
#[derive(Default)]
struct Shared {
    answer: Answer,
    /// Whether questions for jobs are answered so too, and not with 404.
    is_for_questions: bool,
    /// How many requests have arrived whole.
    requests: usize,
}

/// A server and clients of it, on one thread.
struct Bench {
    runtime: Runtime,
    tasks: LocalSet,
    shared: Rc<RefCell<Shared>>,
    zstack: zstack::Client,
    cbr: cbr::Client,
}

impl Bench {
    fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let (tasks, shared) = (LocalSet::new(), Rc::<RefCell<Shared>>::default());
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        tasks.spawn_local(serve(listener, shared.clone()));
        let session = zstack::Session::new(SECRET).expect("a session");
        let zstack = zstack::Client::builder(&address, session).retries(Retries::none());
        let token = cbr::Token::new(SECRET).expect("a token");
        let cbr = cbr::Client::builder(&address, token).retries(Retries::none());
        Self { runtime, tasks, shared, zstack: zstack.build().expect("a client"), cbr: cbr.build().expect("a client") }
    }

    fn check(&self, choice: u8, answer: Answer) {
        *self.shared.borrow_mut() = Shared { answer, is_for_questions: choice % 6 == 4, requests: 0 };
        let Err(error) = self.tasks.block_on(&self.runtime, self.call(choice)) else { return };
        if error.outcome() == Outcome::NotSent {
            assert_eq!(self.shared.borrow().requests, 0, "{error:?}");
        }
        if error.outcome() == Outcome::Failed {
            assert!(error.server_error().is_some(), "{error:?}");
        }
        let mut shown = format!("{error}\n{error:?}\n{error:#?}");
        assert!(!error.to_string().contains(char::is_control), "{error:?}");
        let mut source = error.source();
        while let Some(cause) = source {
            shown.push_str(&format!("{cause}{cause:?}"));
            source = cause.source();
        }
        assert!(!shown.contains(SECRET), "{shown}");
    }

    async fn call(&self, choice: u8) -> Result<(), Error> {
        // After a lost answer the client asks for the job, and hears at once that there is none.
        let pause = Duration::from_millis(1);
        let options = CallOptions::new().timeout(Duration::from_secs(10)).poll_interval(pause, pause);
        let job = JOB.parse().expect("a name");
        let zstack = &self.zstack;
        match choice % 6 {
            0 => {
                let call = zstack.get_database_backup_from_image_store().url(URL);
                call.options(options).send().await.map(drop)
            }
            1 => {
                let call = zstack.sync_database_backup_from_image_store_backup_storage();
                let call = call.uuid(ID).src_backup_storage_uuid(ID).dst_backup_storage_uuid(ID);
                call.job_uuid(job).options(options).submit().await.map(drop)
            }
            2 => {
                let call = zstack.recover_backup_from_image_store_backup_storage();
                let call = call.uuid(ID).src_backup_storage_uuid(ID).dst_backup_storage_uuid(ID);
                call.job_uuid(job).options(options).submit().await.map(drop)
            }
            3 => zstack.recover_data_volume().uuid(ID).job_uuid(job).options(options).submit().await.map(drop),
            4 => zstack.job::<zstack::operation::RecoverDataVolume>(job).options(options).poll().await.map(drop),
            _ => self.cbr.restore_backup().project_id(ID).backup_id(ID).options(options).send().await.map(drop),
        }
    }
}

async fn serve(listener: TcpListener, shared: Rc<RefCell<Shared>>) {
    while let Ok((connection, _)) = listener.accept().await {
        tokio::task::spawn_local(answer(connection, shared.clone()));
    }
}

/// Answers request after request, until an answer ends the connection or the client does.
async fn answer(mut connection: TcpStream, shared: Rc<RefCell<Shared>>) -> Option<()> {
    let mut received = Vec::new();
    loop {
        let end = loop {
            if let Some(end) = end_of_request(&received) {
                break end;
            }
            if connection.read_buf(&mut received).await.ok()? == 0 {
                return None;
            }
        };
        let is_question = received[..end].windows(10).any(|part| part == b"/api-jobs/");
        received.drain(..end);
        let (bytes, close) = {
            let mut shared = shared.borrow_mut();
            shared.requests += 1;
            match is_question && !shared.is_for_questions {
                true => (b"HTTP/1.1 404 x\r\ncontent-length: 0\r\n\r\n".to_vec(), false),
                false => (shared.answer.bytes.clone(), shared.answer.close),
            }
        };
        connection.write_all(&bytes).await.ok()?;
        if close {
            connection.shutdown().await.ok()?;
            // What the client still sends is read, so that nothing of the answer is lost to a reset.
            while connection.read_buf(&mut received).await.ok()? > 0 {}
            return None;
        }
    }
}

/// Where the first request ends, if it is there whole.
fn end_of_request(received: &[u8]) -> Option<usize> {
    let head = received.windows(4).position(|end| end == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&received[..head]).to_ascii_lowercase();
    let length = text.split("content-length:").nth(1).and_then(|rest| rest.lines().next()?.trim().parse().ok());
    let end = head + length.unwrap_or(0);
    (received.len() >= end).then_some(end)
}
