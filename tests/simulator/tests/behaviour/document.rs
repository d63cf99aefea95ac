//! Requests are held to a document, and answered without regard to it.

use crate::common::*;
use simulator::{Error, Simulator};

const DOCUMENT: &str = include_str!("../data/document.yaml");
const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");

async fn places(method: &str, target: &str, headers: &[(&str, &str)], body: Option<&str>) -> Vec<String> {
    let simulator = Simulator::builder().document(DOCUMENT).start().await.unwrap();
    send(&simulator, method, target, headers, body).await;
    simulator.misfits().into_iter().map(|misfit| misfit.place).collect()
}

#[tokio::test]
async fn a_request_that_fits_has_no_misfits() {
    let body = r#"{"recoverDataVolume":{},"systemTags":["a","b"],"userTags":null,"choice":3}"#;
    let uuid = ("x-job-uuid", "f962af46d6014829b0ad493b0fa44a65");
    assert!(places("PUT", &volume(), &[OAUTH, JSON, uuid], Some(body)).await.is_empty());
    let query = "?url=x&registryPort=8000&systemTags=x&systemTags=y";
    assert!(places("GET", &image_store(query), &[OAUTH], None).await.is_empty());
}

#[tokio::test]
async fn each_thing_that_does_not_fit_is_named_with_its_place() {
    let cases: [(&str, &str); 13] = [
        (r#"{"recoverdatavolume":{}}"#, "body"),
        (r#"{"recoverDataVolume":[]}"#, "body /recoverDataVolume"),
        (r#"{"recoverDataVolume":{"x":1}}"#, "body /recoverDataVolume/x"),
        (r#"{"recoverDataVolume":{},"systemTags":"a"}"#, "body /systemTags"),
        (r#"{"recoverDataVolume":{},"systemTags":[1]}"#, "body /systemTags/0"),
        (r#"{"recoverDataVolume":{},"systemTags":["x"]}"#, "body /systemTags/0"),
        (r#"{"recoverDataVolume":{},"systemTags":["a","a"]}"#, "body /systemTags"),
        (r#"{"recoverDataVolume":{},"systemTags":["a","b","c","c"]}"#, "body /systemTags"),
        (r#"{"recoverDataVolume":{},"again":{}}"#, "body /again"),
        (r#"{"recoverDataVolume":{},"choice":6}"#, "body /choice"),
        (
            r#"{"recoverDataVolume":{},"choice":5.5,"again":{"recoverDataVolume":{},"choice":"x"}}"#,
            "body /again/choice",
        ),
        ("{", "body"),
        ("", "body"),
    ];
    for (body, place) in cases {
        let found = places("PUT", &volume(), &[OAUTH, JSON], Some(body)).await;
        assert_eq!(found.first().map(String::as_str), Some(place), "{body}: {found:?}");
    }
    let body = Some(RECOVER);
    assert_eq!(places("PUT", &volume(), &[JSON], body).await, ["header authorization"]);
    assert_eq!(places("PUT", &volume(), &[OAUTH], body).await, ["header content-type"]);
    assert_eq!(places("PUT", &volume(), &[OAUTH, ("content-type", "text/plain")], body).await, ["header content-type"]);
    assert_eq!(places("PUT", &volume(), &[OAUTH, JSON, ("x-job-uuid", "short")], body).await, ["header x-job-uuid"]);
    assert_eq!(places("POST", &volume(), &[OAUTH, JSON], body).await, ["path"]);
    for (query, place) in [
        ("", "query url"),
        ("?url=", "query url"),
        ("?url=a&url=b", "query url"),
        ("?url=a&registryPort=0", "query registryPort"),
        ("?url=a&registryPort=x", "query registryPort"),
        ("?url=a&registryport=1", "query registryport"),
    ] {
        assert_eq!(places("GET", &image_store(query), &[OAUTH], None).await, [place], "{query}");
    }
}

#[tokio::test]
async fn what_does_not_fit_is_answered_as_the_server_would_and_values_are_not_told() {
    let simulator = Simulator::builder().document(DOCUMENT).start().await.unwrap();
    let body = r#"{"recoverDataVolume":{},"systemTags":["secret"]}"#;
    assert_eq!(finished(&simulator, &volume(), body).await.status, 200);
    let misfits = simulator.misfits();
    assert_eq!((misfits[0].request, misfits[0].operation.as_deref()), (0, Some("RecoverDataVolume")));
    assert!(!misfits[0].to_string().contains("secret"));
    simulator.forget_requests();
    assert!(simulator.misfits().is_empty() && simulator.requests().is_empty());
}

#[tokio::test]
async fn without_a_document_there_are_no_misfits() {
    let simulator = Simulator::builder().without_document().start().await.unwrap();
    send(&simulator, "PUT", &volume(), &[], Some("x")).await;
    assert!(simulator.misfits().is_empty());
}

#[tokio::test]
async fn a_document_that_cannot_be_used_stops_the_start_and_names_the_place() {
    for text in ["paths: [", "{}", "openapi: 3.0.4"] {
        let error = Simulator::builder().document(text).start().await.unwrap_err();
        assert!(matches!(&error, Error::Document { place, .. } if place.is_empty()), "{error}");
    }
    let unknown = DOCUMENT.replace("uniqueItems", "contains");
    let error = Simulator::builder().document(unknown).start().await.unwrap_err();
    assert!(error.to_string().contains("#/components/schemas/Tags/contains"), "{error}");
    let nowhere = DOCUMENT.replace("#/components/schemas/Tags", "#/components/schemas/Labels");
    assert!(Simulator::builder().document(nowhere).start().await.unwrap_err().to_string().contains("leads nowhere"));
}
