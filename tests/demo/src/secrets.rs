//! Credentials, which are not shown.

use simulator::RecordedRequest;

/// Headers that are shown, in this order; the others say nothing about the operations.
const SHOWN: [&str; 4] = ["authorization", "x-auth-token", "x-job-uuid", "x-api-timeout"];

/// The headers that matter, with credentials left out.
pub(crate) fn headers(request: &RecordedRequest) -> Vec<(&'static str, String)> {
    let shown = |name| request.header(name).map(|value| (name, header(name, value)));
    SHOWN.into_iter().filter_map(shown).collect()
}

/// A header's value; of credentials no more than their scheme.
fn header(name: &str, value: &str) -> String {
    match (name, value.split_once(' ')) {
        ("authorization", Some((scheme, _))) => format!("{scheme} …"),
        ("authorization" | "x-auth-token", _) => "…".to_owned(),
        _ => value.to_owned(),
    }
}

/// The query, decoded to be read, with the password of an address left out. Empty if there is none.
pub(crate) fn query(request: &RecordedRequest) -> String {
    let pairs: Vec<String> =
        request.query_pairs().into_iter().map(|(name, value)| format!("{name}={}", address(&value))).collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

/// An address such as `ssh://user:password@host/path`, with the password left out. Other texts stay as they are.
pub(crate) fn address(text: &str) -> String {
    let hidden = || {
        let (scheme, rest) = text.split_once("://")?;
        let (user_info, host) = rest.rsplit_once('@')?;
        let (user, _) = user_info.split_once(':')?;
        Some(format!("{scheme}://{user}:…@{host}"))
    };
    hidden().unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_credentials_no_more_than_the_scheme_is_shown() {
        assert_eq!(header("authorization", "OAuth 5a7d0b6a"), "OAuth …");
        assert_eq!(header("authorization", "5a7d0b6a"), "…");
        assert_eq!(header("x-auth-token", "MIIE sample"), "…");
        assert_eq!(header("x-api-timeout", "90"), "90");
    }

    #[test]
    fn an_address_is_shown_without_its_password() {
        assert_eq!(address("ssh://root:p%40ss@10.0.0.1:22/bs"), "ssh://root:…@10.0.0.1:22/bs");
        assert_eq!(address("ssh://root:p@ss@10.0.0.1:22/bs"), "ssh://root:…@10.0.0.1:22/bs");
        assert_eq!(address("ssh://root@10.0.0.1:22/bs"), "ssh://root@10.0.0.1:22/bs");
        assert_eq!(address("8000"), "8000");
    }
}
