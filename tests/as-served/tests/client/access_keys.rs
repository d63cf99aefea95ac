//! Requests that an access key signs.

use generated_client::{
    Outcome,
    jiff::{Span, Timestamp, tz::TimeZone},
    zstack,
};
use simulator::{Simulator, sample};

use crate::calls::{self, ZSTACK};

/// A key whose clock is so many minutes off the server's, which is in UTC.
fn key(secret: &str, minutes_off: i64) -> zstack::AccessKey {
    let clock = move || (Timestamp::now() + Span::new().minutes(minutes_off)).to_zoned(TimeZone::UTC);
    zstack::AccessKey::new(sample::ACCESS_KEY_ID, secret, clock).unwrap()
}

async fn outcomes(simulator: &Simulator, key: &zstack::AccessKey) -> Vec<Option<Outcome>> {
    let mut outcomes = Vec::new();
    for operation in ZSTACK {
        let zstack = calls::zstack_with(simulator, key.clone());
        outcomes.push(calls::call(&zstack, operation).await.err().map(|error| error.outcome()));
    }
    outcomes
}

#[tokio::test]
async fn what_an_access_key_signs_is_accepted() {
    let simulator = calls::simulator().await;
    assert_eq!(outcomes(&simulator, &key(sample::ACCESS_KEY_SECRET, 0)).await, [None; 4]);
    calls::assert_all_fit(&simulator);
}

#[tokio::test]
async fn a_wrong_secret_and_a_wrong_clock_are_refused() {
    let simulator = calls::simulator().await;
    for key in [key("another", 0), key(sample::ACCESS_KEY_SECRET, 60)] {
        assert_eq!(outcomes(&simulator, &key).await, [Some(Outcome::Refused); 4]);
    }
}
