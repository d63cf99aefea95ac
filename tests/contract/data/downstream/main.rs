//! Calls each service once, against a listener of its own, and prints what came of it.

use std::error::Error;

use generated_client::{cbr, zstack};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// A server on loopback that gives this answer to one request.
async fn answering(answer: &'static str) -> Result<String, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut request = vec![0; 8192];
        let length = stream.read(&mut request).await.expect("a request");
        let request = String::from_utf8_lossy(&request[..length]).into_owned();
        println!("{}", request.lines().next().unwrap_or_default());
        stream.write_all(answer.as_bytes()).await.expect("an answer that is read");
    });
    Ok(format!("http://{address}"))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let base_url = answering("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"inventory\":{\"size\":1.073741824E9}}").await?;
    let zstack = zstack::Client::new(&base_url, zstack::Session::new("5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c")?)?;
    let answer = zstack.recover_data_volume().uuid("70820c8e").system_tags(["a::b"]).send().await?;
    println!("{:?}", answer.inventory.as_ref().and_then(|volume| volume.size));

    let base_url = answering("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n").await?;
    let cbr = cbr::Client::new(&base_url, cbr::Token::new("gAAAA")?)?;
    let accepted = cbr.restore_backup().project_id("p").backup_id("b").volume_id("v").power_on(false).send().await?;
    println!("{}", accepted.status());
    Ok(())
}
