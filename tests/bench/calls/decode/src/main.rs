//! Decodes the recorded responses over and over: `client|serde TIMES FOLDER`, where the folder has `OPERATION.json`. Prints
//! the nanoseconds that it has computed.

use std::{error::Error, hint::black_box, path::Path, time::Duration};

use by_hand::answers::{DatabaseBackupInventory, DatabaseBackups, Inventory, VolumeBackupInventory, VolumeInventory};
use generated_client::zstack::types;
use serde::de::DeserializeOwned;

/// The responses, in the order in which they are decoded.
const OPERATIONS: [&str; 4] = [
    "GetDatabaseBackupFromImageStore",
    "RecoverBackupFromImageStoreBackupStorage",
    "SyncDatabaseBackupFromImageStoreBackupStorage",
    "RecoverDataVolume",
];

type Bodies = [Vec<u8>; 4];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [who, times, folder] = arguments.as_slice() else { return Err("client|serde TIMES FOLDER".into()) };
    let times: u32 = times.parse()?;
    let [a, b, c, d] =
        OPERATIONS.map(|operation| std::fs::read(Path::new(folder).join(operation).with_extension("json")));
    let bodies = [a?, b?, c?, d?];
    let begun = computed();
    match who.as_str() {
        "client" => (0..times).try_for_each(|_| client(&bodies))?,
        "serde" => (0..times).try_for_each(|_| plain(&bodies))?,
        _ => return Err("client or serde".into()),
    }
    println!("{}", (computed() - begun).as_nanos());
    Ok(())
}

fn client([list, backup, database, volume]: &Bodies) -> serde_json::Result<()> {
    decode::<types::GetDatabaseBackupFromImageStoreResponse>(list)?;
    decode::<types::RecoverBackupFromImageStoreBackupStorageResponse>(backup)?;
    decode::<types::SyncDatabaseBackupFromImageStoreBackupStorageResponse>(database)?;
    decode::<types::RecoverDataVolumeResponse>(volume)
}

fn plain([list, backup, database, volume]: &Bodies) -> serde_json::Result<()> {
    decode::<DatabaseBackups>(list)?;
    decode::<Inventory<VolumeBackupInventory>>(backup)?;
    decode::<Inventory<DatabaseBackupInventory>>(database)?;
    decode::<Inventory<VolumeInventory>>(volume)
}

fn decode<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<()> {
    black_box(serde_json::from_slice::<T>(black_box(body))?);
    Ok(())
}

/// How long this process has computed; nothing where the system does not say.
fn computed() -> Duration {
    #[cfg(unix)]
    if let Ok(time) = nix::time::clock_gettime(nix::time::ClockId::CLOCK_PROCESS_CPUTIME_ID) {
        return time.into();
    }
    Duration::ZERO
}
