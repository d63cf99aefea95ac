//! What the transport does with limits, redirects and answers that are no success.

use std::time::Duration;

use wiremock::ResponseTemplate;

use crate::{
    call::{SESSION, TOKEN, call, cbr, zstack},
    client::{CallOptions, ErrorKind, Outcome, http_builder, zstack as service},
    listener::{self, answering, requests, saying},
};

const VOLUME: &str = "70820c8ead5144ebaf603b88e63a4d17";

fn restore() -> serde_json::Value {
    serde_json::json!({"project_id": "p", "backup_id": "b"})
}

#[tokio::test]
async fn a_redirect_is_an_error_and_the_other_host_is_sent_nothing() {
    let other = saying(202, "").await;
    for status in [301, 302, 303, 307, 308] {
        let redirect = ResponseTemplate::new(status).insert_header("location", other.uri().as_str());
        let server = answering(redirect).await;
        let error = call(&server.uri(), "RestoreBackup", &restore()).await.unwrap_err();
        assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (ErrorKind::Redirect, Some(status)));
    }
    assert_eq!(requests(&other).await, 0);
}

#[tokio::test]
async fn a_redirect_is_not_followed_whatever_a_client_that_was_brought_is_set_to() {
    let other = saying(202, "").await;
    let server = answering(ResponseTemplate::new(307).insert_header("location", other.uri().as_str())).await;
    let following = http_builder().redirect(reqwest::redirect::Policy::limited(1));
    let token = crate::client::cbr::Token::new(TOKEN).unwrap();
    let cbr = crate::client::cbr::Client::builder(&server.uri(), token).http_client(following).build().unwrap();
    let error = cbr.restore_backup().project_id("p").backup_id("b").send().await.unwrap_err();
    assert_eq!((error.kind(), requests(&other).await), (ErrorKind::Redirect, 0));
}

#[tokio::test]
async fn a_success_that_has_an_error_in_it_is_a_failure_with_its_code() {
    let body = include_str!("../../data/answers/error-in-a-200.json");
    let server = saying(200, body).await;
    let error = zstack(&server.uri()).recover_data_volume().uuid(VOLUME).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Failed);
    let server_error = error.server_error().unwrap();
    assert_eq!(server_error.code(), Some("SYS.1006"));
    assert_eq!(server_error.cause().and_then(|cause| cause.code()), Some("HOST.1001"));
    let text = "RecoverDataVolume: the server answered 200 OK, and says that the operation failed: \
        SYS.1006: An operation failed: no host, caused by HOST.1001: The host is not there \
        (the operation failed: look at what it left before trying again)";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn a_success_whose_error_is_null_is_a_success() {
    let server = saying(200, r#"{"error": null, "inventory": {"uuid": "a"}}"#).await;
    let answer = zstack(&server.uri()).recover_data_volume().uuid(VOLUME).send().await.unwrap();
    assert_eq!(answer.inventory.as_ref().unwrap().uuid.as_deref(), Some("a"));
}

#[tokio::test]
async fn an_answer_that_does_not_decode_names_the_field() {
    let server = saying(200, r#"{"inventory": {"size": 1.5}}"#).await;
    let error = zstack(&server.uri()).recover_data_volume().uuid(VOLUME).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("at `inventory.size`"), "{error}");
}

#[tokio::test]
async fn an_answer_larger_than_the_limit_is_an_error_and_one_of_that_size_is_not() {
    let body = r#"{"inventory":{}}"#;
    let server = saying(200, body).await;
    let client = zstack(&server.uri());
    let with = |limit| client.recover_data_volume().uuid(VOLUME).options(CallOptions::new().max_answer_bytes(limit));
    assert!(with(body.len()).send().await.is_ok());
    assert_eq!(with(body.len() - 1).send().await.unwrap_err().kind(), ErrorKind::TooLarge);
}

#[tokio::test]
async fn sixteen_mebibytes_are_the_limit_unless_it_is_set() {
    let server = answering(ResponseTemplate::new(200).set_body_bytes(vec![b' '; (16 << 20) + 1])).await;
    let error = zstack(&server.uri()).recover_data_volume().uuid(VOLUME).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
}

#[tokio::test]
async fn the_time_limit_can_be_set_for_a_client_and_for_a_call() {
    let server = answering(ResponseTemplate::new(200).set_body_string("{}").set_delay(Duration::from_secs(30))).await;
    let limit = Duration::from_millis(200);
    let for_the_call = zstack(&server.uri())
        .recover_data_volume()
        .uuid(VOLUME)
        .options(CallOptions::new().timeout(limit))
        .send()
        .await;
    assert_eq!(for_the_call.unwrap_err().kind(), ErrorKind::Timeout);
    let session = service::Session::new(SESSION).unwrap();
    let client = service::Client::builder(&server.uri(), session).timeout(limit).build().unwrap();
    let for_the_client = client.recover_data_volume().uuid(VOLUME).send().await;
    assert_eq!(for_the_client.unwrap_err().kind(), ErrorKind::Timeout);
}

#[tokio::test]
async fn a_connection_that_is_refused_is_told_from_one_that_breaks() {
    let refused = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = call(&format!("http://{refused}"), "RestoreBackup", &restore()).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::NotSent));
    let breaking = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = breaking.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = breaking.accept().await.unwrap();
        let mut start = [0; 16];
        tokio::io::AsyncReadExt::read_exact(&mut stream, &mut start).await.unwrap();
    });
    let error = call(&format!("http://{address}"), "RestoreBackup", &restore()).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Interrupted, Outcome::Unknown));
}

#[tokio::test]
async fn connecting_has_a_limit_of_its_own_for_a_client_and_for_a_call() {
    // A listener whose queue is full takes no further connection, and says nothing about it.
    let full = socket_with_a_full_queue();
    let limit = Duration::from_millis(300);
    let client = zstack(&format!("http://{}", full.address));
    let options = CallOptions::new().connect_timeout(limit);
    let for_the_call = client.recover_data_volume().uuid(VOLUME).options(options).send().await.unwrap_err();
    assert_eq!(for_the_call.kind(), ErrorKind::Connect, "{for_the_call}");
    let session = service::Session::new(SESSION).unwrap();
    let client =
        service::Client::builder(&format!("http://{}", full.address), session).connect_timeout(limit).build().unwrap();
    let for_the_client = client.recover_data_volume().uuid(VOLUME).send().await.unwrap_err();
    assert_eq!(for_the_client.kind(), ErrorKind::Connect, "{for_the_client}");
}

struct Full {
    address: std::net::SocketAddr,
    _listener: socket2::Socket,
    _queue: Vec<socket2::Socket>,
}

fn socket_with_a_full_queue() -> Full {
    use socket2::{Domain, Socket, Type};
    let listener = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    listener.bind(&std::net::SocketAddr::from(([127, 0, 0, 1], 0)).into()).unwrap();
    listener.listen(1).unwrap();
    let address = listener.local_addr().unwrap().as_socket().unwrap();
    let queue = (0..8).map(|_| {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.set_nonblocking(true).unwrap();
        let _in_progress = socket.connect(&address.into());
        socket
    });
    Full { address, _queue: queue.collect(), _listener: listener }
}

#[tokio::test]
async fn a_base_address_with_a_path_and_a_slash_is_kept_before_the_pages_path() {
    let server = saying(202, "").await;
    let base = format!("{}/cloud/", server.uri());
    cbr(&base).restore_backup().project_id("p").backup_id("b").send().await.unwrap();
    assert_eq!(listener::only_request(&server).await.path, "/cloud/v3/p/backups/b/restore");
}
