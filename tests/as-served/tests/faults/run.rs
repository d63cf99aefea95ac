//! The run that the tests look at: all cells of both tables.

use std::{
    sync::{Arc, LazyLock},
    time::Instant,
};

use tokio::{sync::Semaphore, task::JoinSet};

use crate::{
    cell::Cell,
    column::Column,
    row::{Row, Times},
};

/// Both tables: of what goes wrong once, and of what goes wrong every time.
pub static TABLES: LazyLock<[Table; 2]> = LazyLock::new(|| {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).thread_stack_size(STACK).enable_all().build().unwrap();
    runtime.block_on(play_all())
});

/// The rows of a table with their cells: `None` where the row makes no difference to the column.
pub struct Table {
    pub times: Times,
    pub rows: Vec<(Row, [Option<Cell>; 6])>,
}

impl Table {
    /// The cells with what they are cells of.
    pub fn cells(&self) -> impl Iterator<Item = (&Row, Column, &Cell)> {
        let cells = |(row, cells)| Column::ALL.into_iter().zip(cells).map(move |(column, cell)| (row, column, cell));
        let rows = self.rows.iter().map(|(row, cells)| (row, cells.iter()));
        rows.flat_map(cells).filter_map(|(row, column, cell)| Some((row, column, cell.as_ref()?)))
    }
}

/// The stack of the threads, in bytes: a build without optimisation moves the calls' futures about on it.
const STACK: usize = 16 << 20;

/// How many cells are played at once: as many as find files enough on any machine.
const AT_ONCE: usize = 128;

/// Of how many cells one with long answers takes the place, for the memory that it takes.
const PLACES_OF_A_FLOOD: u32 = 16;

async fn play_all() -> [Table; 2] {
    let begun = Instant::now();
    let mut tables = [Times::Once, Times::Always].map(|times| {
        let rows = Row::all(times).into_iter().map(|row| (row, Column::ALL.map(|_| None)));
        Table { times, rows: rows.collect() }
    });
    let mut places = Vec::new();
    for (table, Table { rows, .. }) in tables.iter().enumerate() {
        for (at, (row, _)) in rows.iter().enumerate() {
            let columns = Column::ALL.into_iter().enumerate().filter(|(_, column)| row.concerns(*column));
            places.extend(columns.map(|(nth, column)| Place { table, at, nth, row: row.clone(), column }));
        }
    }
    // What keeps machine or disk busy is not to hold up what is measured by the clock.
    let (busy, rest): (Vec<_>, Vec<_>) = places.into_iter().partition(|place| place.row.is_busy());
    let (long, mut rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(|place| place.row.is_long_stall());
    rest.sort_by_key(|place| place.row.times == Times::Once);
    for places in [busy, long, rest] {
        for (Place { table, at, nth, .. }, cell) in play(places).await {
            tables[table].rows[at].1[nth] = Some(cell);
        }
    }
    eprintln!("all cells were played in {:?}", begun.elapsed());
    tables
}

/// Where a cell stands, and what it is a cell of.
struct Place {
    table: usize,
    at: usize,
    nth: usize,
    row: Row,
    column: Column,
}

async fn play(places: Vec<Place>) -> Vec<(Place, Cell)> {
    let free = Arc::new(Semaphore::new(AT_ONCE));
    let mut under_way = JoinSet::new();
    for place in places {
        let wanted = if place.row.is_flood() { PLACES_OF_A_FLOOD } else { 1 };
        let taken = Arc::clone(&free).acquire_many_owned(wanted).await.unwrap();
        under_way.spawn(async move {
            let cell = Cell::play(&place.row, place.column).await;
            drop(taken);
            (place, cell)
        });
    }
    under_way.join_all().await
}
