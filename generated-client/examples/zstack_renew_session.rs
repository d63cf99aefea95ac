//! Recovers data volumes of ZStack Cloud, one after the other, and logs in again whenever the session has expired.
//!
//! ```sh
//! ZSTACK_URL=https://zstack.example ZSTACK_LOGIN=https://zstack.example/zstack/v1/accounts/login \
//!   ZSTACK_ACCOUNT=admin ZSTACK_PASSWORD_SHA512=$(read -rs password; printf %s "$password" | sha512sum | cut -d' ' -f1) \
//!   cargo run -p generated-client --example zstack_renew_session -- VOLUME_UUID…
//! ```

use std::{env, error::Error, time::Duration};

use generated_client::{reqwest, zstack};
use serde_json::{Value, json};

/// Logs in, which is not among this crate's operations.
async fn log_in(http: reqwest::Client) -> Result<zstack::Session, Box<dyn Error + Send + Sync>> {
    let account = json!({"accountName": env::var("ZSTACK_ACCOUNT")?, "password": env::var("ZSTACK_PASSWORD_SHA512")?});
    let request = http.put(env::var("ZSTACK_LOGIN")?).json(&json!({"logInByAccount": account}));
    let answer: Value = request.send().await?.error_for_status()?.json().await?;
    eprintln!("logged in");
    Ok(zstack::Session::new(answer["inventory"]["uuid"].as_str().ok_or("logged in, and got no session")?)?)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = env::var("ZSTACK_URL").map_err(|_| "set ZSTACK_URL to the address of ZStack Cloud")?;

    // Calls wait for a session, so that logging in needs a limit of its own.
    let http = generated_client::http_builder().timeout(Duration::from_secs(20)).build()?;
    let credentials = zstack::Credentials::fetched(move || log_in(http.clone()));
    let zstack = zstack::Client::new(&url, credentials)?;
    for volume in env::args().skip(1) {
        zstack.recover_data_volume().uuid(&volume).send().await?;
        println!("recovered {volume}");
    }
    Ok(())
}
