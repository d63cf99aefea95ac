//! With the feature `rustls-no-provider` alone, a program that has installed no cryptography.
//!
//! `cargo test -p generated-client --no-default-features --features rustls-no-provider --test no_cryptography`

#![cfg(all(feature = "rustls-no-provider", not(feature = "rustls")))]
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use generated_client::{ConfigError, cbr};

#[test]
fn a_client_is_refused_and_does_not_panic() {
    for address in ["https://cbr.example", "http://127.0.0.1:8080"] {
        let refused = cbr::Client::new(address, cbr::Token::new("token").unwrap());
        assert!(matches!(refused, Err(ConfigError::NoCryptography)), "{address}: {refused:?}");
    }
}
