//! Brings volumes back, and says what is to be done if that fails.

use generated_client::{Error, JobUuid, Outcome, zstack};

/// What is to be done about a volume that did not come back.
#[derive(Debug, PartialEq, Eq)]
pub enum ToDo {
    /// Try again: nothing was done.
    TryAgain,
    /// Look at the volume; the server's code says why it failed.
    Look(Option<String>),
    /// Ask for this job before trying again.
    Ask(Option<JobUuid>),
}

impl From<Error> for ToDo {
    fn from(error: Error) -> Self {
        match error.outcome() {
            Outcome::NotSent | Outcome::Refused => Self::TryAgain,
            Outcome::Failed => Self::Look(error.code().map(str::to_owned)),
            _ => Self::Ask(error.job_uuid().cloned()),
        }
    }
}

/// Brings a deleted volume back, and returns its size in bytes if the server tells it.
///
/// # Errors
/// It did not come back, or it is not known whether it did.
pub async fn bring_back(zstack: &zstack::Client, volume: &str) -> Result<Option<i64>, ToDo> {
    let answer = zstack.recover_data_volume().uuid(volume).send().await?;
    Ok(answer.inventory.as_ref().and_then(|volume| volume.size))
}

/// The code of both packages' READMEs, which is compiled as it stands in them.
#[cfg(doctest)]
mod readmes {
    #[doc = include_str!("../../generated-client/README.md")]
    struct Client;
    #[doc = include_str!("../../simulator/README.md")]
    struct Simulator;
}
