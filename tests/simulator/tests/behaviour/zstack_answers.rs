//! What ZStack answers without a job: refusals, failures at once, and the listing of an image store.

use crate::common::*;
use serde_json::{Value, json};
use simulator::{Simulator, TimestampForm, sample};

#[tokio::test]
async fn each_request_of_the_table_is_answered_with_its_status_and_text() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("../data/zstack-answers.json")).unwrap();
    assert!(cases.len() > 35);
    // The one `Date` that depends on the clock is not compared with it.
    let simulator = Simulator::builder().settings(|settings| settings.access_key_skew = None).start().await.unwrap();
    for case in cases {
        let text = |name: &str| case[name].as_str();
        let name = text("case").unwrap();
        let own = case["headers"].as_object().cloned().unwrap_or_default();
        let mut headers = vec![];
        if !own.contains_key("authorization") {
            headers.push(OAUTH);
        }
        headers.extend(own.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?))));
        let reply = send(&simulator, text("method").unwrap(), text("target").unwrap(), &headers, text("body")).await;
        assert_eq!(reply.status, u16::try_from(case["status"].as_u64().unwrap()).unwrap(), "{name}: {reply:?}");
        assert_eq!(reply.content_type, None, "{name}");
        if let Some(text) = text("text") {
            assert_eq!(reply.text, text, "{name}");
        }
        if let Some(part) = text("contains") {
            assert!(reply.text.contains(part), "{name}: {reply:?}");
        }
        if let Some(code) = text("code") {
            assert_eq!(reply.code(), code, "{name}");
        }
    }
    assert!(simulator.state().executions.is_empty(), "nothing of this carries anything out");
}

#[tokio::test]
async fn an_image_store_is_listed_as_backups_and_success() {
    let simulator = Simulator::start().await.unwrap();
    let query = format!("?{IMAGE_STORE_URL}&registryPort=8000&systemTags=x&systemTags=y&unknown=1");
    let reply = send(&simulator, "GET", &image_store(&query), &[OAUTH], None).await;
    assert_eq!(reply.status, 200);
    let backup = json!({
        "name": "Backup-1", "version": "4.8.0", "installPath": "zstore://c04683f1/78b6afbc9da73932",
        "md5": "270c67e3699f72ba270c67e3699f72ba", "type": "singleDatabase", "size": 7_995_392,
        "createdTime": "Nov 14, 2017 10:20:57 PM",
    });
    assert_eq!(reply.json(), json!({ "backups": [backup], "success": true }));
    assert!(send(&simulator, "GET", &image_store(&query), &[OAUTH], None).await.text.contains("7995392,"));
}

#[tokio::test]
async fn the_highest_and_the_lowest_port_are_taken() {
    let simulator = Simulator::start().await.unwrap();
    for port in ["1", "65535"] {
        let query = format!("?{IMAGE_STORE_URL}&registryPort={port}");
        assert_eq!(send(&simulator, "GET", &image_store(&query), &[OAUTH], None).await.status, 200);
    }
}

#[tokio::test]
async fn listing_an_image_store_takes_its_time() {
    let delay = std::time::Duration::from_millis(60);
    let simulator = Simulator::builder().settings(|settings| settings.image_store_delay = delay).start().await.unwrap();
    let before = std::time::Instant::now();
    send(&simulator, "GET", &image_store(&format!("?{IMAGE_STORE_URL}")), &[OAUTH], None).await;
    assert!(before.elapsed() >= delay);
    simulator.with_settings(|settings| settings.image_store_delay = std::time::Duration::from_secs(60));
    // What is refused before the server goes out over ssh takes no time.
    assert_eq!(send(&simulator, "GET", &image_store(""), &[OAUTH], None).await.code(), "SYS.1007");
}

#[tokio::test]
async fn a_session_expires_after_its_lifetime_and_each_call_renews_it() {
    let simulator = Simulator::start().await.unwrap();
    let target = image_store(&format!("?{IMAGE_STORE_URL}"));
    for (seconds, status) in [(0, 200), (7_000, 200), (7_000, 200), (7_201, 503)] {
        simulator.advance(std::time::Duration::from_secs(seconds));
        assert_eq!(send(&simulator, "GET", &target, &[OAUTH], None).await.status, status, "after {seconds} s more");
    }
    let renewed = format!("OAuth {}", simulator.new_session());
    assert_eq!(send(&simulator, "GET", &target, &[("authorization", &renewed)], None).await.status, 200);
}

#[tokio::test]
async fn all_three_forms_of_timestamps_can_be_chosen() {
    let forms = [
        (TimestampForm::Java8, "May 11, 2017 1:22:48 PM"),
        (TimestampForm::Java9, "May 11, 2017, 1:22:48 PM"),
        (TimestampForm::Java20, "May 11, 2017, 1:22:48\u{202f}PM"),
    ];
    let simulator = Simulator::start().await.unwrap();
    for (form, text) in forms {
        simulator.with_settings(|settings| settings.timestamps = form);
        assert_eq!(query(&simulator, sample::JOB).await.json()["inventory"]["createDate"], text);
    }
}

#[tokio::test]
async fn numbers_are_integers_or_the_floats_of_the_pages() {
    let simulator = Simulator::start().await.unwrap();
    let integers = query(&simulator, sample::JOB).await.text;
    assert!(integers.contains(r#""size":107374182400"#) && integers.contains(r#""deviceId":0,"#), "{integers}");
    simulator.with_settings(|settings| settings.numbers_as_floats = true);
    let floats = query(&simulator, sample::JOB).await.text;
    assert!(floats.contains(r#""size":1.073741824E11"#) && floats.contains(r#""deviceId":0.0"#), "{floats}");
}

#[tokio::test]
async fn special_characters_are_written_as_unicode_escapes_unless_switched_off() {
    let simulator = Simulator::start().await.unwrap();
    simulator.with_state(|state| {
        let backups = state.zstack.image_stores.get_mut(sample::IMAGE_STORE).unwrap();
        backups[0].name = Some("a=b&<c>'".to_owned());
    });
    let target = image_store(&format!("?{IMAGE_STORE_URL}"));
    let escaped = send(&simulator, "GET", &target, &[OAUTH], None).await;
    assert!(escaped.text.contains(r"a\u003db\u0026\u003cc\u003e\u0027"), "{}", escaped.text);
    simulator.with_settings(|settings| settings.unicode_escapes = false);
    let plain = send(&simulator, "GET", &target, &[OAUTH], None).await;
    assert!(plain.text.contains("a=b&<c>'"), "{}", plain.text);
    assert_eq!(escaped.json(), plain.json());
}

#[tokio::test]
async fn a_field_without_a_value_is_left_out() {
    let simulator = Simulator::start().await.unwrap();
    let reply = query(&simulator, sample::JOB).await;
    assert!(reply.json()["inventory"].get("description").is_none());
    assert!(reply.json().get("error").is_none());
    assert!(!reply.text.contains("null"));
}

#[cfg(not(feature = "access-keys"))]
#[tokio::test]
async fn without_the_feature_every_access_key_is_refused() {
    let simulator = Simulator::start().await.unwrap();
    let authorization = format!("ZStack {}:c2lnbmF0dXJl", sample::ACCESS_KEY_ID);
    let headers = [("authorization", authorization.as_str())];
    assert_eq!(send(&simulator, "GET", &image_store("?url=x"), &headers, None).await.status, 403);
}

#[cfg(feature = "access-keys")]
mod access_keys {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use hmac::{KeyInit, Mac};

    use super::*;

    fn signed(date: &str, method: &str, path: &str) -> String {
        let mut mac = hmac::Hmac::<sha1::Sha1>::new_from_slice(sample::ACCESS_KEY_SECRET.as_bytes()).unwrap();
        mac.update(format!("{method}\n{date}\n{path}").as_bytes());
        format!("ZStack {}:{}", sample::ACCESS_KEY_ID, STANDARD.encode(mac.finalize().into_bytes()))
    }

    const MANUAL: &str = "Fri, 06 Aug 2021 17:58:34 PRC";

    #[test]
    fn the_manuals_vector_is_signed_as_the_manual_says() {
        assert!(signed(MANUAL, "GET", "/v1/vm-instances").ends_with(":hPToRHeHdV49D4u20G8OlE0yJho="));
    }

    #[tokio::test]
    async fn a_signature_over_method_date_and_path_is_taken_and_another_is_a_403() {
        let settings = |settings: &mut simulator::Settings| settings.access_key_skew = None;
        let simulator = Simulator::builder().settings(settings).start().await.unwrap();
        let target = image_store(&format!("?{IMAGE_STORE_URL}"));
        let path = "/v1/database-backups/image-store";
        for (method, signed_path, status) in [("GET", path, 200), ("PUT", path, 403), ("GET", "/v1/other", 403)] {
            let authorization = signed(MANUAL, method, signed_path);
            let headers = [("authorization", authorization.as_str()), ("date", MANUAL)];
            assert_eq!(send(&simulator, "GET", &target, &headers, None).await.status, status);
        }
    }

    #[tokio::test]
    async fn a_date_far_from_the_clock_is_a_403_and_none_a_400() {
        let simulator = Simulator::start().await.unwrap();
        let authorization = signed(MANUAL, "GET", "/v1/database-backups/image-store");
        let headers = [("authorization", authorization.as_str()), ("date", MANUAL)];
        let target = image_store(&format!("?{IMAGE_STORE_URL}"));
        let late = send(&simulator, "GET", &target, &headers, None).await;
        assert_eq!((late.status, late.text.as_str()), (403, "requestTimeTooSkewed"));
        assert_eq!(send(&simulator, "GET", &target, &headers[..1], None).await.status, 400);

        // With the clock of the server put to the date's own year, it is taken.
        let manual = UNIX_EPOCH + Duration::from_secs(1_628_272_714);
        let ahead = SystemTime::now().duration_since(manual).unwrap();
        simulator.with_settings(|settings| settings.access_key_skew = Some(ahead + Duration::from_secs(60)));
        assert_eq!(send(&simulator, "GET", &target, &headers, None).await.status, 200);
    }
}
