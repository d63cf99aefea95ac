//! Every fault against every operation: what the client reports, and what the stand-in server has counted. The table that
//! comes of it is `data/faults.md`.

#[path = "../client/calls.rs"]
#[allow(dead_code, reason = "the tests of single behaviours need more of it")]
mod calls;

mod cell;
mod column;
mod outage;
mod race;
mod row;
mod run;
mod snapshot;
mod stage;
mod table;
mod truth;
