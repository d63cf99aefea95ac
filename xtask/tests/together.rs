//! Two runs at the same time.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise, in its helpers too")]

mod common;

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

use common::{Tree, out, texts};
use xtask::regenerate::{Options, WORK};
use xtask::write::{Step, unwatched};

const DOCUMENT: &str = "a.rs: new\nb.rs: new\nc.rs: new\n";

fn stale_tree() -> Tree {
    let tree = Tree::fresh("a.rs: old\nb.rs: old\nd.rs: old\n");
    tree.document(DOCUMENT);
    tree
}

/// The process that the tests below start. Does nothing when it runs with the other tests.
#[test]
fn another_run() {
    if let Some(result) = common::run_as_child(&mut unwatched) {
        result.unwrap();
    }
}

#[test]
fn a_second_run_waits_for_the_first_and_says_so() {
    let tree = stale_tree();
    let mut other: Option<Child> = None;
    tree.run(&Options::default(), &mut |step: &Step| {
        // The tree is half old and half new here.
        if *step == Step::Install(out("b.rs")) {
            let mut child = common::child("another_run", &tree);
            let mut child = child.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
            let mut line = String::new();
            BufReader::new(child.stderr.take().unwrap()).read_line(&mut line)?;
            assert_eq!(line, "waiting for another run to end …\n");
            assert_eq!(child.try_wait()?, None, "the other run has not waited");
            other = Some(child);
        }
        Ok(())
    })
    .unwrap();
    assert!(other.unwrap().wait().unwrap().success());
    assert_eq!(texts(&tree.snapshot()), texts(&Tree::fresh(DOCUMENT).snapshot()));
}

#[test]
fn many_runs_at_once_all_succeed_and_leave_what_one_leaves() {
    let expected = texts(&Tree::fresh(DOCUMENT).snapshot());
    for _ in 0..5 {
        let tree = stale_tree();
        let children: Vec<_> = (0..8)
            .map(|_| {
                let mut child = common::child("another_run", &tree);
                child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
            })
            .collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        assert!(!tree.has(WORK));
        assert_eq!(texts(&tree.snapshot()), expected);
    }
}
