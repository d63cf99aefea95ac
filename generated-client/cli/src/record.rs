//! A listener on the machine itself that takes one request down, and never answers it.

use std::{convert::Infallible, future::pending, io, net::Ipv4Addr};

use http_body_util::{BodyExt, Empty};
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::{
    net::TcpListener,
    sync::mpsc::{UnboundedSender, unbounded_channel},
};

/// A request as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recorded {
    pub(crate) method: String,
    /// Path and query, percent-encoded.
    pub(crate) target: String,
    /// Names in lower case, in their order.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// A listener for one request.
pub(crate) struct Recorder {
    listener: TcpListener,
    port: u16,
}

impl Recorder {
    /// Listens on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// When none can be listened on.
    pub(crate) async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        Ok(Self { listener, port })
    }

    /// Its address, with this path in front of all others.
    pub(crate) fn url(&self, prefix: &str) -> String {
        format!("http://127.0.0.1:{}{prefix}", self.port)
    }

    /// The next request. It is not answered: whoever waits for that is to be dropped.
    ///
    /// # Errors
    /// When the connection breaks before the request is there.
    pub(crate) async fn request(&self) -> io::Result<Recorded> {
        let (stream, _) = self.listener.accept().await?;
        let (heard, mut recorded) = unbounded_channel();
        let connection = http1::Builder::new()
            .serve_connection(TokioIo::new(stream), service_fn(|request| take(request, heard.clone())));
        tokio::select! {
            biased;
            Some(recorded) = recorded.recv() => Ok(recorded),
            ended = connection => {
                Err(ended.err().map_or_else(|| io::ErrorKind::UnexpectedEof.into(), io::Error::other))
            }
        }
    }
}

async fn take(
    request: Request<Incoming>,
    heard: UnboundedSender<Recorded>,
) -> Result<Response<Empty<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    if let Ok(body) = body.collect().await {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let header = |(name, value): (&hyper::header::HeaderName, &hyper::header::HeaderValue)| {
            (name.to_string(), text(value.as_bytes()))
        };
        let recorded = Recorded {
            method: head.method.to_string(),
            target: head.uri.to_string(),
            headers: head.headers.iter().map(header).collect(),
            body: text(&body.to_bytes()),
        };
        // Whoever no longer listens has given up.
        let _ = heard.send(recorded);
    }
    pending().await
}
