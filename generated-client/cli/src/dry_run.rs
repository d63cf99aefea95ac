//! `--dry-run`: the request as a curl line.
//!
//! The client itself makes the request, for a listener inside this process, and is dropped when it has sent it there. So
//! the line is what the client sends, and nothing of the client is written twice. No secret is used: the client is given
//! placeholders, and where they arrive, the line has variables.

use generated_client::{Error, cbr, reqwest::Url, zstack};

use crate::{
    args::{Cbr, Connection, ZStack},
    credentials::{self, Secrets},
    curl::{Curl, Variable},
    failure::{Called, Failure},
    output,
    record::{Recorded, Recorder},
    run::Run,
};

/// What stands for a session or a token.
const CREDENTIALS: &str = "00placeholder00of00credentials00";

/// What stands for the address of an image store.
pub(crate) const IMAGE_STORE_URL: &str = "00placeholder00of00an00image00store00";

/// Prints what `send` would send to ZStack.
pub(crate) async fn zstack<F: Future<Output = Result<(), Error>>>(
    server: &ZStack,
    run: &Run,
    called: Called<'_>,
    send: impl FnOnce(zstack::Client) -> F,
) -> Result<(), Failure> {
    // What is wrong with the address is said as it would be without `--dry-run`.
    crate::zstack::check(server)?;
    let (origin, prefix) = address(&server.url)?;
    let recorder = Recorder::start().await.map_err(no_listener)?;
    let client =
        zstack::Client::new(&recorder.url(&prefix), no_session()?).map_err(|problem| Failure::config(&problem))?;
    let request = record(&recorder, send(client), called).await?;
    if Secrets::of(&server.connection).is_ok_and(|secrets| secrets.has_access_key()) {
        run.voice.say(
            "Signed with an access key, a request is valid for its moment only: the line takes a session instead.",
        );
    }
    let variables = [
        Variable { placeholder: CREDENTIALS, name: credentials::SESSION },
        Variable { placeholder: IMAGE_STORE_URL, name: credentials::IMAGE_STORE_URL },
    ];
    print(&origin, &request, &variables, &server.connection)
}

/// Prints what `send` would send to CBR.
pub(crate) async fn cbr<F: Future<Output = Result<(), Error>>>(
    server: &Cbr,
    send: impl FnOnce(cbr::Client) -> F,
) -> Result<(), Failure> {
    crate::cbr::check(server)?;
    let (origin, prefix) = address(&server.url)?;
    let recorder = Recorder::start().await.map_err(no_listener)?;
    let client = cbr::Client::new(&recorder.url(&prefix), no_token()?).map_err(|problem| Failure::config(&problem))?;
    let request = record(&recorder, send(client), Called::Restore).await?;
    let variables = [Variable { placeholder: CREDENTIALS, name: credentials::TOKEN }];
    print(&origin, &request, &variables, &server.connection)
}

/// A session that stands for one.
pub(crate) fn no_session() -> Result<zstack::Session, Failure> {
    zstack::Session::new(CREDENTIALS).map_err(|problem| Failure::other(problem.to_string()))
}

/// A token that stands for one.
pub(crate) fn no_token() -> Result<cbr::Token, Failure> {
    cbr::Token::new(CREDENTIALS).map_err(|problem| Failure::other(problem.to_string()))
}

/// Scheme, host and port of an address, and its path without a slash at the end.
fn address(url: &str) -> Result<(String, String), Failure> {
    let url = Url::parse(url).map_err(|_| Failure::other("the address is no URL"))?;
    Ok((url.origin().ascii_serialization(), url.path().trim_end_matches('/').to_owned()))
}

/// Takes down what is sent. A call that ends before has not sent anything.
async fn record(
    recorder: &Recorder,
    call: impl Future<Output = Result<(), Error>>,
    called: Called<'_>,
) -> Result<Recorded, Failure> {
    tokio::select! {
        biased;
        recorded = recorder.request() => recorded.map_err(no_listener),
        ended = call => Err(match ended {
            Err(error) => Failure::call(&error, called),
            Ok(()) => Failure::other("the client has ended its call before it sent anything"),
        }),
    }
}

fn print(origin: &str, request: &Recorded, variables: &[Variable], connection: &Connection) -> Result<(), Failure> {
    let curl = Curl { origin, request, variables, proxies: connection.proxies_from_environment };
    output::raw(format!("{curl}\n").as_bytes())
}

fn no_listener(problem: std::io::Error) -> Failure {
    Failure::other(format!("the request could not be taken down on this machine: {problem}"))
}
