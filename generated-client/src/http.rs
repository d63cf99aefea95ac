//! The HTTP client below, with everything that it would do by itself set on purpose.

use std::time::Duration;

use reqwest::{Client, ClientBuilder, Method, RequestBuilder, redirect};

use crate::{base_url::BaseUrl, limits::DEFAULT_CONNECT_TIMEOUT};

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
/// With the feature `rustls-no-provider`, install the cryptography before it is built: reqwest panics without.
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

/// Whether TLS has its cryptography, without which reqwest's builder panics: where this crate does not bring it, the program
/// has to install it.
pub(crate) fn has_cryptography() -> bool {
    #[cfg(all(feature = "rustls-no-provider", not(feature = "rustls")))]
    return rustls::crypto::CryptoProvider::get_default().is_some();
    #[cfg(not(all(feature = "rustls-no-provider", not(feature = "rustls"))))]
    true
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

/// What requests are built with. It has the methods of [`reqwest::Client`] that generated code calls, for addresses under
/// the client's own.
#[derive(Clone, Copy)]
pub(crate) struct Requests<'a> {
    pub(crate) client: &'a Client,
    pub(crate) base_url: &'a BaseUrl,
}

#[allow(dead_code, reason = "generated code uses the methods of the document's operations")]
impl Requests<'_> {
    pub(crate) fn get(self, address: impl AsRef<str>) -> RequestBuilder {
        self.request(Method::GET, address)
    }

    pub(crate) fn head(self, address: impl AsRef<str>) -> RequestBuilder {
        self.request(Method::HEAD, address)
    }

    pub(crate) fn post(self, address: impl AsRef<str>) -> RequestBuilder {
        self.request(Method::POST, address)
    }

    pub(crate) fn put(self, address: impl AsRef<str>) -> RequestBuilder {
        self.request(Method::PUT, address)
    }

    pub(crate) fn patch(self, address: impl AsRef<str>) -> RequestBuilder {
        self.request(Method::PATCH, address)
    }

    pub(crate) fn delete(self, address: impl AsRef<str>) -> RequestBuilder {
        self.request(Method::DELETE, address)
    }

    pub(crate) fn request(self, method: Method, address: impl AsRef<str>) -> RequestBuilder {
        match self.base_url.request_url(address.as_ref()) {
            Some(url) => self.client.request(method, url),
            None => self.client.request(method, address.as_ref()),
        }
    }
}
