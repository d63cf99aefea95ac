//! What the environment may change about a call: nothing, unless the caller says so.

use std::{
    env,
    process::{Command, Stdio},
};

use crate::{
    call::{TOKEN, cbr},
    client::cbr as service,
    listener::{requests, saying},
};

/// Set in the process that makes the calls: the base address.
const BASE_URL: &str = "CONTRACT_TEST_BASE_URL";

/// Makes one call without and one with the environment's proxies.
async fn call_twice(base_url: &str) {
    cbr(base_url).restore_backup().project_id("without").backup_id("b").send().await.unwrap();
    let token = service::Token::new(TOKEN).unwrap();
    let with = service::Client::builder(base_url, token)
        .proxies_from_environment(true)
        .allow_plain_http(true)
        .build()
        .unwrap();
    with.restore_backup().project_id("with").backup_id("b").send().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_of_the_environment_sees_nothing_unless_the_caller_asks_for_it() {
    // The environment of a running process can't be changed safely, so this test runs itself with another one.
    if let Ok(base_url) = env::var(BASE_URL) {
        return call_twice(&base_url).await;
    }
    let (service, proxy) = (saying(202, "").await, saying(202, "").await);
    let mut itself = Command::new(env::current_exe().unwrap());
    itself
        .args(["--exact", "environment::a_proxy_of_the_environment_sees_nothing_unless_the_caller_asks_for_it"])
        .env(BASE_URL, service.uri())
        .env("HTTP_PROXY", proxy.uri())
        .env("http_proxy", proxy.uri())
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .stdout(Stdio::null());
    let status = tokio::task::spawn_blocking(move || itself.status().unwrap()).await.unwrap();
    assert!(status.success());
    assert_eq!((requests(&service).await, requests(&proxy).await), (1, 1));
    let through_the_proxy = proxy.received_requests().await.unwrap();
    assert!(through_the_proxy[0].url.path().starts_with("/v3/with/"), "{}", through_the_proxy[0].url);
}
