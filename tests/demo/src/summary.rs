//! The end: what the server counted.

use std::collections::BTreeSet;

use simulator::sample;

use crate::failures::{PAGES_KEY, SECOND_VOLUME};
use crate::step::{Failure, Operation};
use crate::surprise::{Surprise, expect};
use crate::tour::{Done, Tour};

/// What must have been carried out how often.
const EXECUTED: [(&str, &str, u64); 6] = [
    ("RecoverDataVolume", sample::VOLUME, 1),
    ("  after its answer was lost", SECOND_VOLUME, 1),
    ("  of a volume that is not deleted", sample::READY_VOLUME, 0),
    ("RecoverBackupFromImageStoreBackupStorage", sample::VOLUME_BACKUP, 1),
    ("SyncDatabaseBackupFromImageStoreBackupStorage", sample::DATABASE_BACKUP, 1),
    ("RestoreBackup, sent twice", sample::DISK, 1),
];

/// Shows what was carried out how often, and checks it.
pub(crate) fn table(tour: &Tour) -> Result<(), Surprise> {
    let (screen, quiet) = (&tour.screen, &tour.screen.paint.quiet);
    let mut checked = Ok(());
    for (what, resource, expected) in EXECUTED {
        let counted = tour.simulator.executions(resource);
        let style = if counted == expected { &screen.paint.good } else { &screen.paint.bad };
        let id = quiet.apply_to(resource.get(..8).unwrap_or(resource));
        screen.line(&format!("  {what:<46}  {id}…  {}", style.apply_to(counted)));
        checked = checked.and(expect(what.trim(), counted, expected));
    }
    screen.line(&format!("  {:<46}  {}", "GetDatabaseBackupFromImageStore", quiet.apply_to("only reads")));
    checked.and(show_misfits(tour))
}

/// Shows how many steps went as shown: the last line.
pub(crate) fn counts(tour: &Tour, done: &Done) {
    let counts = format!(
        "{} of {} operations, {} requests; {} of {} failures told apart; {:.1} s",
        done.operations,
        Operation::ALL.len(),
        tour.simulator.requests().len(),
        done.failures,
        Failure::ALL.len(),
        done.took.as_secs_f64()
    );
    tour.screen.lines(&["", &tour.screen.paint.strong.apply_to(counts).to_string()]);
}

/// Shows how many requests did not fit the document; it must be the page's own, and no other.
fn show_misfits(tour: &Tour) -> Result<(), Surprise> {
    let requests = tour.simulator.requests();
    let misfits: BTreeSet<usize> = tour.simulator.misfits().iter().map(|misfit| misfit.request).collect();
    let is_the_pages = |index: &usize| {
        let body = requests.get(*index).map(|request| String::from_utf8_lossy(&request.body));
        body.is_some_and(|body| body.contains(PAGES_KEY))
    };
    let screen = &tour.screen;
    let whose = screen.paint.quiet.apply_to("the page's own");
    screen.line(&format!("  {:<46}  {whose}  {}", "requests that do not fit the document", misfits.len()));
    expect(
        "the number of the client's requests that do not fit",
        misfits.iter().filter(|i| !is_the_pages(i)).count(),
        0,
    )?;
    expect("the number of requests that do not fit", misfits.len(), 1)
}
