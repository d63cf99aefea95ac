//! The table as text.

use std::fmt::Write as _;

use generated_client::{ErrorKind, Outcome};

use crate::{
    cell::{Cell, Reported},
    column::{Column, Nature},
    race,
    row::{Group, Row, Times},
    run::Table,
    snapshot::COMMAND,
    truth,
};

/// The page: what it shows, what came of all in all, and both tables.
pub fn page(tables: &[Table; 2]) -> String {
    let mut text = include_str!("intro.md").replace("{COMMAND}", COMMAND);
    text.push_str("\n## All in all\n\nBoth tables below, without the cells that are a race.\n\n");
    sums(&mut text, tables);
    for table in tables {
        text.push_str(match table.times {
            Times::Once => {
                "\n## It goes wrong once\n\nThe first request or connection that it can happen to meets it, and no other. A call \
                 has a minute; 8 s where a stall of\n10 s outlasts it.\n"
            }
            Times::Always => {
                "\n## It goes wrong every time\n\nEvery request of the operation meets it, every connection, or every question. \
                 A restore has 6 s, the list 20 s, a question\nthat goes on being asked 3 s.\n"
            }
        });
        rows(&mut text, table);
    }
    text
}

fn rows(text: &mut String, table: &Table) {
    let mut group: Option<Group> = None;
    for (row, cells) in &table.rows {
        if group != Some(row.group) {
            group = Some(row.group);
            let _ = write!(text, "\n### {}\n\n{}\n\n| what goes wrong |", row.group.title(), row.group.explanation());
            Column::ALL.iter().for_each(|column| text.push_str(&format!(" {} |", column.heading())));
            text.push_str("\n|---|---|---|---|---|---|---|\n");
        }
        let _ = write!(text, "| {} |", row.name);
        for (column, cell) in Column::ALL.into_iter().zip(cells) {
            let shown = match (race::of(row, column), cell) {
                (Some(race), _) => race.ends.iter().map(reported).collect::<Vec<_>>().join(" or "),
                (None, Some(cell)) => show(row, cell, column),
                (None, None) => "–".to_owned(),
            };
            let _ = write!(text, " {shown} |");
        }
        text.push('\n');
    }
}

/// `ok, done 1, sent 1 + 2`.
fn show(row: &Row, cell: &Cell, column: Column) -> String {
    let reported = reported(&cell.reported);
    // How many there is time for is the machine's affair.
    let is_out_of_time = row.times == Times::Always && matches!(cell.reported, Err((_, ErrorKind::Timeout)));
    let counted = |is_open: bool, count: usize| if is_open { "…".to_owned() } else { count.to_string() };
    let questions = counted(is_out_of_time || row.is_long_stall(), cell.questions);
    let requests = counted(row.is_long_stall(), cell.requests);
    match column.nature() {
        Nature::Job => format!("{reported}, done {}, sent {requests} + {questions}", cell.done),
        Nature::Restore => format!("{reported}, done {}, sent {requests}", cell.done),
        Nature::Read => format!("{reported}, sent {requests}"),
        Nature::Question => format!("{reported}, asked {questions}"),
    }
}

fn reported(reported: &Reported) -> String {
    match reported {
        Ok(()) => "ok".to_owned(),
        Err((outcome, kind)) => format!("**{outcome:?}** ({kind:?})"),
    }
}

fn sums(text: &mut String, tables: &[Table; 2]) {
    text.push_str(
        "| | calls | ok | `NotSent` | `Refused` | `Failed` | `Unknown`, done | `Unknown`, not done | done twice | wrongly \
         reported |\n|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for column in Column::ALL {
        let is_counted = |row: &Row, of| of == column && race::of(row, of).is_none();
        let cells = || tables.iter().flat_map(Table::cells).filter(|(row, of, _)| is_counted(row, *of));
        let count = |is: &dyn Fn(&Cell) -> bool| cells().filter(|(_, _, cell)| is(cell)).count();
        let reported = |outcome| count(&|cell| matches!(cell.reported, Err((of, _)) if of == outcome));
        let unknown = |is_done: bool| {
            let is_so = |cell: &Cell| (cell.done > 0) == is_done;
            count(&|cell| matches!(cell.reported, Err((Outcome::Unknown, _))) && is_so(cell))
        };
        let (unknown_done, unknown_not_done) = match column.nature() {
            Nature::Read => ("–".to_owned(), unknown(false).to_string()),
            _ => (unknown(true).to_string(), unknown(false).to_string()),
        };
        let wrongly = cells().filter(|(row, column, cell)| truth::is_wrongly_reported(row, *column, cell)).count();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {unknown_done} | {unknown_not_done} | {} | {wrongly} |",
            column.heading(),
            cells().count(),
            count(&|cell| cell.reported.is_ok()),
            reported(Outcome::NotSent),
            reported(Outcome::Refused),
            reported(Outcome::Failed),
            count(&|cell| cell.done > 1),
        );
    }
}
