//! Credentials are in no text that the crate makes.

use std::error::Error as _;

use crate::{
    call::{SESSION, TOKEN, cbr, zstack},
    client::{cbr as cbr_service, zstack as zstack_service},
    listener::saying,
};

/// The password in ZStack's `url` parameter.
const PASSWORD: &str = "hunter2-in-the-query";

fn assert_silent(text: &str) {
    for secret in [SESSION, TOKEN, PASSWORD] {
        assert!(!text.contains(secret), "{secret} stands in: {text}");
    }
}

/// Everything that an error can print.
fn assert_error_silent(error: &crate::client::Error) {
    let mut text = format!("{error} {error:#} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!(" {cause} {cause:?}"));
        source = cause.source();
    }
    assert_silent(&text);
}

#[test]
fn credentials_clients_and_builders_print_no_secrets() {
    let (session, token) = (zstack_service::Session::new(SESSION).unwrap(), cbr_service::Token::new(TOKEN).unwrap());
    assert_silent(&format!("{session:?} {token:?}"));
    let (zstack, cbr) = (zstack("http://127.0.0.1:1"), cbr("http://127.0.0.1:1"));
    assert_silent(&format!("{zstack:?} {cbr:?}"));
    let hidden = format!("http://user:{PASSWORD}@zstack.example");
    assert_silent(&format!("{:?}", zstack_service::Client::builder(&hidden, session.clone())));
    let error = zstack_service::Client::new(&hidden, session).unwrap_err();
    assert_silent(&format!("{error} {error:?}"));
    let url = format!("ssh://root:{PASSWORD}@10.0.0.1:22/bs");
    assert_silent(&format!("{:?}", zstack.get_database_backup_from_image_store().url(url)));
}

#[tokio::test]
async fn errors_print_no_secrets_whatever_went_wrong() {
    let refused = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut servers = vec![format!("http://{refused}")];
    let mut running = Vec::new();
    for (status, body) in [(200, "{"), (200, "[]"), (302, ""), (400, "no"), (500, "")] {
        let server = saying(status, body).await;
        servers.push(server.uri());
        running.push(server);
    }
    for server in servers {
        let url = format!("ssh://root:{PASSWORD}@10.0.0.1:22/bs");
        let error = zstack(&server).get_database_backup_from_image_store().url(url).send().await.unwrap_err();
        assert_error_silent(&error);
        // The token is sent in a call that fails as well; a 200 is no success of it.
        let error = cbr(&server).restore_backup().project_id("p").backup_id("b").send().await.unwrap_err();
        assert_error_silent(&error);
    }
}

/// A server that repeats the request, as proxies do in their error pages.
async fn repeating(status: u16, around: fn(&str) -> String) -> wiremock::MockServer {
    let server = wiremock::MockServer::start().await;
    let repeat = move |request: &wiremock::Request| {
        let headers = request.headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()));
        let said = format!("{} {} {}", request.method, request.url, headers.collect::<Vec<_>>().join(" "));
        let decoded = said.replace("%3A", ":").replace("%2F", "/").replace("%40", "@").replace("%25", "%");
        wiremock::ResponseTemplate::new(status).set_body_string(around(&format!("{decoded} {said}")))
    };
    wiremock::Mock::given(wiremock::matchers::any()).respond_with(repeat).mount(&server).await;
    server
}

#[tokio::test]
async fn errors_print_no_secrets_when_the_server_repeats_the_request() {
    let as_it_is: fn(&str) -> String = str::to_owned;
    let as_an_error: fn(&str) -> String = |said| {
        serde_json::json!({"error": {"code": "SYS.1006", "details": said, "cause": {"details": said}}}).to_string()
    };
    let as_a_value: fn(&str) -> String = |said| serde_json::json!({"infos": said}).to_string();
    for (status, around) in [(502, as_it_is), (200, as_it_is), (200, as_an_error), (200, as_a_value)] {
        let server = repeating(status, around).await;
        for password in [PASSWORD.to_owned(), format!("{PASSWORD}%40"), format!("{PASSWORD}@#/ +")] {
            let url = format!("ssh://root:{password}@10.0.0.1:22/bs");
            let call = zstack(&server.uri()).get_database_backup_from_image_store().url(url).send().await;
            assert_error_silent(&call.unwrap_err());
        }
        let error = cbr(&server.uri()).restore_backup().project_id("p").backup_id("b").send().await.unwrap_err();
        assert_error_silent(&error);
    }
}
