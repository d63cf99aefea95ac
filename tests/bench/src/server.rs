//! The server that is called: on loopback, as small as can be, so that what is measured is the client.
//!
//! It answers with the recorded responses. One thread per connection, nothing allocated while it answers, nothing checked.

use std::{
    io::{self, Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    sync::Arc,
    thread,
};

use crate::recorded::Recorded;

/// The longest request that it reads, in bytes.
const LONGEST_REQUEST: usize = 8 << 10;

/// What threads need here; there can be a thousand of them.
const STACK: usize = 64 << 10;

/// What [`bench_caller::JOB_VOLUME`] begins with.
const JOB: &[u8] = b"PUT /zstack/v1/volumes/ffff";

/// Whole answers, head and body.
struct Answers {
    list: Vec<u8>,
    restore: Vec<u8>,
    recover: Vec<u8>,
    accepted: Vec<u8>,
}

/// Starts it. It answers for as long as the process lives.
///
/// # Errors
/// When there is no port to be had.
pub fn start(recorded: &Recorded) -> io::Result<SocketAddr> {
    let answers = Arc::new(Answers {
        list: answer("200 OK", &recorded.list),
        restore: answer("202 Accepted", r#"{"job_id":"6bfbcd2a-3a04-4f2d-8fd8-3c4e2f3f0f4e"}"#),
        recover: answer("200 OK", &recorded.volume),
        accepted: answer("202 Accepted", r#"{"location":"http://127.0.0.1/zstack/v1/api-jobs/","apiTimeout":1800000}"#),
    });
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    thread::Builder::new().spawn(move || {
        for connection in listener.incoming().flatten() {
            let answers = Arc::clone(&answers);
            // Without a thread the connection is closed, and the client says so.
            let _ = thread::Builder::new().stack_size(STACK).spawn(move || serve(connection, &answers));
        }
    })?;
    Ok(address)
}

fn answer(status: &str, body: &str) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nDate: Sat, 21 Nov 2026 12:00:00 GMT\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body.as_bytes()].concat()
}

/// Answers until the client closes the connection.
fn serve(mut connection: TcpStream, answers: &Answers) -> io::Result<()> {
    connection.set_nodelay(true)?;
    let mut buffer = [0; LONGEST_REQUEST];
    let mut filled = 0;
    loop {
        let end = loop {
            if let Some(end) = request_end(&buffer[..filled]) {
                break end;
            }
            match connection.read(&mut buffer[filled..])? {
                0 => return Ok(()),
                read => filled += read,
            }
        };
        connection.write_all(answers.to(&buffer[..end]))?;
        buffer.copy_within(end..filled, 0);
        filled -= end;
    }
}

/// Where the first request ends, if all of it is there.
fn request_end(received: &[u8]) -> Option<usize> {
    const NAME: &[u8] = b"content-length:";
    let head = received.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let mut lines = received[..head].split(|byte| *byte == b'\n');
    let length = lines.find_map(|line| line.get(..NAME.len())?.eq_ignore_ascii_case(NAME).then(|| &line[NAME.len()..]));
    let digits = length.unwrap_or_default().iter().filter(|byte| byte.is_ascii_digit());
    let body = digits.fold(0, |number, digit| number * 10 + usize::from(digit - b'0'));
    (received.len() >= head + body).then_some(head + body)
}

impl Answers {
    fn to(&self, request: &[u8]) -> &[u8] {
        match request {
            [b'P', b'O', ..] => &self.restore,
            _ if request.starts_with(JOB) => &self.accepted,
            _ if request.starts_with(b"GET /zstack/v1/database-backups") => &self.list,
            _ => &self.recover,
        }
    }
}
