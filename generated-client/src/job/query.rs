//! The question for a job's result.

use reqwest::StatusCode;

use super::JobUuid;
use crate::{
    Error,
    call::{Call, Raw, Sendable},
    credentials::Current,
};

/// Asks once for a job: the answer that it ended with, or `None` while it is running. Once more, if what stands before the
/// server minds the credentials and there are others.
///
/// The question goes to the client's own address, whatever the server has called the job's: that is its own address in a
/// network of its own, and credentials must not go elsewhere.
pub(super) async fn ask(call: &Call<'_>, query: &str, uuid: &JobUuid) -> Result<Option<Box<Raw>>, Error> {
    question(call, query, uuid).await.map_err(|error| error.of_job(uuid))
}

async fn question(call: &Call<'_>, query: &str, uuid: &JobUuid) -> Result<Option<Box<Raw>>, Error> {
    let credentials = call.credentials().await?;
    let answer = send(call, query, uuid, &credentials).await?;
    let answer = match answer.status {
        StatusCode::UNAUTHORIZED if call.transport.credentials().renews() => {
            call.transport.credentials().refuse(&credentials);
            let credentials = call.credentials().await?;
            send(call, query, uuid, &credentials).await?
        }
        _ => answer,
    };
    match answer.status {
        StatusCode::ACCEPTED => Ok(None),
        _ if answer.is_success(call.operation) => Ok(Some(Box::new(answer))),
        StatusCode::NOT_FOUND => Err(Error::unknown_job(call.operation, answer.status, answer.headers)),
        _ => Err(answer.no_success(call.operation)),
    }
}

async fn send(call: &Call<'_>, query: &str, uuid: &JobUuid, credentials: &Current) -> Result<Raw, Error> {
    let transport = call.transport;
    let request = transport.http().get(format!("{}{query}{uuid}", transport.base_url())).build();
    let mut request = Sendable::new(call.built(request)?).once();
    Ok(call.ask_once(&mut request, credentials).await?.hiding(uuid.as_str()))
}
