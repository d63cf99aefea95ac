//! A third service needs the same, and one small file by hand: its credentials, and what its errors say. Without it
//! the compiler says which.

use crate::workspace::{Copy, Names};

const NAMES: Names = Names {
    operation: "FreezeServer",
    function: "freeze_server",
    // The overlay makes a job of every PUT, and this service has no query for jobs.
    method: "POST",
    service: "compute",
    credentials: "Text",
};

#[test]
fn a_third_service_needs_one_file_by_hand_and_the_compiler_names_it() {
    let copy = Copy::new("with-a-third-service");
    copy.add(&NAMES);
    copy.regenerate();
    let said = copy.cargo(&["check", "--package", "generated-client", "--no-default-features"]).unwrap_err();
    assert!(said.contains("service/compute.rs") && said.contains("mod compute_service"), "{said}");

    copy.add_hand_written_half(&NAMES);
    let printed = copy.cargo(&["run", "--package", "caller"]).unwrap_or_else(|said| panic!("{said}"));
    let expected = ["POST /compute/v1/volumes/70820c8e/FreezeServer HTTP/1.1", "Some(1073741824)"];
    assert_eq!(printed.lines().collect::<Vec<_>>(), expected);
}
