//! Recovers a deleted data volume of ZStack Cloud.
//!
//! ```sh
//! ZSTACK_URL=http://zstack.example:8080 ZSTACK_SESSION=… \
//!   cargo run -p generated-client --example zstack_recover_volume -- VOLUME_UUID
//! ```

use std::{env, error::Error};

use generated_client::zstack;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let volume = env::args().nth(1).ok_or("give the UUID of the volume")?;
    // ZStack is documented on plain HTTP: whoever listens on the way reads the session. With `https`, `from_env` will do.
    let zstack = zstack::Client::builder_from_env()?.allow_plain_http(true).build()?;
    let answer = zstack.recover_data_volume().uuid(volume).send().await?;

    let volume = answer.into_inner().inventory.unwrap_or_default();
    println!("name    {}", volume.name.as_deref().unwrap_or("-"));
    println!("status  {}", volume.status.as_deref().unwrap_or("-"));
    println!("size    {} bytes", volume.size.map_or("-".to_owned(), |size| size.to_string()));
    Ok(())
}
