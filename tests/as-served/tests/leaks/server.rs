//! A server on loopback that takes requests as the bytes that they are, and answers with the bytes that it is told.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A request, byte for byte.
#[derive(Debug, Clone)]
pub struct Request {
    /// The first line and the headers, without the empty line.
    pub head: String,
    pub body: String,
}

impl Request {
    /// The first line's first word.
    pub fn method(&self) -> &str {
        self.head.split(' ').next().unwrap_or_default()
    }

    /// Names, in lower case, and values of the headers, in their order.
    pub fn headers(&self) -> Vec<(String, &str)> {
        let lines = self.head.split("\r\n").skip(1);
        lines
            .map(|line| line.split_once(':').expect("a header"))
            .map(|(name, value)| (name.to_lowercase(), value.trim()))
            .collect()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers().into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

/// An answer: status, more headers (each with its line's end), body.
pub struct Answer(pub u16, pub String, pub String);

/// A server that runs until it is dropped.
pub struct Server {
    pub url: String,
    requests: Arc<Mutex<Vec<Request>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Answers each request with what `answer` makes of it.
    pub async fn start(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&requests);
        let answer = Arc::new(answer);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
                tokio::spawn(async move { serve(stream, &kept, &*answer).await });
            }
        });
        Self { url, requests, task }
    }

    /// What was sent since it was asked last.
    pub fn take_requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.requests.lock().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One request and its answer. A client that leaves in between is no failure of the server's.
async fn serve(mut stream: TcpStream, kept: &Mutex<Vec<Request>>, answer: &(dyn Fn(&Request) -> Answer + Send + Sync)) {
    let Some(request) = read(&mut stream).await else { return };
    let Answer(status, headers, body) = answer(&request);
    kept.lock().unwrap().push(request);
    let head =
        format!("HTTP/1.1 {status} Said\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n", body.len());
    let _ = stream.write_all(&[head.into_bytes(), body.into_bytes()].concat()).await;
    let _ = stream.shutdown().await;
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let request = Request { head: head.to_owned(), body: body.to_owned() };
            let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
            if request.body.len() >= length {
                return Some(request);
            }
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}
