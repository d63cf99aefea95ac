//! The rows of the table: what goes wrong.

use std::time::Duration;

use simulator::{Fault, Garbled, Mishap, Phase};

use crate::{
    column::{Column, Nature},
    outage::Outage,
};

/// A stall that a call outlasts.
const SHORT: Duration = Duration::from_millis(100);

/// A stall that outlasts its call.
pub const LONG: Duration = Duration::from_secs(10);

/// How often something goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    Once,
    Always,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    Nothing,
    /// The server begins, and says that the operation failed.
    Failure,
    /// The session or the token has expired.
    Expiry,
    /// A fault of the stand-in server's catalogue.
    Mishap(Mishap),
    /// What no single exchange can do.
    Outage(Outage),
}

/// Rows that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Comparison,
    Phase(Phase),
    Outages,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    pub group: Group,
    /// As the table shows it.
    pub name: String,
    pub trouble: Trouble,
    pub times: Times,
}

impl Row {
    /// All rows of a table, in its order.
    pub fn all(times: Times) -> Vec<Self> {
        let row = |group, name: &str, trouble| Self { group, name: name.to_owned(), trouble, times };
        let mut rows = Vec::new();
        if times == Times::Once {
            rows.push(row(Group::Comparison, "nothing", Trouble::Nothing));
            rows.push(row(Group::Comparison, "the operation fails", Trouble::Failure));
            rows.push(row(Group::Comparison, "the credentials have expired", Trouble::Expiry));
        }
        // The catalogue's own order is by kind of fault.
        for &phase in Phase::ALL {
            for short in Mishap::all(SHORT).into_iter().filter(|mishap| mishap.phase == phase) {
                let name = format!("`{}`", short.fault.name());
                if short.fault == Fault::Stall(SHORT) && times == Times::Once {
                    let long = Mishap { phase, fault: Fault::Stall(LONG) };
                    let shorter = format!("{name}, shorter than the call's limit");
                    rows.push(row(Group::Phase(phase), &shorter, Trouble::Mishap(short)));
                    let longer = format!("{name}, longer than the call's limit");
                    rows.push(row(Group::Phase(phase), &longer, Trouble::Mishap(long)));
                } else {
                    rows.push(row(Group::Phase(phase), &name, Trouble::Mishap(short)));
                }
            }
        }
        for outage in Outage::all(times) {
            rows.push(row(Group::Outages, outage.name(), Trouble::Outage(*outage)));
        }
        rows
    }

    /// Whether it makes a difference to a column.
    pub fn concerns(&self, column: Column) -> bool {
        match &self.trouble {
            Trouble::Nothing | Trouble::Expiry => true,
            // What becomes of an accepted restore is not among the five operations.
            Trouble::Failure => column.nature() != Nature::Restore,
            Trouble::Mishap(mishap) => mishap.concerns(column.operation()),
            Trouble::Outage(outage) => outage.concerns(column),
        }
    }

    /// Whether the same request may be answered a moment later. The server's last word does not pass: an answer to the
    /// request that can't be read, or one that says where else to ask.
    pub fn passes(&self) -> bool {
        match &self.trouble {
            Trouble::Failure | Trouble::Expiry | Trouble::Outage(Outage::Purge) => false,
            Trouble::Mishap(mishap) => {
                !matches!(mishap.fault, Fault::Redirect { .. } | Fault::Body(_) | Fault::PurgeJob)
            }
            Trouble::Nothing | Trouble::Outage(_) => true,
        }
    }

    /// The fault, if it is one of the catalogue's.
    pub fn mishap(&self) -> Option<&Mishap> {
        match &self.trouble {
            Trouble::Mishap(mishap) => Some(mishap),
            _ => None,
        }
    }

    /// Whether it is a stall that outlasts the call.
    pub fn is_long_stall(&self) -> bool {
        self.mishap().is_some_and(|mishap| mishap.fault == Fault::Stall(LONG))
    }

    /// Whether its answers are long ones, which take time and memory.
    pub fn is_flood(&self) -> bool {
        let is_flood = |mishap: &Mishap| matches!(mishap.fault, Fault::Body(Garbled::Long(_) | Garbled::Endless));
        self.mishap().is_some_and(is_flood)
    }

    /// Whether it keeps the machine or the disk busy.
    pub fn is_busy(&self) -> bool {
        self.is_flood() || self.group == Group::Outages
    }

    /// The call's time limit. Generous, where it is not what the row is about: a busy machine changes no outcome.
    pub fn limit(&self, column: Column) -> Duration {
        let seconds = match (self.times, column.nature()) {
            // A quarter of it is kept to ask for the job.
            _ if self.is_long_stall() => 8,
            (Times::Once, _) => 60,
            // Long enough for all that is sent again, with the pauses that the server asks for.
            (Times::Always, Nature::Read) => 20,
            (Times::Always, Nature::Job | Nature::Restore) => 6,
            // Asking goes on until the time is up.
            (Times::Always, Nature::Question) if self.passes() => 3,
            (Times::Always, Nature::Question) => 60,
        };
        Duration::from_secs(seconds)
    }
}

impl Group {
    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Comparison => "For comparison",
            Self::Phase(Phase::Connecting) => "Connecting",
            Self::Phase(Phase::BeforeReading) => "Before reading",
            Self::Phase(Phase::BeforeExecuting) => "Before executing",
            Self::Phase(Phase::BeforeAnswering) => "Before answering",
            Self::Phase(Phase::InHead) => "In the answer's head",
            Self::Phase(Phase::InBody) => "In the answer's body",
            Self::Phase(Phase::WhileIdle) => "While the connection is idle",
            Self::Phase(Phase::NextRequest) => "When the next request comes",
            Self::Phase(other) => panic!("{other} has no heading"),
            Self::Outages => "The server is away, or starts again",
        }
    }

    /// What is special about it.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Comparison => "No fault of network or server.",
            Self::Phase(Phase::Connecting) => {
                "The connection was made; the server has read nothing of it. `reset` is a race: the client learns of it before \
                 it knows of the connection (nothing was sent, and it tries again), or afterwards."
            }
            Self::Phase(Phase::BeforeReading) => "The head of the request has arrived; its body is not read.",
            Self::Phase(Phase::BeforeExecuting) => "The whole request was read; nothing is carried out yet.",
            Self::Phase(Phase::BeforeAnswering) => "The request was carried out; nothing of its answer is sent yet.",
            Self::Phase(Phase::InHead) => "Half of the answer's head was sent.",
            Self::Phase(Phase::InBody) => "The answer's head was sent, and half of its body.",
            Self::Phase(Phase::WhileIdle) => {
                "An earlier call was answered, and its connection is kept for the next one. It ends meanwhile, and the call \
                 begins a second later; or it stands still, and the call begins at once. Of the question: the job was \
                 still running, and is asked for again."
            }
            Self::Phase(Phase::NextRequest) => {
                "As before, but the connection ends when the call's request comes, of which nothing is read."
            }
            Self::Phase(other) => panic!("{other} has no explanation"),
            Self::Outages => {
                "What no single exchange can do. What ZStack remembers is on its disk when it starts again."
            }
        }
    }
}
