//! Calls the added operation once, against a listener of its own, and prints what came of it.

use std::error::Error;

use generated_client::SERVICE;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut request = vec![0; 8192];
        let length = stream.read(&mut request).await.expect("a request");
        let request = String::from_utf8_lossy(&request[..length]).into_owned();
        println!("{}", request.lines().next().unwrap_or_default());
        let answer = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"inventory\":{\"size\":1.073741824E9}}";
        stream.write_all(answer.as_bytes()).await.expect("an answer that is read");
    });
    let client = SERVICE::Client::new(&base_url, SERVICE::CREDENTIALS::new("5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c")?)?;
    let answer = client.FUNCTION().uuid("70820c8e").labels(["a::b"]).send().await?;
    println!("{:?}", answer.inventory.as_ref().and_then(|volume| volume.size));
    Ok(())
}
