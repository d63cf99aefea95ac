//! Recovers a deleted data volume of ZStack Cloud.
//!
//! ```sh
//! ZSTACK_URL=http://zstack.example:8080 ZSTACK_SESSION=… cargo run -p generated-client --example zstack_recover_volume -- VOLUME_UUID
//! ```

use std::{env, error::Error};

use generated_client::{Outcome, zstack};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let volume = env::args().nth(1).ok_or("give the UUID of the volume")?;
    let base_url = env::var("ZSTACK_URL").map_err(|_| "set ZSTACK_URL to the address of ZStack Cloud")?;
    let session = env::var("ZSTACK_SESSION").map_err(|_| "set ZSTACK_SESSION to the session's UUID")?;

    // ZStack is documented on plain HTTP: whoever listens on the way reads the session.
    let zstack = zstack::Client::builder(&base_url, zstack::Session::new(&session)?).allow_plain_http(true).build()?;
    let call = zstack
        .recover_data_volume()
        .uuid(volume)
        .on_job(|job| eprintln!("the job is {job}: with this name its result can still be had after a crash"))
        .on_progress(|progress| eprintln!("running for {} s", progress.elapsed.as_secs()));
    let answer = match call.send().await {
        Ok(answer) => answer,
        Err(error) => {
            if let (Outcome::Unknown, Some(job)) = (error.outcome(), error.job_uuid()) {
                eprintln!("It is not known whether the volume was recovered: ask for job {job} before trying again.");
            }
            return Err(error.into());
        }
    };

    let Some(volume) = &answer.inventory else {
        println!("recovered");
        return Ok(());
    };
    println!("name    {}", volume.name.as_deref().unwrap_or("-"));
    println!("status  {}", volume.status.as_deref().unwrap_or("-"));
    println!("size    {} bytes", volume.size.map_or("-".to_owned(), |size| size.to_string()));
    if let Some(created) = &volume.create_date {
        // The server prints its own local time; a text that is no date is printed as it came.
        println!("created {}", created.civil().map_or_else(|_| created.to_string(), |date| date.to_string()));
    }
    Ok(())
}
