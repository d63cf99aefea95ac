//! The question for a job's result.

use reqwest::StatusCode;

use super::JobUuid;
use crate::{
    Error,
    call::{Call, Raw},
};

/// Asks once for a job: the answer that it ended with, or `None` while it is running.
///
/// The question goes to the client's own address, whatever the server has called the job's: that is its own address in a
/// network of its own, and credentials must not go elsewhere.
pub(super) async fn ask(call: &Call<'_>, query: &str, uuid: &JobUuid) -> Result<Option<Raw>, Error> {
    question(call, query, uuid).await.map_err(|error| error.of_job(uuid))
}

async fn question(call: &Call<'_>, query: &str, uuid: &JobUuid) -> Result<Option<Raw>, Error> {
    let Call { transport, operation, .. } = call;
    let request = transport.http().get(format!("{}{query}{uuid}", transport.base_url())).build();
    let credentials = call.credentials().await?;
    let answer = call.exchange(call.built(request)?, &credentials).await?.hiding(uuid.as_str());
    match answer.status {
        StatusCode::ACCEPTED => Ok(None),
        _ if answer.is_success(operation) => Ok(Some(answer)),
        StatusCode::NOT_FOUND => Err(Error::unknown_job(operation, answer.status, answer.headers)),
        _ => Err(answer.no_success(operation)),
    }
}
