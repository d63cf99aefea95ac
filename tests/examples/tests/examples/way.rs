//! The way to a server in a company: a proxy, and TLS with a certificate of the company's own authority.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
};

/// A certificate or key of this package: see its folder `certificates`.
pub(crate) fn pem(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("certificates").join(name)
}

/// TLS for `zstack.example` in front of a server that has none. Returns its address.
pub(crate) async fn tls_in_front_of(server: SocketAddr) -> SocketAddr {
    let chain: Vec<_> = CertificateDer::pem_file_iter(pem("server.pem")).unwrap().map(Result::unwrap).collect();
    let key = PrivateKeyDer::from_pem_file(pem("server-key.pem")).unwrap();
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                // A client that does not accept the certificate is gone.
                if let Ok(stream) = acceptor.accept(stream).await {
                    join(stream, server).await;
                }
            });
        }
    });
    address
}

/// A proxy that everything goes through, and what it was asked: the heads of requests.
pub(crate) struct Proxy {
    pub(crate) url: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// A proxy that knows one server, whatever name it is asked for.
    pub(crate) async fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let heads: Arc<Mutex<Vec<String>>> = Arc::default();
        let seen = heads.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let seen = seen.clone();
                tokio::spawn(async move {
                    let head = head(&mut stream).await;
                    seen.lock().unwrap().push(head);
                    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.unwrap();
                    join(stream, server).await;
                });
            }
        });
        Self { url, heads }
    }

    /// The heads of the requests that it got.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

/// Reads as far as the empty line.
async fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    String::from_utf8(head).unwrap()
}

/// Passes on what comes from either side. How connections end is nobody's concern here.
async fn join(mut stream: impl AsyncRead + AsyncWrite + Unpin, server: SocketAddr) {
    let mut server = TcpStream::connect(server).await.unwrap();
    let _ = copy_bidirectional(&mut stream, &mut server).await;
}
