//! A run that fails, or is killed, before any of its steps leaves a tree that is whole.

#![expect(clippy::disallowed_methods, reason = "writes in temporary folders only")]
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise, in its helpers too")]

mod common;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use common::{Snapshot, Tree, out, texts};
use xtask::regenerate::{Options, WORK};
use xtask::write::Step;

const BEFORE: &str = "mod.rs: same\na.rs: old\nb.rs: old\ngone/deep/c.rs: old\ngone.rs: old\n";
const AFTER: &str = "mod.rs: same\na.rs: new\nb.rs: new\nmade/deep/d.rs: new\nmade.rs: new\n";
const BROKEN: &str = "broken";

/// A tree made from `BEFORE` and edited by hand, whose document is `AFTER` now.
fn stale_tree() -> Tree {
    let tree = Tree::fresh(BEFORE);
    tree.write(&out("gone/by_hand.rs"), "by hand\n");
    tree.document(AFTER);
    tree
}

/// The steps of a whole run from `stale_tree`.
fn all_steps() -> Vec<Step> {
    let mut steps = Vec::new();
    stale_tree()
        .run(&Options::default(), &mut |step: &Step| {
            steps.push(step.clone());
            Ok(())
        })
        .unwrap();
    steps
}

fn position(steps: &[Step], wanted: &Step) -> usize {
    steps.iter().position(|step| step == wanted).unwrap()
}

/// Fails from the given step on, up to `times` times.
fn fail_at(stop: usize, times: usize) -> impl FnMut(&Step) -> io::Result<()> {
    let mut count = 0;
    move |step: &Step| {
        count += 1;
        if count > stop && count <= stop.saturating_add(times) {
            return Err(io::Error::other(format!("no room for {step:?}")));
        }
        Ok(())
    }
}

/// Runs until the given step and stops dead there: nothing of the run is executed afterwards, as after SIGKILL.
fn kill_at(tree: &Tree, stop: usize) {
    let mut count = 0;
    let killed = catch_unwind(AssertUnwindSafe(|| {
        tree.run(&Options::default(), &mut |_: &Step| {
            count += 1;
            // Without a message, since it is not a failure of the test.
            if count > stop {
                std::panic::resume_unwind(Box::new("killed"));
            }
            Ok(())
        })
    }));
    assert!(killed.is_err(), "the run ended before step {stop}");
}

fn without_document(mut snapshot: Snapshot) -> Snapshot {
    snapshot.retain(|path, _| !path.ends_with("openapi.yaml"));
    snapshot
}

/// The tree as a run that nothing disturbs leaves it.
fn finished() -> std::collections::BTreeMap<std::path::PathBuf, Option<String>> {
    let tree = stale_tree();
    tree.regenerate().unwrap();
    texts(&tree.snapshot())
}

#[test]
fn a_whole_run_takes_every_kind_of_step_and_touches_the_tree_late() {
    let steps = all_steps();
    let names = |wanted: fn(&Step) -> bool| steps.iter().filter(|step| wanted(step)).count();
    assert_eq!(names(|s| matches!(s, Step::Stage(_))), 4);
    assert_eq!(names(|s| matches!(s, Step::Keep(_))), 5);
    assert_eq!(names(|s| matches!(s, Step::Remove(_))), 3);
    assert_eq!(names(|s| matches!(s, Step::RemoveFolder(_))), 2);
    assert_eq!(names(|s| matches!(s, Step::MakeFolder(_))), 2);
    assert_eq!(names(|s| matches!(s, Step::Install(_))), 4);
    let journal = position(&steps, &Step::Journal);
    let slow = |step: &Step| matches!(step, Step::Stage(_) | Step::Keep(_));
    assert!(steps.iter().skip(journal).all(|step| !slow(step)), "{steps:?}");
    assert_eq!(steps[steps.len() - 3..], [Step::ReadBack, Step::Commit, Step::Clean]);
}

#[test]
fn a_run_that_fails_at_any_step_leaves_the_tree_as_it_was() {
    let steps = all_steps();
    for (stop, step) in steps.iter().enumerate() {
        let tree = stale_tree();
        let before = tree.snapshot();
        let result = tree.run(&Options::default(), &mut fail_at(stop, 1));
        if *step == Step::Clean {
            // The new tree counts; the next run removes what could not be removed.
            result.unwrap();
            assert!(tree.has(WORK));
        } else {
            let failure = result.unwrap_err().to_string();
            assert!(failure.contains(&format!("no room for {step:?}")), "{failure}");
            assert!(failure.ends_with("Nothing was changed: every file is as it was."), "{failure}");
            assert_eq!(tree.snapshot(), before, "failed at {step:?}");
        }
        tree.regenerate().unwrap();
        assert_eq!(texts(&tree.snapshot()), finished(), "the run after a failure at {step:?}");
    }
}

#[test]
fn a_run_that_is_killed_before_the_journal_has_not_touched_the_tree() {
    let steps = all_steps();
    let late = position(&steps, &Step::Journal) + 1;
    for (stop, step) in steps.iter().enumerate().take(late) {
        let tree = stale_tree();
        let before = tree.snapshot();
        kill_at(&tree, stop);
        assert_eq!(tree.snapshot_but_work(), before, "killed at {step:?}");
    }
}

#[test]
fn the_run_after_a_killed_one_puts_the_tree_back_even_if_it_fails_itself() {
    let steps = all_steps();
    for (stop, step) in steps.iter().enumerate() {
        let tree = stale_tree();
        let before = without_document(tree.snapshot());
        kill_at(&tree, stop);
        let killed = without_document(tree.snapshot_but_work());
        tree.document(BROKEN);
        tree.regenerate().unwrap_err();
        let expected = if *step == Step::Clean { killed } else { before };
        assert_eq!(without_document(tree.snapshot()), expected, "killed at {step:?}");
    }
}

#[test]
fn the_run_after_a_killed_one_does_all_the_work_and_leaves_nothing_behind() {
    let finished = finished();
    for (stop, step) in all_steps().iter().enumerate() {
        let tree = stale_tree();
        let same = tree.snapshot().remove(std::path::Path::new(&out("mod.rs"))).unwrap();
        kill_at(&tree, stop);
        tree.regenerate().unwrap();
        assert_eq!(texts(&tree.snapshot()), finished, "killed at {step:?}");
        let kept = tree.snapshot().remove(std::path::Path::new(&out("mod.rs"))).unwrap();
        assert_eq!(kept, same, "an unchanged file keeps its time stamp, killed at {step:?}");
    }
}

#[test]
fn a_run_that_is_killed_while_it_puts_the_tree_back_is_put_back_by_the_next() {
    let last_install = position(&all_steps(), &Step::ReadBack);
    let mut undone = 0;
    for stop in 0.. {
        let tree = stale_tree();
        let before = without_document(tree.snapshot());
        kill_at(&tree, last_install);
        tree.document(BROKEN);
        let mut count = 0;
        let second = catch_unwind(AssertUnwindSafe(|| {
            tree.run(&Options::default(), &mut |step: &Step| {
                count += 1;
                undone += usize::from(matches!(step, Step::Undo(_)));
                if count > stop {
                    std::panic::resume_unwind(Box::new("killed"));
                }
                Ok(())
            })
        }));
        tree.regenerate().unwrap_err();
        assert_eq!(without_document(tree.snapshot()), before, "killed at step {stop} of putting back");
        if second.is_ok() {
            break;
        }
    }
    assert!(undone > 20, "nothing was undone: the test tests nothing");
}

#[test]
fn a_run_that_cannot_even_undo_says_so_and_the_next_one_does_it() {
    let steps = all_steps();
    let stop = position(&steps, &Step::ReadBack);
    let tree = stale_tree();
    let before = without_document(tree.snapshot());
    let failure = tree.run(&Options::default(), &mut fail_at(stop, usize::MAX)).unwrap_err().to_string();
    assert!(failure.contains("Undoing what had been done failed as well"), "{failure}");
    assert!(failure.contains("run the same command again"), "{failure}");
    tree.document(BROKEN);
    tree.regenerate().unwrap_err();
    assert_eq!(without_document(tree.snapshot()), before);
}

#[test]
fn what_somebody_wrote_after_a_killed_run_is_not_overwritten_by_putting_back() {
    let tree = stale_tree();
    kill_at(&tree, position(&all_steps(), &Step::ReadBack));
    tree.write(&out("a.rs"), "mended by hand\n");
    tree.write(&out("made.rs"), "mended by hand\n");
    tree.write(&out("gone.rs"), "mended by hand\n");
    tree.document(BROKEN);
    tree.regenerate().unwrap_err();
    for name in ["a.rs", "made.rs", "gone.rs"] {
        assert_eq!(tree.read(&out(name)), "mended by hand\n");
    }
    assert!(tree.read(&out("b.rs")).ends_with("old\n"));
}

#[test]
fn a_checkout_that_was_moved_after_a_killed_run_is_put_back_where_it_is() {
    let mut tree = stale_tree();
    let before = without_document(tree.snapshot());
    kill_at(&tree, position(&all_steps(), &Step::ReadBack));
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::remove_dir(elsewhere.path()).unwrap();
    std::fs::rename(tree.root(), elsewhere.path()).unwrap();
    tree.folder = elsewhere;
    tree.document(BROKEN);
    tree.regenerate().unwrap_err();
    assert_eq!(without_document(tree.snapshot()), before);
}

#[test]
fn the_check_tells_a_half_done_tree_and_writes_nothing() {
    let steps = all_steps();
    let tree = stale_tree();
    kill_at(&tree, position(&steps, &Step::Commit));
    let before = tree.snapshot();
    let checked = tree.check().unwrap();
    assert_eq!(checked.exit, xtask::report::Exit::Stale);
    assert!(checked.text.starts_with("An earlier run was interrupted half-way"), "{}", checked.text);
    assert!(checked.text.contains("\n    cargo xtask regenerate\n"));
    assert_eq!(tree.snapshot(), before);
}

#[test]
fn the_check_does_not_mind_harmless_leftovers() {
    let tree = Tree::fresh(BEFORE);
    tree.write(&format!("{WORK}/0.new"), "left behind");
    assert_eq!(tree.check().unwrap().exit, xtask::report::Exit::Fresh);
    tree.regenerate().unwrap();
    assert!(!tree.has(WORK));
}

#[test]
fn what_reads_back_differently_is_called_a_bug_and_undone() {
    let tree = stale_tree();
    let before = tree.snapshot();
    let failure = tree
        .run(&Options::default(), &mut |step: &Step| {
            if *step == Step::ReadBack {
                tree.write(&out("foreign.rs"), "written by something else meanwhile");
            }
            Ok(())
        })
        .unwrap_err()
        .to_string();
    assert!(failure.contains("1 file read back differently from what was written: "), "{failure}");
    assert!(failure.contains("foreign.rs\n") && failure.contains("this is a bug in xtask"), "{failure}");
    tree.remove(&out("foreign.rs"));
    assert_eq!(tree.snapshot(), before);
}

#[test]
fn a_journal_that_cannot_be_read_stops_everything() {
    let tree = stale_tree();
    tree.write(&format!("{WORK}/journal"), "remove\t0\t../../somebody else's\nend\n");
    let before = tree.snapshot_but_work();
    let failure = tree.regenerate().unwrap_err().to_string();
    assert!(failure.contains("its changes cannot be undone: not a journal of this command"), "{failure}");
    assert_eq!(tree.snapshot_but_work(), before);
}

/// The same with a process that the system kills: its lock goes with it, and nothing is flushed or dropped.
#[cfg(unix)]
mod killed_by_the_system {
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::Command;

    use super::*;

    const STOP: &str = "XTASK_TEST_STOP";

    #[test]
    fn the_next_run_puts_the_tree_back() {
        let finished = finished();
        let steps = all_steps();
        for (stop, step) in steps.iter().enumerate() {
            let tree = stale_tree();
            let before = tree.snapshot();
            let mut child = common::child("killed_by_the_system::victim", &tree);
            let status = child.env(STOP, stop.to_string()).output().unwrap().status;
            assert_eq!(status.signal(), Some(9), "{step:?}: {status}");
            if stop <= position(&steps, &Step::Journal) {
                assert_eq!(tree.snapshot_but_work(), before, "killed at {step:?}");
            }
            tree.regenerate().unwrap();
            assert_eq!(texts(&tree.snapshot()), finished, "killed at {step:?}");
        }
    }

    /// The process that the test above starts and that kills itself. Does nothing when it runs with the other tests.
    #[test]
    fn victim() {
        let Ok(stop) = std::env::var(STOP) else { return };
        let stop: usize = stop.parse().unwrap();
        let mut count = 0;
        let killed = common::run_as_child(&mut |_: &Step| {
            count += 1;
            if count > stop {
                let this = std::process::id().to_string();
                Command::new("kill").args(["-KILL", &this]).status().unwrap();
                std::thread::sleep(std::time::Duration::from_secs(60));
            }
            Ok(())
        });
        panic!("nobody was killed: {killed:?}");
    }
}
