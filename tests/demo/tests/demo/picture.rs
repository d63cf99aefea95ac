//! The README's picture: what a terminal shows of one operation and of one failure.
//!
//! `DEMO_PICTURE=overwrite cargo test -p demo picture` makes it again.

use anstyle_svg::{Term, WIN10_CONSOLE};

use crate::runs::RUNS;

const PICTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/demo.svg");

/// The parts that are shown, by what their headings say.
const SHOWN: [&str; 2] = ["1 of 5", "failure c"];

/// Stands for a job's name, which is random.
const JOB: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

#[test]
fn the_picture_is_what_the_demo_shows() {
    let (went_well, shown) = &RUNS.coloured;
    assert!(*went_well, "{shown}");
    let svg = Term::new().palette(WIN10_CONSOLE).render_svg(&still(&selected(shown)));
    if std::env::var("DEMO_PICTURE").is_ok_and(|wish| wish == "overwrite") {
        overwrite(&svg);
    }
    let kept = std::fs::read_to_string(PICTURE).unwrap_or_default();
    assert!(kept == svg, "`DEMO_PICTURE=overwrite cargo test -p demo picture` makes it again");
}

#[test]
fn the_picture_is_small_and_fetches_nothing() {
    let picture = std::fs::read_to_string(PICTURE).unwrap();
    assert!(picture.len() < 60_000, "{}", picture.len());
    assert!(picture.starts_with("<svg ") && picture.trim_end().ends_with("</svg>"));
    assert_eq!(picture.matches("<tspan").count(), picture.matches("</tspan>").count());
    for what in ["href", "url(", "@import", "<script", "<image"] {
        assert!(!picture.contains(what), "{what}");
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the picture is no generated source: one file, written when it is asked for"
)]
fn overwrite(svg: &str) {
    std::fs::write(PICTURE, svg).unwrap();
}

/// The first lines, and the parts that are shown.
fn selected(shown: &str) -> String {
    let mut wanted = true;
    let is_wanted = |line: &&str| {
        if line.contains("── ") {
            wanted = SHOWN.iter().any(|place| line.contains(&format!("── {place} ──")));
        }
        wanted
    };
    shown.lines().filter(is_wanted).collect::<Vec<_>>().join("\n")
}

/// The same without what differs from run to run: names of jobs, how long they took, and the length of an answer with the
/// time in it, which is shorter at nine o'clock than at ten.
fn still(shown: &str) -> String {
    let between = |before: &str, after: &str| {
        let (_, rest) = shown.split_once(before).unwrap();
        rest.split_once(after).unwrap().0.to_owned()
    };
    let (_, job) = shown.split_once("/api-jobs/").unwrap();
    let took = between(" times in ", " s,");
    let length = between(" more lines, ", " bytes in all");
    shown
        .replace(&job[..JOB.len()], JOB)
        .replace(&format!(" times in {took} s,"), " times in 1.8 s,")
        .replace(&format!(" more lines, {length} bytes in all"), " more lines, 665 bytes in all")
}
