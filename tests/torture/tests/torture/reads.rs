//! Many reads at once.

use std::sync::LazyLock;

use serde_json::Value;

use crate::program::report;

/// Two thousand reads, looked at from several sides.
static RUN: LazyLock<(Option<i32>, Value)> = LazyLock::new(|| report("--reads 2000"));

#[test]
fn two_thousand_reads_at_once_are_all_answered() {
    let (exit, report) = &*RUN;
    assert_eq!((exit, &report["answered"]), (&Some(0), &2000.into()), "{report}");
}

#[test]
fn reads_at_once_share_connections() {
    let (_, report) = &*RUN;
    assert!(report["connections"].as_u64().unwrap() < 1000, "{report}");
}

#[test]
#[cfg(target_os = "linux")]
fn reads_at_once_take_little_memory_each() {
    let (_, report) = &*RUN;
    // 30 MiB as this was written, in a dev build, and 10 of them before the first read.
    assert!(report["peak_memory"].as_u64().unwrap() < 100 << 20, "{report}");
}
