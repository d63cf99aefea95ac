//! A sixth operation of a service that is there needs its part of the document, its ledger and its recorded example,
//! and no Rust.

use crate::workspace::{Copy, Names};

const NAMES: Names = Names {
    operation: "FreezeDataVolume",
    function: "freeze_data_volume",
    method: "PUT",
    service: "zstack",
    credentials: "Session",
};

#[test]
fn a_sixth_operation_needs_no_rust() {
    let copy = Copy::new("with-a-sixth-operation");
    copy.add(&NAMES);
    copy.regenerate();
    copy.cargo(&["test", "--package", "contract", "--tests"]).unwrap_or_else(|said| panic!("{said}"));
    let printed = copy.cargo(&["run", "--package", "caller"]).unwrap_or_else(|said| panic!("{said}"));
    let expected = ["PUT /zstack/v1/volumes/70820c8e/FreezeDataVolume HTTP/1.1", "Some(1073741824)"];
    assert_eq!(printed.lines().collect::<Vec<_>>(), expected);
}
