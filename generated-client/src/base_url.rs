//! The address that a client's requests begin with.

use std::{fmt, net::IpAddr, str::FromStr};

use reqwest::Url;

/// The address of a service, which a request's path is appended to: `https://cloud.example:8080/prefix`.
///
/// Parsed and checked once, when a client is made: scheme `http` or `https`, a host, and maybe a port and a path
/// prefix, as of a proxy. Slashes at its end are dropped. The scheme, the host and the port are normalised as the
/// WHATWG's URL standard says (`HTTPS://Cloud.Example:443/` becomes `https://cloud.example`).
///
/// That standard also repairs in silence: it drops line breaks, reads `\` as `/`, resolves `..`. Requests that
/// move disks' contents must not go to an address that somebody did not mean, so what would need repair is an error.
///
/// No user name and password, no query and no fragment: a secret in an address ends up in logs. So an
/// address has none, and can be shown; the text of [`InvalidBaseUrl`] shows no part of what was refused but its scheme.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct BaseUrl {
    address: String,
    /// The same without its path, parsed: `https://cloud.example:8080/`.
    origin: Url,
    carrier: Carrier,
}

/// What a request to an address travels in, as far as others may read it on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Carrier {
    /// TLS.
    Tls,
    /// Plain HTTP that does not leave the machine.
    Loopback,
    /// Plain HTTP over a network.
    Plain,
}

impl BaseUrl {
    /// The address, without a slash at its end: `format!("{base_url}/v1/…")` is a request's URL.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.address
    }

    /// The URL of a request whose address begins with this one, as [`Url::parse`] would give it: without parsing its host
    /// again, which is a tenth of all that a call computes. None where only parsing can tell.
    pub(crate) fn request_url(&self, address: &str) -> Option<Url> {
        let path = address.strip_prefix(self.origin.as_str().trim_end_matches('/'))?;
        if !path.starts_with('/') || path.bytes().any(|byte| matches!(byte, b'?' | b'#')) {
            return None;
        }
        let mut url = self.origin.clone();
        url.set_path(path);
        Some(url)
    }

    /// What requests to it travel in.
    pub(crate) fn carrier(&self) -> Carrier {
        self.carrier
    }
}

fn parse(text: &str) -> Result<BaseUrl, InvalidBaseUrl> {
    if text.is_empty() {
        return Err(InvalidBaseUrl::Empty);
    }
    let find = |refused: fn(char) -> bool| text.char_indices().find(|&(_, c)| refused(c));
    if let Some((at, _)) = find(|c| c.is_whitespace() || c.is_control()) {
        return Err(InvalidBaseUrl::Space { at });
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        return Err(InvalidBaseUrl::NoScheme);
    };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return Err(InvalidBaseUrl::Scheme { scheme: shown_scheme(scheme) });
    }
    // Before anything that ends the authority: a password may hold a character that should have been encoded.
    if rest.contains('@') {
        return Err(InvalidBaseUrl::UserInfo);
    }
    if rest.contains('?') {
        return Err(InvalidBaseUrl::Query);
    }
    if rest.contains('#') {
        return Err(InvalidBaseUrl::Fragment);
    }
    if let Some((at, _)) = find(|c| c == '\\') {
        return Err(InvalidBaseUrl::Backslash { at });
    }
    if let Some((at, _)) = find(|c| matches!(c, '{' | '}' | '<' | '>')) {
        return Err(InvalidBaseUrl::Placeholder { at });
    }
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    if authority.is_empty() {
        return Err(InvalidBaseUrl::NoHost);
    }
    if path.split('/').any(is_dot_segment) {
        return Err(InvalidBaseUrl::DotSegment);
    }
    let url = Url::parse(text).map_err(|error| InvalidBaseUrl::Malformed { why: error.to_string() })?;
    let carrier = match url.scheme() {
        "https" => Carrier::Tls,
        _ if url.host_str().is_some_and(is_loopback) => Carrier::Loopback,
        _ => Carrier::Plain,
    };
    let address = url.as_str().trim_end_matches('/').to_owned();
    let mut origin = url;
    origin.set_path("");
    Ok(BaseUrl { address, origin, carrier })
}

/// Whether requests to a host stay on this machine: 127.0.0.0/8, `::1`, and the name that is kept for them (RFC 6761).
/// Names below `localhost` are asked of name servers by some systems, and do not count.
fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    address.map_or(host == "localhost", |address| address.to_canonical().is_loopback())
}

/// Also in the encodings that URL parsers take for a dot.
fn is_dot_segment(segment: &str) -> bool {
    matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}

/// What stands before `://` is shown only where it is a scheme, by its look: it could be a pasted secret.
fn shown_scheme(scheme: &str) -> Option<String> {
    let known = ["ftp", "ws", "wss", "ssh", "sftp", "file", "unix", "tcp", "socks5"];
    known.contains(&scheme).then(|| scheme.to_owned())
}

impl FromStr for BaseUrl {
    type Err = InvalidBaseUrl;

    fn from_str(text: &str) -> Result<Self, InvalidBaseUrl> {
        parse(text)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.address.fmt(formatter)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.address.fmt(formatter)
    }
}

/// Why a text can't be the base address of a client. Nothing was sent.
///
/// Neither its `Display` nor its `Debug` shows the text, which may hold a password in a place where nobody expects it.
/// Positions are in bytes, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidBaseUrl {
    /// The text is empty.
    Empty,
    /// White space or a control character, at the ends or inside.
    Space {
        /// Where the first one stands, in bytes.
        at: usize,
    },
    /// No `://`.
    NoScheme,
    /// A scheme that is neither `http` nor `https`.
    Scheme {
        /// The scheme, where it is a well-known one.
        scheme: Option<String>,
    },
    /// A user name or password, or an `@` elsewhere, which looks like the end of one.
    UserInfo,
    /// A `?` and what follows it.
    Query,
    /// A `#` and what follows it.
    Fragment,
    /// A backslash.
    Backslash {
        /// Where the first one stands, in bytes.
        at: usize,
    },
    /// A brace or an angle bracket, as of the documentation's `{host}` or `<endpoint>`.
    Placeholder {
        /// Where the first one stands, in bytes.
        at: usize,
    },
    /// Nothing between `://` and the path.
    NoHost,
    /// A `.` or `..` in the path.
    DotSegment,
    /// A host or a port that is none.
    Malformed {
        /// What the URL parser says.
        why: String,
    },
}

impl fmt::Display for InvalidBaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the base address ")?;
        match self {
            Self::Empty => formatter.write_str("is empty; an unset variable is often the cause")?,
            Self::Space { at } => {
                write!(formatter, "has white space or a control character at byte {at}; take it out")?;
            }
            Self::NoScheme => formatter.write_str("has no `://`; begin it with `http://` or `https://`")?,
            Self::Scheme { scheme: Some(scheme) } => {
                write!(formatter, "has the scheme `{scheme}`; begin it with `http://` or `https://`")?;
            }
            Self::Scheme { scheme: None } => {
                formatter.write_str("has an unknown scheme; begin it with `http://` or `https://`")?;
            }
            Self::UserInfo => formatter.write_str(
                "has an `@`, as after a user name or password; take them out, credentials are given to the client \
                 separately",
            )?,
            Self::Query => formatter.write_str("has a query; take out the `?` and what follows it")?,
            Self::Fragment => formatter.write_str("has a fragment; take out the `#` and what follows it")?,
            Self::Backslash { at } => write!(formatter, "has a backslash at byte {at}; write `/`")?,
            Self::Placeholder { at } => {
                write!(formatter, "has a placeholder's bracket at byte {at}; put the real name in its place")?;
            }
            Self::NoHost => formatter.write_str("has no host; put one after `://`")?,
            Self::DotSegment => {
                formatter.write_str("has a `.` or `..` in its path; write the path that it stands for")?;
            }
            Self::Malformed { why } => write!(formatter, "has no valid host or port: {why}; check both")?,
        }
        formatter.write_str(" (such as `https://cloud.example:8080`)")
    }
}

impl std::error::Error for InvalidBaseUrl {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_normalised() {
        for (text, expected) in [
            ("https://cloud.example", "https://cloud.example"),
            ("https://cloud.example/", "https://cloud.example"),
            ("https://cloud.example//", "https://cloud.example"),
            ("HTTPS://Cloud.Example:443/", "https://cloud.example"),
            ("http://10.0.0.1:8080", "http://10.0.0.1:8080"),
            ("http://[::1]:8080/", "http://[::1]:8080"),
            ("http://localhost:80", "http://localhost"),
            ("https://proxy.example/cloud/", "https://proxy.example/cloud"),
            ("https://proxy.example/cloud/deep///", "https://proxy.example/cloud/deep"),
            ("https://proxy.example/Cloud%20A/..a", "https://proxy.example/Cloud%20A/..a"),
            ("https://bücher.example/é", "https://xn--bcher-kva.example/%C3%A9"),
        ] {
            let base_url = text.parse::<BaseUrl>();
            assert_eq!(base_url.as_ref().map(BaseUrl::as_str), Ok(expected), "{text}");
        }
    }

    #[test]
    fn the_url_of_a_request_is_the_one_that_parsing_its_address_gives() {
        for base in ["https://cloud.example", "http://10.0.0.1:8080", "http://[::1]", "https://bücher.example/é/deep/"]
        {
            let base: BaseUrl = base.parse().unwrap();
            for path in ["/v1/volumes/a-B_c.~/actions", "/v3/a%20b%2Fc/%C3%A9", "/", "/a//b/", "/..a/%252e"] {
                let address = format!("{base}{path}");
                assert_eq!(base.request_url(&address), Some(Url::parse(&address).unwrap()));
            }
        }
    }

    #[test]
    fn an_address_that_is_more_than_a_path_under_the_base_has_to_be_parsed() {
        let base: BaseUrl = "http://10.0.0.1:80".parse().unwrap();
        for address in ["http://10.0.0.1", "http://10.0.0.10/a", "http://10.0.0.1:8080/a", "http://10.0.0.1/a?b", "/a"]
        {
            assert_eq!(base.request_url(address), None, "{address}");
        }
    }

    #[test]
    fn what_is_no_plain_address_is_refused() {
        use InvalidBaseUrl::*;
        let scheme = |name: &str| Scheme { scheme: Some(name.to_owned()) };
        for (text, expected) in [
            ("", Empty),
            (" https://host", Space { at: 0 }),
            ("https://host ", Space { at: 12 }),
            ("https://host\n", Space { at: 12 }),
            ("https://ho\tst", Space { at: 10 }),
            ("https://host\u{a0}", Space { at: 12 }),
            ("https://host/\0", Space { at: 13 }),
            ("host", NoScheme),
            ("host:8080", NoScheme),
            ("//host", NoScheme),
            ("https:host", NoScheme),
            ("https:/host", NoScheme),
            ("https:\\\\host", NoScheme),
            ("ftp://host", scheme("ftp")),
            ("file:///etc", scheme("file")),
            ("httpss://host", Scheme { scheme: None }),
            ("://host", Scheme { scheme: None }),
            ("https://", NoHost),
            ("https:///host", NoHost),
            ("https://user@host", UserInfo),
            ("https://user:secret@host", UserInfo),
            ("https://@host", UserInfo),
            ("https://user:se/cret@host", UserInfo),
            ("https://user:se?cret@host", UserInfo),
            ("https://user:se#cret@host", UserInfo),
            ("https://host?a=b", Query),
            ("https://host/?", Query),
            ("https://host#a", Fragment),
            ("https://host/a#", Fragment),
            ("https://host\\a", Backslash { at: 12 }),
            ("http://{host}", Placeholder { at: 7 }),
            ("https://<endpoint>/", Placeholder { at: 8 }),
            ("https://host/a/../b", DotSegment),
            ("https://host/..", DotSegment),
            ("https://host/./", DotSegment),
            ("https://host/%2e%2E/b", DotSegment),
            ("https://host/.%2e", DotSegment),
        ] {
            assert_eq!(text.parse::<BaseUrl>(), Err(expected), "{text:?}");
        }
    }

    #[test]
    fn plain_http_is_told_from_what_stays_on_the_machine_and_from_tls() {
        for (text, expected) in [
            ("https://cloud.example", Carrier::Tls),
            ("https://127.0.0.1", Carrier::Tls),
            ("http://127.0.0.1:8080", Carrier::Loopback),
            ("http://127.9.8.7", Carrier::Loopback),
            ("http://2130706433", Carrier::Loopback),
            ("http://[::1]:8080/prefix", Carrier::Loopback),
            ("http://[::ffff:127.0.0.1]", Carrier::Loopback),
            ("http://LocalHost:1", Carrier::Loopback),
            ("http://a.localhost", Carrier::Plain),
            ("http://localhost.example", Carrier::Plain),
            ("http://127.0.0.1.example", Carrier::Plain),
            ("http://0.0.0.0", Carrier::Plain),
            ("http://10.0.0.1", Carrier::Plain),
            ("http://[fe80::1]", Carrier::Plain),
            ("http://mylocalhost", Carrier::Plain),
        ] {
            assert_eq!(text.parse::<BaseUrl>().map(|base_url| base_url.carrier()), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_bad_host_or_port_is_refused_with_the_parsers_reason() {
        for text in ["https://host:port", "https://host:65536", "https://:80", "https://[::1", "https://a%20b"] {
            let result = text.parse::<BaseUrl>();
            assert!(matches!(result, Err(InvalidBaseUrl::Malformed { .. })), "{text}: {result:?}");
        }
    }

    #[test]
    fn an_error_shows_nothing_of_the_address() {
        for text in [
            "https://user:secret@host",
            "https://user:secret@host:port",
            "https://user:se/cret@host?secret#secret",
            "user:secret@host",
            "secret://host",
            "https://host?secret",
            "https://host#secret",
            "https://user:secret",
            "https://host:secret",
            "https://secret%",
            "https://secret\\",
            "https://{secret}",
            "https://host/../secret",
            "secret",
            "secret ",
        ] {
            let error = text.parse::<BaseUrl>().err();
            let shown = error.map(|error| format!("{error} {error:?}"));
            assert!(shown.as_ref().is_some_and(|shown| !shown.contains("secret")), "{shown:?}");
        }
    }

    #[test]
    fn a_path_can_be_appended() {
        let url = "https://proxy.example/cloud/".parse::<BaseUrl>().map(|base_url| format!("{base_url}/v3/backups"));
        assert_eq!(url.as_deref(), Ok("https://proxy.example/cloud/v3/backups"));
    }
}
