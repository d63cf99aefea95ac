//! Any bytes as the body of a success, for each type of answer of both clients: a value that is written and read back
//! as itself, or an error. The first byte chooses the type.

#![no_main]

use documented_client as documented;
use generated_client::{cbr, zstack};
use libfuzzer_sys::fuzz_target;
use serde::{Serialize, de::DeserializeOwned};

fuzz_target!(|input: &[u8]| {
    let Some((choice, body)) = input.split_first() else { return };
    match choice % 9 {
        0 => check::<zstack::types::GetDatabaseBackupFromImageStoreResponse>(body),
        1 => check::<zstack::types::SyncDatabaseBackupFromImageStoreBackupStorageResponse>(body),
        2 => check::<zstack::types::RecoverBackupFromImageStoreBackupStorageResponse>(body),
        3 => check::<zstack::types::RecoverDataVolumeResponse>(body),
        4 => check::<cbr::types::AcceptedRestore>(body),
        5 => check::<documented::zstack::types::GetDatabaseBackupFromImageStoreResponse>(body),
        6 => check::<documented::zstack::types::SyncDatabaseBackupFromImageStoreBackupStorageResponse>(body),
        7 => check::<documented::zstack::types::RecoverBackupFromImageStoreBackupStorageResponse>(body),
        _ => check::<documented::zstack::types::RecoverDataVolumeResponse>(body),
    }
});

fn check<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(body: &[u8]) {
    match serde_json::from_slice::<T>(body) {
        Ok(value) => {
            let written = serde_json::to_vec(&value).expect("an answer can be written");
            let read: T = serde_json::from_slice(&written).expect("what was written can be read");
            assert_eq!(read, value);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
