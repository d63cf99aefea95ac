//! `RecoverDataVolume`, as the reference shows it.

use std::env;

use generated_client::zstack;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let session = zstack::Session::new(&env::var("ZSTACK_SESSION")?)?;
    let zstack = zstack::Client::builder(&env::var("ZSTACK_URL")?, session).allow_plain_http(true).build()?;
    let answer = zstack.recover_data_volume().uuid("70820c8ead5144ebaf603b88e63a4d17").send().await?;
    if let Some(volume) = &answer.inventory {
        println!("{:?}, {:?} bytes", volume.status, volume.size);
    }
    Ok(())
}
