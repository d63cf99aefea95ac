//! Credentials that expire, and those that come after them.

use crate::common::*;
use simulator::{Simulator, sample};

/// Calls ZStack with this session. Returns the code of the error, if there is one.
async fn list(simulator: &Simulator, session: &str) -> Option<String> {
    let authorization = format!("OAuth {session}");
    let target = image_store(&format!("?{IMAGE_STORE_URL}"));
    let reply = send(simulator, "GET", &target, &[("authorization", &authorization)], None).await;
    (reply.status != 200).then(|| reply.code())
}

#[tokio::test]
async fn a_new_session_is_good_when_the_others_have_expired() {
    let simulator = Simulator::start().await.unwrap();
    simulator.expire_credentials();
    let renewed = simulator.new_session();
    assert_eq!(list(&simulator, sample::SESSION).await.as_deref(), Some("ID.1001"));
    assert_eq!(list(&simulator, &renewed).await, None);
}

#[tokio::test]
async fn a_new_session_expires_with_the_others() {
    let simulator = Simulator::start().await.unwrap();
    let sessions = [simulator.new_session(), simulator.new_session()];
    assert_ne!(sessions[0], sessions[1]);
    simulator.expire_credentials();
    for session in sessions {
        assert_eq!(list(&simulator, &session).await.as_deref(), Some("ID.1001"));
    }
}

#[tokio::test]
async fn a_new_token_is_good_when_the_others_have_expired() {
    let simulator = Simulator::start().await.unwrap();
    simulator.expire_credentials();
    let renewed = simulator.new_token(sample::PROJECT);
    for (token, status) in [(sample::TOKEN, 401), (&renewed, 202)] {
        let reply = send(&simulator, "POST", &restore(), &[("x-auth-token", token)], Some(&to_disk())).await;
        assert_eq!(reply.status, status, "{reply:?}");
    }
}

#[tokio::test]
async fn a_new_token_is_good_for_its_own_project_only() {
    let simulator = Simulator::start().await.unwrap();
    let token = simulator.new_token("another-project");
    let reply = send(&simulator, "POST", &restore(), &[("x-auth-token", &token)], Some(&to_disk())).await;
    assert_eq!(reply.status, 403, "{reply:?}");
}
