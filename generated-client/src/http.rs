//! The HTTP client below, with everything that it would do by itself set on purpose.

use std::time::Duration;

use reqwest::{ClientBuilder, redirect};

use crate::limits::DEFAULT_CONNECT_TIMEOUT;

/// The settings that this crate's clients use, for callers who set their own
/// ([`ClientBuilder::http_client`](crate::ClientBuilder::http_client)).
///
/// - No redirect is followed: reqwest would take `X-Auth-Token` along to another host, and send a restore there.
/// - It sends nothing again: what may be sent again is for [`Retries`](crate::Retries) to say, and a restore that is sent
///   twice overwrites a disk twice. (One thing hyper does all the same: it tries again when a pooled connection was closed
///   before anything was written to it.)
/// - No proxy is taken from the environment: credentials often travel in plain HTTP here.
/// - No compression is asked for, whatever features of reqwest other crates turn on.
/// - Connecting takes 10 seconds at most.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let http = generated_client::http_builder()
///     .proxy(reqwest::Proxy::all("http://proxy.example:3128")?);
/// let credentials = generated_client::cbr::Token::new("gAAAAABk")?;
/// let cbr = generated_client::cbr::Client::builder("http://cbr.example", credentials)
///     .allow_plain_http(true)
///     .http_client(http)
///     .build()?;
/// # Ok(())
/// # }
/// ```
pub fn http_builder() -> ClientBuilder {
    builder(DEFAULT_CONNECT_TIMEOUT, false)
}

/// What no setting of a caller's may change.
pub(crate) fn careful(builder: ClientBuilder) -> ClientBuilder {
    builder.redirect(redirect::Policy::none()).retry(reqwest::retry::never())
}

/// The same, with the limit and the proxies that the caller chose.
pub(crate) fn builder(connect_timeout: Duration, environment_proxies: bool) -> ClientBuilder {
    let builder = careful(reqwest::Client::builder())
        .referer(false)
        // Another crate in the same build can turn these on for everybody.
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        .connect_timeout(connect_timeout);
    if environment_proxies { builder } else { builder.no_proxy() }
}
