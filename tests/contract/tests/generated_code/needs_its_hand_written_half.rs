//! Generated code has no behaviour of its own: without the hand-written modules beside it, it does not compile.

use std::fs;

use crate::copy::{SOURCE, check, copy};

#[test]
fn without_the_transport_or_a_services_credentials_the_client_does_not_compile() {
    let whole = copy("whole-client");
    assert_eq!(check(&whole), Ok(()), "the copy itself compiles");

    let without_transport = copy("client-without-transport");
    fs::write(without_transport.join(SOURCE).join("transport.rs"), "").unwrap();
    let error = check(&without_transport).unwrap_err();
    assert!(error.contains("cannot find type `Transport` in module `crate::transport`"), "{error}");

    let without_credentials = copy("client-without-credentials");
    fs::remove_file(without_credentials.join(SOURCE).join("service/cbr.rs")).unwrap();
    let error = check(&without_credentials).unwrap_err();
    assert!(error.contains("service/cbr.rs"), "{error}");
}

#[test]
fn an_error_that_a_service_does_not_explain_is_pointed_out_with_the_place_to_explain_it() {
    let without_errors = copy("client-without-errors");
    let service = without_errors.join(SOURCE).join("service/zstack.rs");
    let text = fs::read_to_string(&service).unwrap();
    let (before, _) = text.split_once("impl IntoServerError for").expect("ZStack's errors are explained");
    fs::write(&service, before).unwrap();
    let error = check(&without_errors).unwrap_err();
    assert!(error.contains("nothing says what a `ServerError` is made of in `ErrorCode`"), "{error}");
    assert!(error.contains("generated-client/src/service/<tag>.rs"), "{error}");
}
