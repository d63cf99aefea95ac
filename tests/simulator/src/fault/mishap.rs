//! The catalogue of faults.

use std::time::Duration;

use super::{Fault, FaultRule, Garbled, Host, Phase};
use crate::operation::Operation;

/// A fault and the phase in which it happens: an entry of the catalogue that [`Mishap::all`] returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mishap {
    /// When it happens.
    pub phase: Phase,
    /// What happens.
    pub fault: Fault,
}

const BAD_GATEWAY: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n\
     <hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
const GATEWAY_TIMEOUT: &str = "<html>\r\n<head><title>504 Gateway Time-out</title></head>\r\n<body>\r\n<center><h1>504 \
     Gateway Time-out</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
const NO_UPSTREAM: &str = "upstream connect error or disconnect/reset before headers. reset reason: connection failure";

/// 1 GiB.
const LONG: u64 = 1024 * 1024 * 1024;
/// How many arrays are one in the other.
const DEPTH: u32 = 10_000;

impl Mishap {
    /// Every fault that the simulator can do, in every phase in which it says something of its own. Stalls take as long
    /// as `stall`.
    #[must_use]
    pub fn all(stall: Duration) -> Vec<Self> {
        let mut all = Vec::new();
        let mut add = |phase, fault| all.push(Self { phase, fault });
        for &phase in Phase::ALL {
            add(phase, Fault::Close);
            add(phase, Fault::Reset);
            // Standing still when the next request comes is standing still while idle.
            if phase != Phase::NextRequest {
                add(phase, Fault::Stall(stall));
            }
        }
        add(Phase::BeforeExecuting, answer(429, &[("Content-Type", "text/plain")], "too many requests"));
        let retry = [("Content-Type", "text/plain"), ("Retry-After", "1")];
        add(Phase::BeforeExecuting, answer(429, &retry, "too many requests"));
        // Whether something was carried out cannot be seen in these.
        for phase in [Phase::BeforeExecuting, Phase::BeforeAnswering] {
            add(phase, answer(500, &[], ""));
            add(phase, answer(502, &[("Content-Type", "text/html")], BAD_GATEWAY));
            add(phase, answer(503, &[("Content-Type", "text/plain")], NO_UPSTREAM));
            add(phase, answer(504, &[("Content-Type", "text/html")], GATEWAY_TIMEOUT));
        }
        for status in [301, 302, 307, 308] {
            for to in [Host::Same, Host::Another] {
                add(Phase::BeforeExecuting, Fault::Redirect { status, to });
            }
        }
        add(Phase::BeforeAnswering, Fault::ContentType(Some("text/html; charset=iso-8859-1".to_owned())));
        add(Phase::BeforeAnswering, Fault::ContentType(None));
        for garbled in [
            Garbled::Long(LONG),
            Garbled::Endless,
            Garbled::Nested(DEPTH),
            Garbled::BrokenUtf8,
            Garbled::DuplicateKeys,
            Garbled::NaN,
        ] {
            add(Phase::BeforeAnswering, Fault::Body(garbled));
        }
        add(Phase::BeforeAnswering, Fault::LocationElsewhere);
        add(Phase::BeforeExecuting, Fault::PurgeJob);
        add(Phase::BeforeAnswering, Fault::PurgeJob);
        all
    }

    /// The entry of the catalogue with this [`Mishap::name`].
    #[must_use]
    pub fn named(name: &str, stall: Duration) -> Option<Self> {
        Self::all(stall).into_iter().find(|mishap| mishap.name() == name)
    }

    /// Fault and phase in lower case, words joined by hyphens: `reset-before-answering`. No two entries of the catalogue
    /// have the same.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}-{}", self.fault.name(), self.phase.name())
    }

    /// Whether a request that it happens to is carried out. For [`Phase::WhileIdle`] and [`Phase::NextRequest`] this is
    /// the request that was answered; the next one on the connection is not.
    #[must_use]
    pub fn executes(&self) -> bool {
        self.phase >= Phase::BeforeAnswering || !self.fault.ends_the_exchange()
    }

    /// Whether it makes a difference to an operation. Purged jobs and locations are ZStack's.
    #[must_use]
    pub const fn concerns(&self, operation: Operation) -> bool {
        match (&self.fault, self.phase) {
            (Fault::LocationElsewhere, _) | (Fault::PurgeJob, Phase::BeforeAnswering) => operation.is_job(),
            (Fault::PurgeJob, _) => matches!(operation, Operation::QueryJob),
            _ => true,
        }
    }

    /// A rule by which it happens once, to the next exchange of this operation; see [`FaultRule::once`].
    #[must_use]
    pub fn once(self, operation: Operation) -> FaultRule {
        FaultRule::once(operation, self.phase, self.fault)
    }
}

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Fault {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Fault::Answer { status, headers, body: body.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_entry_has_its_own_name_and_fits_its_phase() {
        let all = Mishap::all(Duration::ZERO);
        let names: BTreeSet<String> = all.iter().map(Mishap::name).collect();
        assert_eq!(names.len(), all.len());
        for mishap in all {
            assert!(mishap.fault.fits(mishap.phase), "{}", mishap.name());
            assert!(Operation::ALL.iter().any(|operation| mishap.concerns(*operation)), "{}", mishap.name());
            assert_eq!(Mishap::named(&mishap.name(), Duration::ZERO), Some(mishap));
        }
    }
}
