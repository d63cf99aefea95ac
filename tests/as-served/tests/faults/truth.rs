//! What each cell is held to, whatever the table says.

use generated_client::{ErrorKind, Outcome};
use simulator::{Fault, Mishap, Phase};

use crate::{
    cell::Cell,
    column::{Column, Nature},
    outage::Outage,
    race,
    row::{Row, Times, Trouble},
    run::{TABLES, Table},
};

/// Fails if this does not hold for one of the cells.
fn assert_all(holds: impl Fn(&Row, Column, &Cell) -> bool) {
    let cells = TABLES.iter().flat_map(Table::cells);
    let wrong: Vec<String> = cells
        .filter(|(row, column, cell)| !holds(row, *column, cell))
        .map(|(row, column, cell)| {
            format!("{:?}, {:?}, {}, {}: {cell:?}", row.times, row.group, row.name, column.heading())
        })
        .collect();
    assert!(wrong.is_empty(), "{} cells:\n{}", wrong.len(), wrong.join("\n"));
}

/// Whether what the client reports is not what has happened.
pub fn is_wrongly_reported(row: &Row, column: Column, cell: &Cell) -> bool {
    let is_mutation = matches!(column.nature(), Nature::Job | Nature::Restore);
    match cell.reported {
        Ok(()) => is_mutation && cell.done != 1,
        // Of a question: that the job was refused, which had been accepted.
        Err((Outcome::NotSent | Outcome::Refused, _)) => cell.done > 0,
        Err((Outcome::Failed, _)) => row.trouble != Trouble::Failure,
        Err(_) => false,
    }
}

#[test]
fn what_the_client_reports_is_true() {
    assert_all(|row, column, cell| !is_wrongly_reported(row, column, cell));
}

#[test]
fn nothing_is_carried_out_twice() {
    assert_all(|_, _, cell| cell.done <= 1);
}

#[test]
fn a_restore_arrives_once_at_most() {
    assert_all(|_, column, cell| column.nature() == Nature::Read || cell.requests <= 1);
}

#[test]
fn nothing_goes_to_another_host() {
    assert_all(|_, _, cell| cell.elsewhere == 0);
}

#[test]
fn every_fault_has_happened() {
    assert_all(|_, _, cell| cell.happened);
}

#[test]
fn what_the_server_calls_a_failure_is_reported_as_one() {
    assert_all(|row, _, cell| row.trouble != Trouble::Failure || matches!(cell.reported, Err((Outcome::Failed, _))));
}

#[test]
fn a_read_outlasts_what_happens_once_and_passes() {
    assert_all(|row, column, cell| {
        let is_read = matches!(column.nature(), Nature::Read | Nature::Question);
        let is_to_pass = row.times == Times::Once && row.passes() && !row.is_long_stall();
        !(is_read && is_to_pass) || cell.reported.is_ok()
    });
}

#[test]
fn what_is_a_race_ends_in_one_of_its_ways() {
    assert_all(|row, column, cell| race::of(row, column).is_none_or(|race| race.ends.contains(&cell.reported)));
}

#[test]
fn a_job_that_was_carried_out_is_unknown_only_if_it_can_not_be_asked_for() {
    assert_all(|row, column, cell| {
        let is_gone = match &row.trouble {
            Trouble::Mishap(mishap) => mishap.fault == Fault::PurgeJob,
            trouble => *trouble == Trouble::Outage(Outage::Purge),
        };
        let is_out_of_time = matches!(cell.reported, Err((_, ErrorKind::Timeout)));
        column.nature() != Nature::Job || cell.done == 0 || cell.reported.is_ok() || is_gone || is_out_of_time
    });
}

#[test]
fn the_three_jobs_are_told_alike() {
    for table in TABLES.iter() {
        for (row, cells) in &table.rows {
            if race::of(row, Column::ALL[0]).is_some() {
                continue;
            }
            // What has arrived of a call that was out of time is the machine's affair.
            let requests = |cell: &Cell| if row.is_long_stall() { 0 } else { cell.requests };
            let told = |nth: usize| cells[nth].as_ref().map(|cell| (cell.reported, cell.done, requests(cell)));
            assert_eq!((told(0), told(1)), (told(1), told(2)), "{:?} {}", row.group, row.name);
        }
    }
}

#[test]
fn every_entry_of_the_catalogue_has_its_row_in_both_tables() {
    let named = |mishap: &Mishap| mishap.name();
    let catalogue: std::collections::BTreeSet<String> = Mishap::all(crate::row::LONG).iter().map(named).collect();
    for table in TABLES.iter() {
        let rows = table.rows.iter().filter_map(|(row, _)| row.mishap()).map(named).collect();
        assert_eq!(catalogue, rows);
        assert!(table.rows.iter().any(|(row, _)| row.mishap().is_some_and(|mishap| mishap.phase == Phase::InBody)));
    }
}
