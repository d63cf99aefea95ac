//! What clients are made of prints no secrets, in any state.

use std::{
    future::ready,
    sync::{Arc, Mutex},
};

use generated_client::{CallOptions, ConfigError, InvalidCredentials, JobUuid, Retries, cbr, zstack};

use crate::{
    calls::{self, Clients},
    capture,
    prints::{Print, of_debug, of_error, of_value},
    secrets::{JOB, KEY_SECRET, OTHER_JOB, PASSWORD, SESSION, Secrets, TOKEN},
    server::{Answer, Server},
};

fn assert_silent(prints: &[Print]) {
    assert!(!prints.is_empty());
    assert_eq!(Secrets::known().found_in(prints), [""; 0]);
}

#[test]
fn credentials_print_no_secrets() {
    let (session, token) = (calls::session(), calls::token());
    assert_silent(
        &[
            of_debug("session", &session),
            of_debug("token", &token),
            of_debug("access key", &calls::access_key()),
            of_debug("credentials", &zstack::Credentials::from(session.clone())),
            of_debug("credentials", &zstack::Credentials::from(calls::access_key())),
            of_debug("credentials", &cbr::Credentials::from(token.clone())),
            of_debug("fetched", &zstack::Credentials::fetched(move || ready(Ok(session.clone())))),
            of_debug("fetched", &cbr::Credentials::fetched(move || ready(Ok(token.clone())))),
            of_debug("name of a job", &calls::job()),
        ]
        .concat(),
    );
}

#[test]
fn credentials_that_are_refused_are_not_repeated() {
    let clock = || generated_client::jiff::Timestamp::UNIX_EPOCH.to_zoned(generated_client::jiff::tz::TimeZone::UTC);
    for behind in ["\n", "\r\nx-other: 1", " ", "\0", "é", "\u{2028}"] {
        let spoilt = |text: &str| format!("{text}{behind}");
        let errors: [InvalidCredentials; 3] = [
            zstack::Session::new(&spoilt(SESSION)).unwrap_err(),
            cbr::Token::new(&spoilt(TOKEN)).unwrap_err(),
            zstack::AccessKey::new("id", &spoilt(KEY_SECRET), clock).unwrap_err(),
        ];
        for error in errors {
            assert_silent(&of_value("invalid credentials", &error));
        }
        assert_silent(&of_value("invalid name", &spoilt(JOB).parse::<JobUuid>().unwrap_err()));
        assert_silent(&of_value("invalid name", &serde_json::from_value::<JobUuid>(spoilt(JOB).into()).unwrap_err()));
    }
}

#[test]
fn clients_and_what_makes_them_print_no_secrets() {
    let clients = Clients::new("http://127.0.0.1:9", calls::session());
    let address = format!("http://user:{PASSWORD}@127.0.0.1:9");
    let refused = zstack::Client::new(&address, calls::session()).unwrap_err();
    let ConfigError::BaseUrl(invalid) = &refused else { panic!("the address is what was refused") };
    assert_silent(
        &[
            of_debug("clients", &clients),
            of_debug("builder", &zstack::Client::builder(&address, calls::session())),
            of_debug("builder", &zstack::Client::builder("http://127.0.0.1:9", calls::access_key())),
            of_debug("builder", &cbr::Client::builder(&address, calls::token())),
            of_value("refused", &refused),
            of_value("invalid", invalid),
            of_debug("options", &CallOptions::new().retries(Retries::none())),
        ]
        .concat(),
    );
}

#[test]
fn builders_with_every_parameter_print_no_secrets() {
    let Clients { zstack, cbr } = Clients::new("http://127.0.0.1:9", calls::session());
    let options = CallOptions::new();
    // In parameters that nobody expects a secret in, as well.
    let spoilt = format!("{SESSION}\n");
    assert_silent(
        &[
            of_debug("builder", &calls::recover_backup(&zstack, options).uuid(SESSION).system_tags([PASSWORD])),
            of_debug("builder", &calls::sync_database_backup(&zstack, options).uuid(SESSION).user_tags([PASSWORD])),
            of_debug("builder", &calls::recover_volume(&zstack, options).uuid(spoilt.as_str())),
            of_debug("builder", &calls::get_database_backup(&zstack, options).system_tags([SESSION])),
            of_debug("builder", &calls::restore(&cbr, options).project_id(spoilt.as_str()).server_id(TOKEN)),
        ]
        .concat(),
    );
}

#[tokio::test]
async fn a_job_and_its_progress_print_no_secrets() {
    let server = Server::start(|request| match request.method() {
        "PUT" => Answer(202, String::new(), format!(r#"{{"location":"http://h/zstack/v1/api-jobs/{OTHER_JOB}"}}"#)),
        _ => Answer(202, String::new(), String::new()),
    });
    let server = server.await;
    let clients = Clients::new(&server.url, calls::session());
    let _capture = capture::begin();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&seen);
    let call = calls::recover_volume(&clients.zstack, CallOptions::new());
    let call = call.on_progress(move |progress| told.lock().unwrap().extend(of_debug("progress", progress)));
    assert_silent(&of_debug("builder", &call));
    let mut job = call.submit().await.unwrap();
    assert_eq!(job.uuid().as_str(), OTHER_JOB);
    assert!(job.poll().await.unwrap().is_none());
    let known = clients.zstack.job::<zstack::operation::RecoverDataVolume>(calls::job());
    assert_silent(&[of_debug("job", &job), of_debug("known job", &known)].concat());
    assert_silent(&seen.lock().unwrap());
    assert_silent(&capture::taken());
}

#[tokio::test]
async fn what_panics_in_a_call_prints_no_secrets() {
    let server = Server::start(|_| Answer(202, String::new(), String::new())).await;
    let clients = Clients::new(&server.url, calls::session());
    let _capture = capture::begin();
    let call = calls::recover_volume(&clients.zstack, CallOptions::new());
    let caller = call.clone().on_job(|_| panic!("the caller's own"));
    let panicking = zstack::Credentials::fetched(|| -> std::future::Ready<_> { panic!("the provider's own") });
    let provided = Clients::new(&server.url, panicking);
    for (what, panicked) in [
        ("caller", caught(caller.send()).await),
        ("provider", caught(calls::recover_volume(&provided.zstack, CallOptions::new()).send()).await),
    ] {
        assert!(panicked, "{what}");
    }
    assert_silent(&capture::taken());
}

/// Whether a call panicked.
async fn caught<T>(call: impl Future<Output = T>) -> bool {
    let mut call = Box::pin(call);
    std::future::poll_fn(|context| {
        let polled = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| call.as_mut().poll(context)));
        polled.map_or(std::task::Poll::Ready(true), |polled| polled.map(|_| false))
    })
    .await
}

#[tokio::test]
async fn parameters_that_are_refused_are_not_repeated_where_they_are_secrets() {
    let Clients { zstack, cbr } = Clients::new("http://127.0.0.1:9", calls::session());
    let _capture = capture::begin();
    let image_store = calls::get_database_backup(&zstack, CallOptions::new());
    let errors = [
        image_store.clone().registry_port(i64::MAX).send().await.map(drop).unwrap_err(),
        zstack.get_database_backup_from_image_store().send().await.map(drop).unwrap_err(),
        calls::recover_volume(&zstack, CallOptions::new()).uuid("a/b").send().await.map(drop).unwrap_err(),
        calls::restore(&cbr, CallOptions::new()).project_id("a/b").send().await.map(drop).unwrap_err(),
    ];
    for error in errors {
        assert_silent(&of_error(&error));
    }
}
