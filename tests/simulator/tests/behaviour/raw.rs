//! A client that hides nothing: it writes requests, and keeps what comes back byte for byte.

use std::time::Duration;

use crate::common::*;
use simulator::{Operation, Simulator, sample};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// More of an answer than this is not read, in bytes.
const ENOUGH: usize = 4 * 1024 * 1024;

/// How reading an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// The whole answer is there, and the connection is open.
    Open,
    /// The server has closed the connection.
    Closed,
    /// The server has reset the connection.
    Reset,
    /// There is more than anybody wants.
    Enough,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) bytes: Vec<u8>,
    pub(crate) end: End,
}

impl Seen {
    fn split(&self) -> Option<(&[u8], &[u8])> {
        let at = self.bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
        Some(self.bytes.split_at(at))
    }

    /// `None`: the head is not whole.
    pub(crate) fn head(&self) -> Option<String> {
        Some(String::from_utf8(self.split()?.0.to_vec()).unwrap())
    }

    pub(crate) fn body(&self) -> &[u8] {
        self.split().map_or(&[], |(_, body)| body)
    }

    pub(crate) fn status(&self) -> Option<u16> {
        self.head()?.split(' ').nth(1)?.parse().ok()
    }

    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let head = self.head()?;
        let mut lines = head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    }

    /// The body's length as it was announced.
    pub(crate) fn length(&self) -> Option<usize> {
        self.header("content-length")?.parse().ok()
    }

    fn is_whole(&self) -> bool {
        self.length().is_some_and(|length| self.body().len() >= length)
    }
}

/// A connection.
pub(crate) struct Raw(TcpStream);

impl Raw {
    pub(crate) async fn connect(simulator: &Simulator) -> Self {
        Self(TcpStream::connect(simulator.address()).await.unwrap())
    }

    /// Sends a request, and reads its answer as far as it comes.
    pub(crate) async fn call(&mut self, request: &str) -> Seen {
        // The server may have ended the connection already.
        let sent = self.0.write_all(request.as_bytes()).await;
        let mut seen = Seen { bytes: Vec::new(), end: End::Open };
        if sent.is_err() {
            seen.end = End::Reset;
        }
        while seen.end == End::Open && !seen.is_whole() {
            self.read(&mut seen).await;
        }
        seen
    }

    /// Waits for the connection to end.
    pub(crate) async fn end(&mut self) -> End {
        let mut seen = Seen { bytes: Vec::new(), end: End::Open };
        let _ = tokio::time::timeout(Duration::from_millis(500), self.read(&mut seen)).await;
        assert!(seen.bytes.is_empty(), "{seen:?}");
        seen.end
    }

    async fn read(&mut self, seen: &mut Seen) {
        let mut buffer = vec![0; 64 * 1024];
        match self.0.read(&mut buffer).await {
            Ok(0) => seen.end = End::Closed,
            Ok(read) => seen.bytes.extend_from_slice(&buffer[..read]),
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => seen.end = End::Reset,
            Err(error) => panic!("{error}"),
        }
        if seen.bytes.len() > ENOUGH {
            seen.end = End::Enough;
        }
    }
}

/// A request of an operation that the sample's servers carry out, whole.
pub(crate) fn request(operation: Operation) -> String {
    let storages = |key: &str| format!(r#"{{"{key}":{STORAGES}}}"#);
    let (method, target, body) = match operation {
        Operation::RecoverDataVolume => ("PUT", volume(), RECOVER.to_owned()),
        Operation::RecoverBackupFromImageStoreBackupStorage => {
            ("PUT", volume_backup(), storages("recoverBackupFromImageStoreBackupStorage"))
        }
        Operation::SyncDatabaseBackupFromImageStoreBackupStorage => {
            ("PUT", database_backup(), storages("syncDatabaseBackupFromImageStoreBackupStorage"))
        }
        Operation::GetDatabaseBackupFromImageStore => {
            ("GET", image_store(&format!("?{IMAGE_STORE_URL}")), String::new())
        }
        Operation::QueryJob => ("GET", format!("/zstack/v1/api-jobs/{}", sample::JOB), String::new()),
        Operation::RestoreBackup => ("POST", restore(), to_disk()),
        other => panic!("{other:?}"),
    };
    let (oauth, token, length) = (OAUTH.1, TOKEN.1, body.len());
    format!(
        "{method} {target} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: {oauth}\r\nx-auth-token: {token}\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
}

/// The resource that the request changes; `None` if it changes nothing.
pub(crate) fn resource(operation: Operation) -> Option<&'static str> {
    match operation {
        Operation::RecoverDataVolume => Some(sample::VOLUME),
        Operation::RecoverBackupFromImageStoreBackupStorage => Some(sample::VOLUME_BACKUP),
        Operation::SyncDatabaseBackupFromImageStoreBackupStorage => Some(sample::DATABASE_BACKUP),
        Operation::RestoreBackup => Some(sample::BACKUP),
        _ => None,
    }
}
