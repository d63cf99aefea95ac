//! The same torture with the guard and without it.

use crate::program::report;

#[test]
fn with_the_guard_nothing_is_executed_twice_or_wrongly_reported() {
    let (exit, report) = report("--calls 300 --concurrency 20 --kills 2 --seed 5");
    let total = &report["total"];
    assert_eq!((&total["twice"], &total["wrong"]), (&0.into(), &0.into()), "{report}");
    assert_eq!(exit, Some(0));
    // It was a torture.
    assert_eq!((&total["calls"], &report["kills"]), (&300.into(), &2.into()));
    assert!(report["faults"].as_object().unwrap().len() > 10, "{report}");
    for (operation, tally) in report["operations"].as_object().unwrap() {
        assert!(tally["once"].as_u64().unwrap() > 10, "{operation}: {tally}");
    }
    assert!(total["unknown"].as_u64().unwrap() > 0 && total["not_executed"].as_u64().unwrap() > 0, "{report}");
}

#[test]
fn no_job_stays_unknown_that_could_still_be_asked_for() {
    let (_, report) = report("--calls 400 --concurrency 20 --kills 0 --seed 7 --rate 0.4");
    assert_eq!(report["unknown_early_by_kind"], serde_json::json!({}), "{report}");
    assert!(report["total"]["unknown"].as_u64().unwrap() > 0, "{report}");
}

#[test]
fn requests_of_jobs_that_are_sent_again_are_not_executed_twice_either() {
    let (exit, report) = report("--calls 300 --concurrency 20 --kills 2 --seed 6 --send-again");
    let total = &report["total"];
    assert_eq!((exit, &total["twice"], &total["wrong"]), (Some(0), &0.into(), &0.into()), "{report}");
}

#[test]
fn without_the_guard_things_are_executed_twice_and_wrongly_reported() {
    let (exit, report) = report("--calls 400 --concurrency 40 --rate 0.5 --kills 0 --guard off");
    let total = &report["total"];
    assert!(total["twice"].as_u64().unwrap() > 0 && total["wrong"].as_u64().unwrap() > 0, "{report}");
    assert_eq!(exit, Some(4));
}
