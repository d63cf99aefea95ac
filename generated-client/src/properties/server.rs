//! A server that answers what it is told to, byte for byte.

use std::{
    fmt,
    io::{self, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// What a server answers to whatever it is asked.
#[derive(Clone, Default)]
pub(super) struct Answer {
    /// As it stands on the wire.
    pub(super) bytes: Vec<u8>,
    /// Whether the connection ends with it.
    pub(super) is_last: bool,
}

impl Answer {
    fn job_is_unknown() -> Self {
        Self { bytes: b"HTTP/1.1 404 x\r\ncontent-length: 0\r\n\r\n".to_vec(), is_last: false }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = if self.is_last { ", and the connection ends" } else { "" };
        write!(formatter, "\"{}\"{last}", self.bytes.escape_ascii())
    }
}

/// A server on a port of its own, for as long as the test program runs.
pub(super) struct Server {
    pub(super) address: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    answer: Answer,
    /// Whether questions for jobs are answered so too, and not with 404.
    is_for_questions: bool,
    /// How many requests have come, whole.
    requests: usize,
}

impl Server {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::<Mutex<State>>::default();
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                thread::spawn(move || serve(connection, &shared));
            }
        });
        Self { address, state }
    }

    /// Answers this from now on, and counts requests from none. Questions for jobs are answered with 404.
    pub(super) fn answer(&self, answer: Answer) {
        *self.state.lock().unwrap() = State { answer, is_for_questions: false, requests: 0 };
    }

    /// Answers questions for jobs as everything else from now on.
    pub(super) fn answer_questions_too(&self) {
        self.state.lock().unwrap().is_for_questions = true;
    }

    pub(super) fn requests(&self) -> usize {
        self.state.lock().unwrap().requests
    }
}

/// Answers request after request, until an answer ends the connection or the client does.
fn serve(mut connection: TcpStream, state: &Mutex<State>) -> io::Result<()> {
    let mut received = Vec::new();
    loop {
        let end = loop {
            match end_of_request(&received) {
                Some(end) => break end,
                None if read(&mut connection, &mut received)? == 0 => return Ok(()),
                None => {}
            }
        };
        let request: Vec<u8> = received.drain(..end).collect();
        let is_question = request.windows(10).any(|part| part == b"/api-jobs/");
        let answer = {
            let mut state = state.lock().unwrap();
            state.requests += 1;
            if is_question && !state.is_for_questions { Answer::job_is_unknown() } else { state.answer.clone() }
        };
        connection.write_all(&answer.bytes)?;
        if answer.is_last {
            connection.shutdown(Shutdown::Write)?;
            // What the client still sends is read, so that no part of the answer is lost to a reset.
            while read(&mut connection, &mut received)? > 0 {}
            return Ok(());
        }
    }
}

fn read(connection: &mut TcpStream, received: &mut Vec<u8>) -> io::Result<usize> {
    let mut part = [0; 4096];
    let length = connection.read(&mut part)?;
    received.extend_from_slice(&part[..length]);
    Ok(length)
}

/// Where the first request ends, if it is there whole.
fn end_of_request(received: &[u8]) -> Option<usize> {
    let head = received.windows(4).position(|end| end == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&received[..head]).to_ascii_lowercase();
    let length = text.split("content-length:").nth(1).and_then(|rest| rest.lines().next()?.trim().parse().ok());
    let end = head + length.unwrap_or(0);
    (received.len() >= end).then_some(end)
}
