//! Recovers a data volume of ZStack Cloud so that it can be killed at any time: the job's name is in a file before anything
//! is sent. Started again, it takes the job up where it is, and recovers nothing twice.
//!
//! ```sh
//! ZSTACK_URL=https://zstack.example ZSTACK_SESSION=… \
//!   cargo run -p generated-client --example zstack_take_up_job -- VOLUME_UUID FILE
//! ```
//!
//! Keep the file where nobody else can read it: with the job's name its result can be asked for without a session.

use std::{env, error::Error, fs, io::Write};

use generated_client::{JobUuid, Outcome, zstack, zstack::operation::RecoverDataVolume};

#[tokio::main(flavor = "current_thread")]
#[allow(clippy::disallowed_methods, reason = "the file is the example's own")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [volume, path] = arguments.as_slice() else {
        return Err("give the UUID of the volume, and a file for the name of the job".into());
    };
    let zstack = zstack::Client::from_env()?;

    let done = if fs::exists(path)? {
        println!("taking up the job in {path}");
        let name = fs::read_to_string(path)?.parse()?;
        zstack.job::<RecoverDataVolume>(name).wait().await
    } else {
        let name = JobUuid::random()?;
        let mut file = fs::File::create_new(path)?;
        file.write_all(name.as_str().as_bytes())?;
        file.sync_all()?;
        println!("submitting the job in {path}");
        // `submit` instead of `send` would hand out the job once the server has it.
        zstack.recover_data_volume().uuid(volume).job_uuid(name).send().await
    };
    // Its end is known, so that the file is of no more use. Where it is not known, the file stays for the next time.
    if !done.as_ref().is_err_and(|error| error.outcome() == Outcome::Unknown) {
        fs::remove_file(path)?;
    }
    println!("the volume is {}", done?.into_inner().inventory.unwrap_or_default().status.unwrap_or_default());
    Ok(())
}
