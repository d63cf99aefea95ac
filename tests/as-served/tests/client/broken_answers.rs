//! Answers that do not come whole: what is told of them, and what is not waited for.

use std::time::Duration;

use generated_client::{CallOptions, ErrorKind, Retries, zstack};
use simulator::{Fault, Operation, Phase, sample};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    time::timeout,
};

use crate::{calls, trouble::rule};

/// The address of a server that announces a gigabyte, and sends nothing of it.
async fn announcing() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((mut connection, _)) = listener.accept().await {
            let _ = connection.read(&mut [0; 4096]).await;
            connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n").await.unwrap();
            open.push(connection);
        }
    });
    address
}

#[tokio::test]
async fn a_body_that_is_announced_as_too_large_is_not_waited_for() {
    let zstack = zstack::Client::new(&announcing().await, calls::session()).unwrap();
    let read = zstack.get_database_backup_from_image_store().url(sample::IMAGE_STORE).send();
    let ended = timeout(Duration::from_secs(5), read).await.expect("at once");
    assert_eq!(ended.unwrap_err().kind(), ErrorKind::TooLarge);
}

#[tokio::test]
async fn an_answer_that_was_cut_off_tells_its_status() {
    let simulator = calls::simulator().await;
    rule(&simulator, Operation::GetDatabaseBackupFromImageStore, Phase::InBody, Fault::Close, None);
    let zstack = calls::zstack(&simulator);
    let read = zstack.get_database_backup_from_image_store().url(sample::IMAGE_STORE);
    let error = read.options(CallOptions::new().retries(Retries::none())).send().await.unwrap_err();
    assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (ErrorKind::Interrupted, Some(200)));
    assert!(error.to_string().contains("the part of the answer that came says 200 OK"), "{error}");
}
