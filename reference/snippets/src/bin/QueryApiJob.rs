//! `QueryApiJob`, as the reference shows it.

use std::env;

use generated_client::zstack::{self, operation::RecoverDataVolume};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let session = zstack::Session::new(&env::var("ZSTACK_SESSION")?)?;
    let zstack = zstack::Client::builder(&env::var("ZSTACK_URL")?, session).allow_plain_http(true).build()?;
    // The name under which the request was sent; `on_job` of a builder tells it before anything is sent.
    let uuid = "0123456789abcdef0123456789abcdef".parse()?;
    let answer = zstack.job::<RecoverDataVolume>(uuid).wait().await?;
    if let Some(volume) = &answer.inventory {
        println!("{:?}, {:?} bytes", volume.status, volume.size);
    }
    Ok(())
}
