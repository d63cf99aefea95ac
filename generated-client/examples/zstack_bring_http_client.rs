//! Recovers a data volume of ZStack Cloud through a proxy, at an address whose certificate comes from an authority of one's
//! own: with an HTTP client that the program brings.
//!
//! ```sh
//! ZSTACK_URL=https://zstack.example ZSTACK_SESSION=… PROXY_URL=http://proxy.example:3128 CA_FILE=authority.pem \
//!   cargo run -p generated-client --example zstack_bring_http_client -- VOLUME_UUID
//! ```

use std::{env, error::Error, fs};

use generated_client::{reqwest, zstack};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let volume = env::args().nth(1).ok_or("give the UUID of the volume")?;
    let proxy = env::var("PROXY_URL").map_err(|_| "set PROXY_URL to the address of the proxy")?;
    let authority = env::var("CA_FILE").map_err(|_| "set CA_FILE to the authority's certificate, a PEM file")?;

    let http = generated_client::http_builder()
        .proxy(reqwest::Proxy::all(proxy)?)
        // This authority and no other. `tls_certs_merge` adds it to those of the system.
        .tls_certs_only(reqwest::Certificate::from_pem_bundle(&fs::read(authority)?)?);
    let zstack = zstack::Client::builder_from_env()?.http_client(http).build()?;

    zstack.recover_data_volume().uuid(volume).send().await?;
    println!("recovered");
    Ok(())
}
