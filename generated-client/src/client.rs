//! How clients are made.

use std::{fmt, time::Duration};

use crate::{
    InvalidVariable, Retries,
    base_url::{BaseUrl, Carrier, InvalidBaseUrl},
    credentials::Keeper,
    http,
    limits::{Limits, Poll},
    transport::{Http, Transport},
};

/// Sets what a client does, then makes it.
///
/// It comes from a client's `builder`, with the base address and the credentials that no client can do without.
pub struct ClientBuilder<C> {
    base_url: String,
    credentials: C,
    limits: Limits,
    plain_http: bool,
    environment_proxies: bool,
    http: Option<reqwest::ClientBuilder>,
}

impl<C> ClientBuilder<C> {
    pub(crate) fn new(base_url: &str, credentials: C) -> Self {
        Self {
            base_url: base_url.to_owned(),
            credentials,
            limits: Limits::default(),
            plain_http: false,
            environment_proxies: false,
            http: None,
        }
    }

    /// Sets how long a whole call may take: 30 minutes unless it is set. A single call can have its own limit.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limits.timeout = limit;
        self
    }

    /// Sets how long connecting may take: 10 seconds unless it is set. A single call can have its own limit.
    ///
    /// It has no effect on an HTTP client that the caller brings.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.limits.connect_timeout = limit;
        self
    }

    /// Sets how large the body of an answer may be, in bytes: 16 MiB unless it is set.
    #[must_use]
    pub fn max_answer_bytes(mut self, limit: usize) -> Self {
        self.limits.max_answer_bytes = limit;
        self
    }

    /// Sets how many requests may be under way at the same time: 256 unless it is set, and 1 at least. Each has a connection of
    /// its own; they are used again.
    ///
    /// Calls beyond that wait for their turn, as long as they may take: any number of calls can be made at once, and neither
    /// the system's limit of open files nor the server is overrun. It also bounds the memory for answers, together with
    /// [`max_answer_bytes`](Self::max_answer_bytes). A job that runs takes no turn. Questions for jobs have turns of their own,
    /// a quarter as many in addition: requests that stand still do not keep anybody from asking.
    #[must_use]
    pub fn max_concurrent_requests(mut self, limit: usize) -> Self {
        self.limits.max_concurrent_requests = limit;
        self
    }

    /// Sets how long to wait before a job is asked for: at first, and at most (200 ms and 5 s unless they are set). Each
    /// pause is twice as long as the one before. A single call can have its own.
    #[must_use]
    pub fn poll_interval(mut self, first: Duration, longest: Duration) -> Self {
        self.limits.poll = Poll::new(first, longest);
        self
    }

    /// Sets how often requests are sent again where that can't do anything twice: three times unless it is set. A single
    /// call can have its own.
    #[must_use]
    pub fn retries(mut self, retries: Retries) -> Self {
        self.limits.retries = retries;
        self
    }

    /// Sets how much all calls of the client together may send again: of `requests` requests, one (10 unless it is set; 0
    /// counts as 1), and `saved` more that are saved up while all is well (10 unless it is set; 0: nothing is ever sent again).
    #[must_use]
    pub fn retry_budget(mut self, saved: u32, requests: u32) -> Self {
        self.limits.retry_budget = (saved, requests);
        self
    }

    /// Allows plain HTTP over a network. Not allowed unless it is set; to the machine itself (`127.0.0.1`, `::1`,
    /// `localhost`) it always is, as long as no proxy of the environment stands in between. (Of a client that is brought,
    /// nobody can tell.)
    ///
    /// ZStack needs it: its documented address is `http://{host}:8080/zstack`, and the addresses that it gives its jobs are
    /// always `http`. Whoever can listen in between reads sessions, names of jobs and the password in `url`, and can make
    /// restores of their own. So allow it in a network where nobody can; or put a proxy with TLS before the server, and use
    /// the proxy's `https` address. The secret of an access key does not travel, but its signature covers neither
    /// parameters nor body: what is read can be changed and sent again while its date holds.
    #[must_use]
    pub fn allow_plain_http(mut self, allowed: bool) -> Self {
        self.plain_http = allowed;
        self
    }

    /// Takes proxies from the environment (`HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`). Not done unless it is set: such a
    /// proxy sees the credentials of every plain HTTP request.
    ///
    /// It has no effect on an HTTP client that the caller brings.
    #[must_use]
    pub fn proxies_from_environment(mut self, wanted: bool) -> Self {
        self.environment_proxies = wanted;
        self
    }

    /// Uses an HTTP client that is set by the caller, with its own proxies, certificates and pool. Start from
    /// [`http_builder`](crate::http_builder), which has the settings of this crate.
    ///
    /// Whatever it was set to, it follows no redirect and sends nothing again by itself: credentials would go to wherever
    /// the server points, and a restore could be sent twice.
    #[must_use]
    pub fn http_client(mut self, http: reqwest::ClientBuilder) -> Self {
        self.http = Some(http);
        self
    }

    /// What the service's client stands on.
    pub(crate) fn transport(self) -> Result<Transport, ConfigError>
    where
        C: Into<Keeper>,
    {
        let base_url: BaseUrl = self.base_url.parse().map_err(ConfigError::BaseUrl)?;
        // A proxy from the environment is another machine, wherever the address leads.
        let is_plain = match base_url.carrier() {
            Carrier::Tls => false,
            Carrier::Loopback => self.environment_proxies && self.http.is_none(),
            Carrier::Plain => true,
        };
        if is_plain && !self.plain_http {
            return Err(ConfigError::PlainHttp);
        }
        let http = match self.http {
            Some(http) => Http::Brought(http::careful(http).build().map_err(ConfigError::Http)?),
            None => {
                if base_url.carrier() == Carrier::Tls && !cfg!(any(feature = "rustls", feature = "rustls-no-provider"))
                {
                    return Err(ConfigError::NoTls);
                }
                if !http::has_cryptography() {
                    return Err(ConfigError::NoCryptography);
                }
                let client = http::builder(self.limits.connect_timeout, self.environment_proxies).build();
                Http::Own { client: client.map_err(ConfigError::Http)?, environment_proxies: self.environment_proxies }
            }
        };
        Ok(Transport::new(base_url, self.credentials.into(), http, self.limits))
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    /// Prints no values: the address has not been checked yet, and may hold a password.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ClientBuilder").finish_non_exhaustive()
    }
}

/// Why a client could not be made. Its `Debug` is its text as well: a `main` that returns it prints that.
#[non_exhaustive]
pub enum ConfigError {
    /// The base address can't be used.
    BaseUrl(InvalidBaseUrl),
    /// The base address is plain `http` to another machine, which was not allowed
    /// ([`ClientBuilder::allow_plain_http`]).
    PlainHttp,
    /// The base address is `https`, and the crate was built without TLS.
    NoTls,
    /// The crate was built with the feature `rustls-no-provider`, and the program has not installed any cryptography
    /// (`rustls::crypto::CryptoProvider::install_default`).
    NoCryptography,
    /// The HTTP client could not be set up.
    Http(reqwest::Error),
    /// A client was to be made from environment variables, and one of them can't be used.
    Environment(InvalidVariable),
}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl(problem) => problem.fmt(formatter),
            Self::Environment(problem) => problem.fmt(formatter),
            Self::PlainHttp => formatter.write_str(
                "the base address is plain http to another machine, where others on the way can read the credentials and \
                 use them: take an `https` address, or, in a network where nobody else listens, make the client with \
                 `builder` or `builder_from_env` and `allow_plain_http(true)`",
            ),
            Self::NoTls => formatter.write_str(
                "the base address is https, and generated-client was built without TLS: turn on its feature `rustls` or \
                 `rustls-no-provider`, or bring an HTTP client that has TLS",
            ),
            Self::NoCryptography => formatter.write_str(
                "TLS has no cryptography: call `install_default` of a rustls `CryptoProvider` before the client is made, or \
                 turn on generated-client's feature `rustls` instead of `rustls-no-provider`",
            ),
            Self::Http(_) => formatter.write_str("the HTTP client could not be set up; its own words follow as the source"),
        }
    }
}

impl fmt::Debug for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)?;
        match self {
            Self::Http(problem) => write!(formatter, ": {problem:?}"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for ConfigError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Http(problem) => Some(problem),
            // Their texts are this one's.
            Self::BaseUrl(_) | Self::Environment(_) | Self::PlainHttp | Self::NoTls | Self::NoCryptography => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cbr::{Client, Credentials, Token};

    fn builder(base_url: &str) -> ClientBuilder<Credentials> {
        Client::builder(base_url, Token::new("t").unwrap())
    }

    #[test]
    fn plain_http_to_another_machine_has_to_be_allowed() {
        for address in ["http://cbr.example", "http://10.0.0.1:8080/prefix"] {
            assert!(matches!(Client::new(address, Token::new("t").unwrap()), Err(ConfigError::PlainHttp)), "{address}");
            let brought = builder(address).http_client(reqwest::Client::builder());
            assert!(matches!(brought.build(), Err(ConfigError::PlainHttp)), "{address}");
            assert!(builder(address).allow_plain_http(true).build().is_ok(), "{address}");
        }
    }

    #[test]
    fn plain_http_to_the_machine_itself_through_a_proxy_has_to_be_allowed() {
        let builder = || builder("http://127.0.0.1:8080").proxies_from_environment(true);
        assert!(matches!(builder().build(), Err(ConfigError::PlainHttp)));
        assert!(builder().allow_plain_http(true).build().is_ok());
    }

    #[test]
    fn plain_http_to_the_machine_itself_is_always_allowed() {
        assert!(builder("http://127.0.0.1:8080").build().is_ok());
    }

    #[test]
    #[cfg(not(any(feature = "rustls", feature = "rustls-no-provider")))]
    fn without_tls_an_https_address_is_refused_when_the_client_is_made() {
        assert!(matches!(builder("https://cbr.example").build(), Err(ConfigError::NoTls)));
    }
}
