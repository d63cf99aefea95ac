//! The stages of making the client, for whoever wants to know where the time goes.
//!
//! This crate asks no clock. It says when a stage begins and ends, and the caller has the clock.

/// A part of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Reading the text of the document: its values, and where they stand.
    Read,
    /// Reading the overlay, and applying it.
    Overlay,
    /// Looking for what can't be made a client of.
    Check,
    /// Cutting the document into services.
    Split,
    /// Turning a service's document into what progenitor takes.
    Prepare,
    /// Progenitor's own work.
    Progenitor,
    /// Parsing what progenitor made.
    Parse,
    /// Turning it into what users should have.
    Passes,
    /// Printing the syntax tree.
    Print,
    /// Writing the served document down, and reading it again.
    Served,
}

impl Stage {
    /// Every stage, in the order of the work.
    pub const ALL: [Self; 10] = [
        Self::Read,
        Self::Overlay,
        Self::Check,
        Self::Split,
        Self::Prepare,
        Self::Progenitor,
        Self::Parse,
        Self::Passes,
        Self::Print,
        Self::Served,
    ];

    /// The name in one word, as tables have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Overlay => "overlay",
            Self::Check => "check",
            Self::Split => "split",
            Self::Prepare => "prepare",
            Self::Progenitor => "progenitor",
            Self::Parse => "parse",
            Self::Passes => "passes",
            Self::Print => "print",
            Self::Served => "served",
        }
    }
}

/// Is told when a stage begins and ends. Some run at the same time as others, and the same one on several threads;
/// a stage ends on the thread that it began on.
pub trait Watch: Sync {
    /// A stage begins on this thread.
    fn begins(&self, stage: Stage);
    /// The stage that began last on this thread ends.
    fn ends(&self, stage: Stage);
}

/// Does the work of a stage, and says so.
pub(crate) fn stage<T>(watch: Option<&dyn Watch>, stage: Stage, work: impl FnOnce() -> T) -> T {
    let Some(watch) = watch else { return work() };
    watch.begins(stage);
    let done = work();
    watch.ends(stage);
    done
}
