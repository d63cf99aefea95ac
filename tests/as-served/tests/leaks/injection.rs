//! No text that a caller sets adds a header to a request, or changes one: it is refused before anything is sent, or it
//! arrives where it belongs.

use generated_client::{
    CallOptions, Error, ErrorKind, JobUuid, Outcome, cbr,
    cbr::types::{BackupRestoreDetails, BackupRestoreServerMapping},
    zstack,
};

use crate::{
    calls::{self, Clients},
    secrets::SESSION,
    server::{Answer, Request, Server},
};

/// Texts that mean something to HTTP, or to those that read it with less care.
fn hostile() -> Vec<String> {
    let texts = [
        "a\r\nx-injected: 1",
        "\r\n\r\nGET /injected HTTP/1.1\r\nhost: h\r\n\r\n",
        " HTTP/1.1\r\nx-injected: 1\r\n\r\n",
        "a\n b",
        "a\nx-injected: 1",
        "a\rx-injected: 1",
        "a\0b",
        "\u{1}",
        "\u{8}",
        "\u{b}",
        "\u{1b}[2J",
        "\u{7f}",
        "\u{85}x-injected: 1",
        "\u{2028}x-injected: 1",
        "\u{2029}x-injected: 1",
        "\u{feff}",
        "é",
        "\u{1f600}",
        // Whose second byte is that of a line's end, when somebody cuts characters to bytes.
        "\u{10d}\u{10a}x-injected: 1",
        "%0d%0ax-injected:%201",
        "a?x=1#b",
        "a&url=b",
    ];
    let mut hostile: Vec<String> = texts.map(str::to_owned).into();
    hostile.push("x".repeat(100_000));
    hostile
}

/// Calls an operation with this text in one of its parameters.
macro_rules! setters {
    ($($operation:ident($client:ident) { $($setter:ident: $value:expr),* $(,)? })*) => {
        /// The setters that take a text, by operation.
        const SETTERS: &[(&str, &str)] = &[$($((stringify!($operation), stringify!($setter))),*),*];

        /// Calls the operation with this text in this parameter, and with others that are harmless.
        async fn call_with(clients: &Clients, operation: &str, setter: &str, text: &str) -> Result<(), Error> {
            match (operation, setter) {
                $($((stringify!($operation), stringify!($setter)) => {
                    let value = $value;
                    let builder = calls::$operation(&clients.$client, CallOptions::new());
                    builder.$setter(value(text.to_owned())).send().await.map(drop)
                })*)*
                other => panic!("there is no setter {other:?}"),
            }
        }
    };
}

fn text(text: String) -> String {
    text
}

fn list(text: String) -> [String; 2] {
    [text, "harmless".to_owned()]
}

setters! {
    recover_backup(zstack) {
        uuid: text, src_backup_storage_uuid: text, dst_backup_storage_uuid: text, system_tags: list, user_tags: list,
    }
    sync_database_backup(zstack) {
        uuid: text, src_backup_storage_uuid: text, dst_backup_storage_uuid: text, system_tags: list, user_tags: list,
    }
    recover_volume(zstack) { uuid: text, system_tags: list, user_tags: list }
    get_database_backup(zstack) { url: text, system_tags: list, user_tags: list }
    restore(cbr) {
        project_id: text,
        backup_id: text,
        server_id: text,
        volume_id: text,
        resource_id: text,
        details: |path: String| BackupRestoreDetails::new(path),
        mappings: |text: String| [BackupRestoreServerMapping::new(text.clone(), text)],
    }
}

/// Those that take a number or a flag.
const OTHER_SETTERS: usize = ["registry_port", "power_on"].len();

async fn server() -> Server {
    // Which is a success of none, so that nothing more is sent.
    Server::start(|_| Answer(400, String::new(), String::new())).await
}

/// Everything of a request but its parameters: method, how many segments its path has, and its headers but for the
/// lengths.
fn frame(request: &Request) -> (String, usize, Vec<(String, String)>) {
    let line: Vec<&str> = request.head.split("\r\n").next().unwrap().split(' ').collect();
    assert!(line.len() == 3 && line[2] == "HTTP/1.1", "{line:?}");
    let segments = line[1].split('?').next().unwrap().split('/').count();
    let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    assert_eq!(request.body.len(), length, "something stands behind the body");
    let headers = request.headers().into_iter().filter(|(name, _)| name != "content-length");
    (request.method().to_owned(), segments, headers.map(|(name, value)| (name, value.to_owned())).collect())
}

/// What was sent, if anything was; the error says so if not.
fn sent(server: &Server, answer: Result<(), Error>, case: &str) -> Option<Request> {
    let error = answer.unwrap_err();
    let mut requests = server.take_requests();
    if requests.is_empty() {
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidRequest, Outcome::NotSent), "{case}: {error}");
        return None;
    }
    assert_eq!(requests.len(), 1, "{case}");
    requests.pop()
}

#[tokio::test]
async fn no_parameter_adds_a_header_or_changes_one() {
    let server = server().await;
    let clients = Clients::new(&server.url, calls::session());
    for (operation, setter) in SETTERS {
        let harmless = call_with(&clients, operation, setter, "harmless").await;
        let expected = frame(&sent(&server, harmless, setter).expect("a harmless text is sent"));
        for text in hostile() {
            let case = format!("{operation}, {setter}: {:?}", text.chars().take(50).collect::<String>());
            let answer = call_with(&clients, operation, setter, &text).await;
            if let Some(request) = sent(&server, answer, &case) {
                assert_eq!(frame(&request), expected, "{case}");
            }
        }
    }
}

#[test]
fn the_table_has_every_setter_of_every_operation() {
    let generated = [
        include_str!("../../../../generated-client/src/generated/zstack.rs"),
        include_str!("../../../../generated-client/src/generated/cbr.rs"),
    ];
    let setters: usize = generated.iter().map(|code| code.matches("<V>(mut self, value: V)").count()).sum();
    assert_eq!(SETTERS.len() + OTHER_SETTERS, setters);
}

#[tokio::test]
async fn no_credentials_add_a_header_or_change_another() {
    let server = server().await;
    let headers = |credentials: zstack::Credentials| {
        let clients = Clients::new(&server.url, credentials);
        let server = &server;
        async move {
            let answer = calls::call(&clients, "RecoverDataVolume", CallOptions::new()).await;
            let mut headers = frame(&sent(server, answer, "").expect("it is sent")).2;
            headers.retain(|(name, _)| name != "authorization" && name != "x-auth-token");
            headers
        }
    };
    let expected = headers(calls::session().into()).await;
    for text in hostile() {
        let could_be = text.bytes().all(|byte| byte.is_ascii_graphic());
        match zstack::Session::new(&text) {
            Ok(session) => assert_eq!(headers(session.into()).await, expected),
            Err(_) => assert!(!could_be, "{text:?}"),
        }
        let clock =
            || generated_client::jiff::Timestamp::UNIX_EPOCH.to_zoned(generated_client::jiff::tz::TimeZone::UTC);
        for key in [zstack::AccessKey::new(&text, "secret", clock), zstack::AccessKey::new("id", &text, clock)] {
            match key {
                Ok(key) => {
                    let mut headers = headers(key.into()).await;
                    headers.retain(|(name, _)| name != "date");
                    assert_eq!(headers, expected);
                }
                Err(_) => assert!(!could_be || text.contains(':'), "{text:?}"),
            }
        }
        assert_eq!(cbr::Token::new(&text).is_ok(), could_be, "{text:?}");
        assert!(text.parse::<JobUuid>().is_err() && serde_json::from_value::<JobUuid>(text.into()).is_err());
    }
}

#[tokio::test]
async fn credentials_arrive_as_they_are_in_their_header_and_nowhere_else() {
    let server = server().await;
    let clients = Clients::new(&server.url, calls::session());
    for operation in calls::OPERATIONS {
        let answer = calls::call(&clients, operation, CallOptions::new()).await;
        let request = sent(&server, answer, operation).expect("it is sent");
        let (header, value) = match operation {
            "RestoreBackup" => ("x-auth-token", crate::secrets::TOKEN.to_owned()),
            _ => ("authorization", format!("OAuth {SESSION}")),
        };
        assert_eq!(request.header(header), Some(value.as_str()), "{operation}");
        let whole = format!("{}\r\n{}", request.head, request.body);
        assert_eq!(whole.matches(&value).count(), 1, "{operation}");
        let others = request.headers().iter().filter(|(name, _)| name.contains("auth") || name == "cookie").count();
        assert_eq!(others, 1, "{operation}");
    }
}
