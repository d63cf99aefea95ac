//! An HTTP client of one's own.

use simulator::{Simulator, sample};

use crate::{
    program::{Done, example, run},
    way::{self, Proxy},
};

/// Recovers the sample's volume by way of a proxy and TLS, trusting this authority alone.
async fn recovered(simulator: &Simulator, authority: &str) -> (Done, Proxy) {
    let proxy = Proxy::to(way::tls_in_front_of(simulator.address()).await).await;
    let mut command = example!("zstack_bring_http_client", simulator);
    command.env("ZSTACK_URL", "https://zstack.example").env("PROXY_URL", &proxy.url);
    let done = run(command.env("CA_FILE", way::pem(authority)).arg(sample::VOLUME));
    (done, proxy)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_volume_is_recovered_through_the_proxy_which_sees_no_credentials() {
    let simulator = Simulator::start().await.unwrap();
    let (done, proxy) = recovered(&simulator, "authority.pem").await;
    assert_eq!((done.code, done.stdout.as_str()), (Some(0), "recovered\n"), "{done:?}");
    assert_eq!(simulator.executions(sample::VOLUME), 1);
    let heads = proxy.heads();
    assert!(!heads.is_empty());
    for head in heads {
        assert!(head.starts_with("CONNECT zstack.example:443 ") && !head.contains(sample::SESSION), "{head}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_certificate_is_another_authoritys_is_sent_nothing() {
    let simulator = Simulator::start().await.unwrap();
    let (done, _) = recovered(&simulator, "another-authority.pem").await;
    assert!(done.code == Some(1) && done.stderr.contains("(nothing was sent"), "{done:?}");
    assert_eq!(simulator.requests(), []);
}
