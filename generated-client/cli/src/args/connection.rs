//! Where a request goes, how, and for how long.

use std::{path::PathBuf, time::Duration};

use clap::Args;
use generated_client::{ClientBuilder, Retries};
use jiff::{SignedDuration, tz::TimeZone};

/// What both services have.
#[derive(Debug, Clone, Args)]
pub(crate) struct Connection {
    /// Take credentials from this file first: lines such as ZSTACK_SESSION=…, and nobody but you may read it
    #[arg(long, value_name = "FILE", help_heading = "Connection")]
    pub(crate) credentials_file: Option<PathBuf>,
    /// Allow plain HTTP over a network: whoever listens on the way reads the credentials
    #[arg(long, help_heading = "Connection")]
    pub(crate) allow_plain_http: bool,
    /// Take proxies from HTTP_PROXY, HTTPS_PROXY and NO_PROXY: one sees the credentials of plain HTTP
    #[arg(long, help_heading = "Connection")]
    pub(crate) proxies_from_environment: bool,
    /// How long the whole call may take, its job included, as `90s`, `30m`, `2h` [default: 30m]
    #[arg(long, value_name = "DURATION", value_parser = duration, help_heading = "Connection")]
    pub(crate) timeout: Option<Duration>,
    /// How often a request is sent again where that can't do anything twice [default: 3]
    #[arg(long, value_name = "TIMES", help_heading = "Connection")]
    pub(crate) retries: Option<u32>,
}

/// A server of ZStack.
#[derive(Debug, Clone, Args)]
pub(crate) struct ZStack {
    /// Address of the management node, as `http://zstack.example:8080`
    #[arg(long, value_name = "URL", env = "ZSTACK_URL", hide_env_values = true, help_heading = "Connection")]
    pub(crate) url: String,
    /// Time zone of the server, for access keys: `Asia/Shanghai` or `CST-8` [default: this machine's]
    #[arg(long, value_name = "ZONE", value_parser = zone, help_heading = "Connection")]
    pub(crate) server_time_zone: Option<Zone>,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// A time zone, and how it was given.
#[derive(Debug, Clone)]
pub(crate) struct Zone {
    pub(crate) text: String,
    pub(crate) zone: TimeZone,
}

impl Connection {
    /// Sets up a client so.
    pub(crate) fn apply<C>(&self, builder: ClientBuilder<C>) -> ClientBuilder<C> {
        let builder =
            builder.allow_plain_http(self.allow_plain_http).proxies_from_environment(self.proxies_from_environment);
        let builder = match self.timeout {
            Some(limit) => builder.timeout(limit),
            None => builder,
        };
        match self.retries {
            Some(times) => builder.retries(Retries::default().times(times)),
            None => builder,
        }
    }
}

/// A duration as people write it, longer than nothing.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let parsed = text.parse::<SignedDuration>().ok().and_then(|parsed| Duration::try_from(parsed).ok());
    parsed
        .filter(|parsed| !parsed.is_zero())
        .ok_or_else(|| "a duration is a number with a unit: 90s, 30m, 2h".to_owned())
}

/// A time zone by its name, or as POSIX writes it.
fn zone(text: &str) -> Result<Zone, String> {
    TimeZone::get(text)
        .or_else(|_| TimeZone::posix(text))
        .map(|zone| Zone { text: text.to_owned(), zone })
        .map_err(|_| "a time zone is a name, as Asia/Shanghai, or POSIX's form, as CST-8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_has_a_unit_and_is_longer_than_nothing() {
        for (text, seconds) in [("90s", 90), ("30m", 1_800), ("1h 30m", 5_400)] {
            assert_eq!(duration(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "30", "0s", "-5m", "soon"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_zone_without_a_database_is_read_as_posix_writes_it() {
        assert!(zone("CST-8").is_ok() && zone("UTC").is_ok());
        assert!(zone("Nowhere/At all").is_err());
    }
}
