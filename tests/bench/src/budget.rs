//! Budgets that are counts: `tests/` holds the client to them, and the table shows them as goals.
//!
//! What is raised here becomes heavier for everybody who depends on the client: say why, in the commit that does it.

/// Features of the client, and how many crates its normal tree may have with them, itself and procedural macros included.
/// The barest client by hand has 76 without TLS.
pub const CRATES: [(&[&str], usize); 7] = [
    (&[], 82),
    (&["rustls"], 94),
    (&["rustls-no-provider"], 92),
    (&["blocking"], 82),
    (&["tracing"], 82),
    (&["access-keys"], 93),
    (&["rustls", "blocking", "tracing", "access-keys"], 105),
];

/// How many crates more than the barest client by hand the client may have, without TLS.
pub const CRATES_MORE_THAN_BAREST: usize = 6;

/// How many lines of code, comments aside, the five generated operations may have.
pub const GENERATED_LINES: usize = 1_650;

/// How many bytes the stripped release program of one call may have, without TLS, on x86-64 Linux.
pub const ONE_CALL_BYTES: f64 = 2_600_000.0;

/// How many allocations more a call of the client may make than the same call by hand with equal guards, by the names that
/// `bench_caller::Operation` has. Most of them are parameters: builders own their texts.
pub const ALLOCATIONS_MORE_THAN_BY_HAND: [(&str, f64); 4] =
    [("list", 1.5), ("restore", 9.5), ("recover", 4.5), ("job", 8.5)];
