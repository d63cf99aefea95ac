//! A relay before the stand-in server that breaks its first connection.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// Where the first connection breaks: the server has the request by then.
#[derive(Debug, Clone, Copy)]
pub enum Break {
    BeforeTheAnswer,
    WithinTheAnswer,
}

/// Starts the relay, and returns its address as a URL.
pub async fn start(server: SocketAddr, first: Break) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut first = Some(first);
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(server).await.unwrap();
            match first.take() {
                Some(at) => broken(client, server, at).await,
                None => drop(tokio::spawn(whole(client, server))),
            }
        }
    });
    url
}

async fn whole(mut client: TcpStream, mut server: TcpStream) {
    // Whoever closes first ends it; that is no failure of the relay's.
    let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
}

async fn broken(mut client: TcpStream, mut server: TcpStream, at: Break) {
    let (mut from_client, mut to_client) = client.split();
    let (mut from_server, mut to_server) = server.split();
    let mut answer = [0; 64];
    tokio::select! {
        _ = tokio::io::copy(&mut from_client, &mut to_server) => panic!("the client closed first"),
        read = from_server.read_exact(&mut answer) => assert_eq!(read.unwrap(), answer.len()),
    }
    if matches!(at, Break::WithinTheAnswer) {
        to_client.write_all(&answer).await.unwrap();
    }
}
