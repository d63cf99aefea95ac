//! What is called: from a seed, the same in the process that calls and in the one that answers.

use std::time::Duration;

use simulator::{Operation, sample};

/// The operations that are called, in turn.
pub const OPERATIONS: [Operation; 5] = [
    Operation::RecoverBackupFromImageStoreBackupStorage,
    Operation::SyncDatabaseBackupFromImageStoreBackupStorage,
    Operation::RecoverDataVolume,
    Operation::GetDatabaseBackupFromImageStore,
    Operation::RestoreBackup,
];

/// How long most calls may take.
pub const LONG: Duration = Duration::from_secs(5);

/// How long some calls may take: less than a stall of the server.
pub const SHORT: Duration = Duration::from_millis(150);

/// How long the server's stalls take.
pub const STALL: Duration = Duration::from_millis(300);

/// One call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// What is called.
    pub operation: Operation,
    /// What it is about, and nothing else is: 32 hexadecimal digits. Of a listing it is a part of the image store's
    /// address.
    pub resource: String,
    /// How it is made.
    pub manner: Manner,
    /// How long it may take.
    pub limit: Duration,
    /// Whether the server cannot do it: an operation of ZStack fails, and CBR knows no such backup.
    pub in_vain: bool,
}

/// How a call is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Sent, and waited for.
    Sent,
    /// Submitted, and later waited for by the job's name. Jobs only.
    Submitted,
    /// Sent, and given up after so long.
    Dropped(Duration),
}

/// The calls of a seed, in their order.
#[must_use]
pub fn calls(seed: u64, number: usize) -> Vec<Call> {
    let mut random = fastrand::Rng::with_seed(seed);
    let operations = OPERATIONS.into_iter().cycle();
    operations.take(number).map(|operation| Call::draw(operation, &mut random)).collect()
}

impl Call {
    fn draw(operation: Operation, random: &mut fastrand::Rng) -> Self {
        let resource = format!("{:032x}", random.u128(..));
        let manner = match random.u8(..100) {
            0..10 => Manner::Dropped(Duration::from_millis(random.u64(..400))),
            10..30 if operation.is_job() => Manner::Submitted,
            _ => Manner::Sent,
        };
        let limit = if random.u8(..100) < 10 { SHORT } else { LONG };
        Self { operation, resource, manner, limit, in_vain: random.u8(..100) < 5 }
    }

    /// The address of the image store that a listing is about, as the value of `url`.
    #[must_use]
    pub fn image_store(&self) -> String {
        format!("{}/{}", sample::IMAGE_STORE, self.resource)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_same_seed_plans_the_same_and_another_seed_something_else() {
        assert_eq!(calls(1, 100), calls(1, 100));
        assert_eq!(calls(1, 200)[..100], calls(1, 100));
        assert_ne!(calls(1, 100), calls(2, 100));
    }

    #[test]
    fn each_call_has_a_resource_of_its_own() {
        let resources: BTreeSet<String> = calls(1, 1000).into_iter().map(|call| call.resource).collect();
        assert_eq!(resources.len(), 1000);
    }

    #[test]
    fn every_operation_is_called_in_every_manner_that_it_has() {
        let calls = calls(1, 2000);
        for operation in OPERATIONS {
            let has = |fits: fn(&Call) -> bool| calls.iter().any(|call| call.operation == operation && fits(call));
            assert!(has(|call| call.manner == Manner::Sent && call.limit == LONG), "{operation:?}");
            assert!(has(|call| call.limit == SHORT) && has(|call| call.in_vain), "{operation:?}");
            assert!(has(|call| matches!(call.manner, Manner::Dropped(_))), "{operation:?}");
            assert_eq!(has(|call| call.manner == Manner::Submitted), operation.is_job(), "{operation:?}");
        }
    }
}
