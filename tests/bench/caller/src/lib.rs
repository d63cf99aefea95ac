//! Makes calls over and over through any client, and says what they took.
//!
//! Each client that is measured is a package in `../calls`, which implements [`Calls`] and has three programs: `one` makes one
//! call, for its size; `many` makes many ([`many`]); `count` counts their allocations ([`count`]).

mod allocations;
mod arguments;
mod ids;
mod many;
mod operation;

pub use allocations::{ALLOCATOR, Allocations, Allocator, allocations, count};
pub use ids::{BACKUP, DATABASE_STORE, JOB_VOLUME, PROJECT, SERVER, SESSION, TOKEN, VOLUME};
pub use many::many;
pub use operation::{Calls, Operation, call};

/// What stopped a program.
pub type Problem = Box<dyn std::error::Error + Send + Sync>;

/// A runtime as small programs have it: one thread.
fn runtime() -> Result<tokio::runtime::Runtime, Problem> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}
