//! ZStack's access keys.

use std::{fmt, sync::Arc};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::{Zoned, fmt::strtime};
use percent_encoding::percent_decode_str;
use reqwest::{
    Method, Request,
    header::{AUTHORIZATION, DATE, HeaderValue},
};
use sha1::Sha1;
use zeroize::Zeroizing;

use crate::{
    InvalidCredentials,
    credentials::{self, Authenticate},
};

/// An access key of ZStack, which signs each request: `Authorization: ZStack {id}:{signature}`, with `Date`. Needs the
/// feature `access-keys`.
///
/// The signature is HMAC-SHA1 over method, date and path, as the manual says. Parameters and body are not signed.
///
/// The secret itself is not kept: only what HMAC makes of it, which is zeroed when it is dropped. Not zeroed are the text that
/// it was made from, and what HMAC left on the stack; of a signature, the buffers of HTTP and TLS that it was written through.
///
/// ```
/// use generated_client::{
///     jiff::{Timestamp, tz::TimeZone},
///     zstack,
/// };
///
/// # fn run(secret: &str) -> Result<(), Box<dyn std::error::Error>> {
/// // The time zone of the server.
/// let zone = TimeZone::posix("CST-8")?;
/// let clock = move || Timestamp::now().to_zoned(zone.clone());
/// let key = zstack::AccessKey::new("LTo5CW0hWnL7VzlGUsyk", secret, clock)?;
/// let zstack = zstack::Client::builder("http://zstack.example:8080", key).allow_plain_http(true).build()?;
/// # Ok(())
/// # }
/// # run("8heumeFTvIeZxkTGfEYvVi9qVVPd9ffQNDALSPPb").unwrap();
/// ```
#[derive(Clone)]
pub struct AccessKey {
    id: String,
    key: Hmac<Sha1>,
    clock: Arc<dyn Fn() -> Zoned + Send + Sync>,
}

impl AccessKey {
    /// The access key with this id (`AccessKeyID`) and secret (`AccessKeySecret`).
    ///
    /// `clock` gives the server's local time, and is asked for each request. By default the server compares what its wall
    /// clock shows with what `Date` shows, whatever zone `Date` names, and refuses what is too far off: the time of
    /// another zone is refused. jiff's `Zoned::now` is the clock for a program in the server's zone that turns on jiff's
    /// feature `tz-system`; without that feature it knows no zone, and each call fails before it is sent.
    ///
    /// # Errors
    /// When the server can't have handed out such an id or secret. The error does not repeat them.
    pub fn new(
        id: &str,
        secret: &str,
        clock: impl Fn() -> Zoned + Send + Sync + 'static,
    ) -> Result<Self, InvalidCredentials> {
        const ID: &str = "the access key's id";
        const SECRET: &str = "the access key's secret";
        credentials::check(ID, id)?;
        if id.contains(':') {
            return Err(InvalidCredentials::new(ID, "has a colon in it"));
        }
        credentials::check(SECRET, secret)?;
        let key = Hmac::new_from_slice(secret.as_bytes())
            .map_err(|_| InvalidCredentials::new(SECRET, "can't be signed with"))?;
        Ok(Self { id: id.to_owned(), key, clock: Arc::new(clock) })
    }

    /// The signature of a request, in base64.
    fn signature(&self, method: &Method, date: &str, path: &str) -> Zeroizing<String> {
        let signed = self.key.clone().chain_update(format!("{method}\n{date}\n{path}"));
        Zeroizing::new(STANDARD.encode(signed.finalize().into_bytes()))
    }
}

impl Authenticate for AccessKey {
    fn authenticate(&self, request: &mut Request) -> Result<(), String> {
        let date = date(&(self.clock)())?;
        let signature = self.signature(request.method(), &date, &signed_path(request.url().path())?);
        let date = HeaderValue::try_from(date).map_err(|_| "the clock's date can't stand in a header".to_owned())?;
        let prefix = format!("ZStack {}:", self.id);
        let key =
            credentials::sensitive("the access key", &prefix, &signature).map_err(|problem| problem.to_string())?;
        request.headers_mut().insert(DATE, date);
        request.headers_mut().insert(AUTHORIZATION, key);
        Ok(())
    }
}

impl fmt::Debug for AccessKey {
    /// Prints no values.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AccessKey").finish_non_exhaustive()
    }
}

/// The text of `Date`, in Java's form `EEE, dd MMM yyyy HH:mm:ss z`: `Fri, 06 Aug 2021 17:58:34 PRC`.
///
/// A zone without letters for a name is `GMT+08:00`, which Java reads; it does not read `+08` there.
fn date(now: &Zoned) -> Result<String, String> {
    // It would be sent as UTC's, and refused by every server that is elsewhere.
    if now.time_zone().is_unknown() {
        return Err("the clock has no time zone; give it the server's".to_owned());
    }
    if now.year() < 1 {
        return Err(format!("the clock says that it is the year {}, which no `Date` can say", now.year()));
    }
    if now.offset().seconds() % 60 != 0 {
        return Err(format!("the clock's zone is {} from GMT, and `Date` has no seconds there", now.offset()));
    }
    let zone = now.time_zone().to_offset_info(now.timestamp());
    let name = zone.abbreviation();
    let has_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    let format = if has_name { "%a, %d %b %Y %H:%M:%S %Z" } else { "%a, %d %b %Y %H:%M:%S GMT%:z" };
    strtime::format(format, now).map_err(|problem| format!("the clock's date can't be written: {problem}"))
}

/// What the server takes for the path: decoded, without `/zstack`, and without what a proxy has before that.
fn signed_path(path: &str) -> Result<String, String> {
    let begin = path.rfind("/zstack/v1/").ok_or("the path has no `/zstack/v1/`, from where on it would be signed")?;
    let signed = path.get(begin + "/zstack".len()..).unwrap_or_default();
    Ok(percent_decode_str(signed).decode_utf8_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use jiff::{
        civil,
        tz::{Offset, TimeZone},
    };

    use super::*;

    /// The secret of the manual's example.
    const SECRET: &str = "8heumeFTvIeZxkTGfEYvVi9qVVPd9ffQNDALSPPb";

    /// The time of the manual's example, in some zone.
    fn manual(zone: TimeZone) -> Zoned {
        civil::date(2021, 8, 6).at(17, 58, 34, 0).to_zoned(zone).unwrap()
    }

    fn request(address: &str) -> Request {
        let key = AccessKey::new("id", SECRET, || manual(TimeZone::posix("PRC-8").unwrap())).unwrap();
        let mut request = Request::new(Method::GET, address.parse().unwrap());
        key.authenticate(&mut request).unwrap();
        request
    }

    #[test]
    fn the_manuals_request_gets_the_manuals_date_and_signature() {
        let request = request("http://zstack.example:8080/zstack/v1/vm-instances");
        assert_eq!(request.headers()[DATE], "Fri, 06 Aug 2021 17:58:34 PRC");
        assert_eq!(request.headers()[AUTHORIZATION], "ZStack id:hPToRHeHdV49D4u20G8OlE0yJho=");
    }

    #[test]
    fn neither_the_query_nor_what_a_proxy_has_before_the_path_is_signed() {
        for prefix in ["", "/proxy", "/zstack", "/zstack/v1/proxy", "/v1/%7A"] {
            let request = request(&format!("http://zstack.example{prefix}/zstack/v1/vm-instances?limit=1"));
            assert_eq!(request.headers()[AUTHORIZATION], "ZStack id:hPToRHeHdV49D4u20G8OlE0yJho=", "{prefix}");
        }
    }

    #[test]
    fn the_path_is_signed_decoded() {
        assert_eq!(signed_path("/zstack/v1/volumes/a%20b/actions").unwrap(), "/v1/volumes/a b/actions");
    }

    #[test]
    fn the_signature_is_marked_as_sensitive() {
        let request = request("http://zstack.example/zstack/v1/vm-instances");
        assert!(request.headers()[AUTHORIZATION].is_sensitive());
    }

    #[test]
    fn a_zone_whose_name_is_an_offset_is_written_as_java_reads_it() {
        let seconds =
            |hours: i32, minutes: i32| TimeZone::fixed(Offset::from_seconds(hours * 3600 + minutes * 60).unwrap());
        for (zone, written) in [
            (seconds(8, 0), "GMT+08:00"),
            (seconds(-3, -30), "GMT-03:30"),
            (TimeZone::posix("<+0545>-5:45").unwrap(), "GMT+05:45"),
            (TimeZone::UTC, "UTC"),
            (TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap(), "CEST"),
        ] {
            assert_eq!(date(&manual(zone)).unwrap(), format!("Fri, 06 Aug 2021 17:58:34 {written}"));
        }
    }

    #[test]
    fn a_time_that_no_date_can_say_is_an_error() {
        let before_christ = civil::date(-5, 1, 1).to_zoned(TimeZone::UTC).unwrap();
        assert_eq!(date(&before_christ).unwrap_err(), "the clock says that it is the year -5, which no `Date` can say");
        let unknown = date(&manual(TimeZone::unknown()));
        assert_eq!(unknown.unwrap_err(), "the clock has no time zone; give it the server's");
        let seconds = manual(TimeZone::fixed(Offset::from_seconds(29_143).unwrap()));
        assert!(date(&seconds).unwrap_err().starts_with("the clock's zone is +08:05:43 from GMT"));
    }

    #[test]
    fn an_id_or_secret_that_no_server_hands_out_is_refused_without_being_repeated() {
        for (id, secret, refused) in [
            ("", "s", "the access key's id is empty"),
            ("i:d", "s", "the access key's id has a colon in it"),
            ("id", "", "the access key's secret is empty"),
            ("id", "s\n", "the access key's secret has white space or a line break in it"),
        ] {
            let error = AccessKey::new(id, secret, Zoned::now).unwrap_err();
            assert_eq!(error.to_string(), format!("{refused}; give it as the service handed it out"));
        }
    }

    #[test]
    fn debug_prints_no_values() {
        let key = AccessKey::new("id", SECRET, Zoned::now).unwrap();
        assert_eq!(format!("{key:?}"), "AccessKey { .. }");
    }
}
