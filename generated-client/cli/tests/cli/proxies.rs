//! Proxies of the environment: used only if that is said, since one sees the credentials of plain HTTP.

use simulator::{Simulator, sample};

use crate::restore::{Ran, VOLUME, bare, with};

/// An address that nobody listens on: what arrives anywhere has gone through the proxy.
const NOBODY: [&str; 5] = ["--url", "http://127.0.0.1:1", "--retries", "0", "--allow-plain-http"];

/// Recovers the sample's volume with the simulator as the environment's proxy.
fn proxied(simulator: &Simulator, more: &[&str]) -> Ran {
    let mut command = bare(&[&VOLUME[..], &NOBODY, more].concat());
    let variables = ["HTTP_PROXY", "http_proxy", "ALL_PROXY"].map(|name| (name, simulator.url()));
    command.envs(variables).env("ZSTACK_SESSION", sample::SESSION).output().unwrap().into()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_of_the_environment_is_used_only_if_that_is_said() {
    let simulator = Simulator::start().await.unwrap();
    assert_eq!(proxied(&simulator, &["--yes"]).code, Some(3));
    assert_eq!(simulator.requests().len(), 0);
    proxied(&simulator, &["--yes", "--timeout", "2s", "--proxies-from-environment"]);
    assert!(!simulator.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_curl_line_of_a_dry_run_is_told_the_same() {
    let simulator = Simulator::start().await.unwrap();
    let line = |more: &[&str]| proxied(&simulator, &with(&["--dry-run"], more)).done().out;
    assert!(line(&[]).contains("--noproxy"));
    assert!(!line(&["--proxies-from-environment"]).contains("--noproxy"));
}
