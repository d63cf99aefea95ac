//! Sessions that expire.

use serde_json::json;
use simulator::{Simulator, sample};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

use crate::program::{example, succeeds};

/// A volume that can be recovered, besides the sample's.
const ANOTHER_VOLUME: &str = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

/// Where the account of these settings logs in: it gets a session that the server no longer knows, then one that lasts.
async fn logins() -> MockServer {
    let server = MockServer::start().await;
    let account = json!({"logInByAccount": {"accountName": "admin", "password": "0f"}});
    for (session, times) in [("00000000000000000000000000000000", 1), (sample::SESSION, 10)] {
        let answer = ResponseTemplate::new(200).set_body_json(json!({"inventory": {"uuid": session}}));
        let login = Mock::given(matchers::method("PUT")).and(matchers::body_json(&account));
        login.respond_with(answer).up_to_n_times(times).mount(&server).await;
    }
    server
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_has_expired_is_replaced_and_nothing_is_recovered_twice() {
    let simulator = Simulator::start().await.unwrap();
    simulator.with_state(|state| {
        let mut volume = state.zstack.volumes[sample::VOLUME].clone();
        volume.uuid = ANOTHER_VOLUME.to_owned();
        state.zstack.volumes.insert(volume.uuid.clone(), volume);
    });
    let logins = logins().await;
    let mut command = example!("zstack_renew_session", &simulator);
    command.env("ZSTACK_LOGIN", logins.uri()).env("ZSTACK_ACCOUNT", "admin").env("ZSTACK_PASSWORD_SHA512", "0f");
    let done = succeeds(command.args([sample::VOLUME, ANOTHER_VOLUME]));
    assert_eq!(done.stderr, "logged in\nlogged in\n");
    assert_eq!(done.stdout, format!("recovered {}\nrecovered {ANOTHER_VOLUME}\n", sample::VOLUME));
    assert_eq!((simulator.executions(sample::VOLUME), simulator.executions(ANOTHER_VOLUME)), (1, 1));
}
