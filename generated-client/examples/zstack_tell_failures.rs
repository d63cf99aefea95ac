//! Recovers a data volume of ZStack Cloud, and says after a failure what may have happened, and what to do. The exit code
//! says it too: 3 nothing was sent, 4 refused, 5 failed, 6 not known.
//!
//! ```sh
//! ZSTACK_URL=https://zstack.example ZSTACK_SESSION=… \
//!   cargo run -p generated-client --example zstack_tell_failures -- VOLUME_UUID
//! ```

use std::{env, error::Error, process::ExitCode, time::Duration};

use generated_client::{Outcome, zstack};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let volume = env::args().nth(1).ok_or("give the UUID of the volume")?;
    let zstack = zstack::Client::builder_from_env()?.timeout(Duration::from_secs(60)).build()?;
    let Err(error) = zstack.recover_data_volume().uuid(volume).send().await else {
        println!("recovered");
        return Ok(ExitCode::SUCCESS);
    };

    eprintln!("{error}");
    let (exit_code, to_do) = match error.outcome() {
        Outcome::NotSent => (3, "Nothing reached the server. Start this again when the cause is mended."),
        Outcome::Refused if error.is_session_expired() => (4, "Nothing was done. Log in, and start this again."),
        Outcome::Refused => (4, "Nothing was done. Mend what the server names, and start this again."),
        Outcome::Failed => (5, "The server tried. Look at the volume before this is started again."),
        // Unknown, and what later versions may add to the four.
        _ if error.is_job_unknown() => (6, "It may have happened, and the server knows no more. Look at the volume."),
        _ => (6, "It may have happened, or still happen. Do not start this again: ask for the job."),
    };
    eprintln!("{to_do}");
    // Texts vary with the server's language; codes do not.
    if let Some(code) = error.code() {
        eprintln!("The server's code is {code}.");
    }
    // Whoever has the name can ask for the result: it belongs where only operators read.
    if let (6, Some(job)) = (exit_code, error.job_uuid()) {
        eprintln!("The job is {job}.");
    }
    Ok(exit_code.into())
}
