//! Faults: what goes wrong with an exchange, and in which phase of it.

mod chaos;
mod garble;
mod luck;
mod mishap;
mod rules;

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use chaos::Chaos;
pub(crate) use chaos::Lottery;
pub use garble::Garbled;
pub(crate) use luck::Luck;
pub use mishap::Mishap;
pub use rules::FaultRule;
pub(crate) use rules::Rules;

/// A point in the life of an exchange at which a fault can happen. They are ordered as they pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Phase {
    /// A connection was made; nothing of it is read yet. What a request on it would mean is not known, so only rules
    /// for any operation meet this phase.
    Connecting,
    /// The head of the request has arrived; its body is not read yet.
    BeforeReading,
    /// The whole request was read; nothing is carried out yet.
    BeforeExecuting,
    /// The request was carried out; its answer is ready and not sent yet.
    BeforeAnswering,
    /// Half of the answer's head was sent.
    InHead,
    /// The answer's head was sent, and half of its body. An answer of less than two bytes becomes `{}` for it.
    InBody,
    /// The whole answer was sent; the connection waits for another request.
    WhileIdle,
    /// The whole answer was sent, and another request has begun to arrive on the same connection. Nothing of it is read.
    NextRequest,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Fault {
    /// This answer is sent, and the exchange ends. Before [`Phase::BeforeAnswering`] nothing is carried out.
    Answer {
        /// Status of the answer.
        status: u16,
        /// Its headers.
        headers: Vec<(String, String)>,
        /// Its body.
        body: String,
    },
    /// The exchange, or the connection, stands still for so long, and then goes on. A client that leaves meanwhile does
    /// not stop it: what was to be carried out is carried out afterwards.
    Stall(Duration),
    /// The connection is closed in order (FIN).
    Close,
    /// The connection is reset (RST).
    Reset,
    /// An answer with `Location`, to the request's own path and query.
    Redirect {
        /// 301, 302, 307 or 308.
        status: u16,
        /// Where to.
        to: Host,
    },
    /// The answer gets this Content-Type instead of its own; `None`: none at all. Before [`Phase::BeforeAnswering`]
    /// there is no answer for it, and it never happens.
    ContentType(Option<String>),
    /// The body of the answer is spoilt; its status stays. Before [`Phase::BeforeAnswering`] it is that of a 200.
    Body(Garbled),
    /// `location` of a ZStack 202 leads to [`Host::Another`], where the job can be asked for. Happens in
    /// [`Phase::BeforeAnswering`] only.
    LocationElsewhere,
    /// The job that the request names, or that was made for it, is forgotten, as if it had finished long ago. Happens
    /// in [`Phase::BeforeExecuting`] and [`Phase::BeforeAnswering`].
    PurgeJob,
}

/// A host to send a client to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Host {
    /// The simulator under the address that it tells, `127.0.0.1`.
    Same,
    /// The simulator under the name `localhost`: another host to a client. Who follows is seen in the `host` header of
    /// [`crate::Simulator::requests`], and so is what was sent there.
    Another,
}

impl Phase {
    /// All phases, in their order. More may come, also in between.
    pub const ALL: &'static [Self] = &[
        Self::Connecting,
        Self::BeforeReading,
        Self::BeforeExecuting,
        Self::BeforeAnswering,
        Self::InHead,
        Self::InBody,
        Self::WhileIdle,
        Self::NextRequest,
    ];

    /// Its name in lower case, words joined by hyphens.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::BeforeReading => "before-reading",
            Self::BeforeExecuting => "before-executing",
            Self::BeforeAnswering => "before-answering",
            Self::InHead => "in-head",
            Self::InBody => "in-body",
            Self::WhileIdle => "while-idle",
            Self::NextRequest => "next-request",
        }
    }
}

impl Fault {
    /// Whether it can happen in a phase. A rule with a phase that its fault does not fit is never met.
    #[must_use]
    pub const fn fits(&self, phase: Phase) -> bool {
        match self {
            Self::Close | Self::Reset | Self::Stall(_) => true,
            Self::Answer { .. } | Self::Redirect { .. } | Self::Body(_) => {
                matches!(phase, Phase::BeforeReading | Phase::BeforeExecuting | Phase::BeforeAnswering)
            }
            Self::PurgeJob => matches!(phase, Phase::BeforeExecuting | Phase::BeforeAnswering),
            Self::ContentType(_) | Self::LocationElsewhere => matches!(phase, Phase::BeforeAnswering),
        }
    }

    /// Its name in lower case, words joined by hyphens: `reset`, `answer-502`, `redirect-307-to-another-host`…
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Answer { status, headers, .. } => {
                let retry = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("retry-after"));
                format!("answer-{status}{}", if retry { "-with-retry-after" } else { "" })
            }
            Self::Stall(_) => "stall".to_owned(),
            Self::Close => "close".to_owned(),
            Self::Reset => "reset".to_owned(),
            Self::Redirect { status, to: Host::Same } => format!("redirect-{status}-to-the-same-host"),
            Self::Redirect { status, to: Host::Another } => format!("redirect-{status}-to-another-host"),
            Self::ContentType(Some(_)) => "wrong-content-type".to_owned(),
            Self::ContentType(None) => "no-content-type".to_owned(),
            Self::Body(garbled) => format!("body-{}", garbled.name()),
            Self::LocationElsewhere => "location-elsewhere".to_owned(),
            Self::PurgeJob => "purge-job".to_owned(),
        }
    }

    /// Whether it takes the place of what would follow.
    pub(crate) const fn ends_the_exchange(&self) -> bool {
        match self {
            Self::Answer { .. } | Self::Close | Self::Reset | Self::Redirect { .. } | Self::Body(_) => true,
            Self::Stall(_) | Self::ContentType(_) | Self::LocationElsewhere | Self::PurgeJob => false,
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
